#include "card/front/line_reader.h"

#include <leptonica/allheaders.h>
#include <malloc.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "card/secret.h"

// OpenMP's own functions, which libtesseract brings along; <omp.h> comes with GCC only.
extern "C" {
int omp_get_max_active_levels();
void omp_set_max_active_levels(int levels);
}

namespace uketsuke::card {
namespace {

// Tesseract asks for four threads a line by itself. A line is too short for them: they cost more than they bring, and
// the kiosk's other cores have other work.
class OneThread {
  public:
    OneThread() : m_before(omp_get_max_active_levels()) { omp_set_max_active_levels(0); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;
    ~OneThread() { omp_set_max_active_levels(m_before); }

  private:
    int m_before;
};

void wipe_and_free(void* memory) {
    if (memory != nullptr) wipe(memory, malloc_usable_size(memory));
    std::free(memory);
}

void wipe_leptonica_pictures() {
    static std::once_flag once;
    std::call_once(once, [] { setPixMemoryManager(std::malloc, wipe_and_free); });
}

constexpr const char* k_digits = "0123456789";

bool start(tesseract::TessBaseAPI& engine, const std::string& folder, const char* language) {
    // What it would say goes to the terminal otherwise, and may hold what it read.
    const std::vector<std::string> names{"debug_file",         "user_defined_dpi", "classify_enable_learning",
                                         "tessedit_do_invert", "load_system_dawg", "load_freq_dawg"};
    const std::vector<std::string> values{"/dev/null", "300", "0", "0", "0", "0"};
    if (engine.Init(folder.c_str(), language, tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false) != 0) {
        return false;
    }
    engine.SetPageSegMode(tesseract::PSM_RAW_LINE);
    return true;
}

std::vector<ReadSymbol> ask(tesseract::TessBaseAPI& engine, const char* characters, const cv::Mat& line) {
    const OneThread one;
    std::vector<ReadSymbol> read;
    engine.SetVariable("tessedit_char_whitelist", characters);
    engine.SetImage(line.data, line.cols, line.rows, 1, static_cast<int>(line.step));
    if (engine.Recognize(nullptr) == 0) {
        const std::unique_ptr<tesseract::ResultIterator> at(engine.GetIterator());
        if (at) {
            do {
                const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_SYMBOL));
                if (!text || text[0] == 0 || text[0] == ' ') continue;
                read.push_back({text.get(), std::clamp(at->Confidence(tesseract::RIL_SYMBOL) / 100, 0.0F, 1.0F)});
                wipe(text.get(), read.back().text.size());
            } while (at->Next(tesseract::RIL_SYMBOL));
        }
    }
    engine.Clear();
    engine.ClearAdaptiveClassifier();
    return read;
}

}  // namespace

struct Engines {
    tesseract::TessBaseAPI japanese;
    tesseract::TessBaseAPI latin;
};

LineReader::LineReader() : m_engines(std::make_unique<Engines>()) {}

LineReader::~LineReader() = default;

Result<std::unique_ptr<LineReader>> LineReader::open(const std::string& tessdata_folder) {
    std::error_code ignored;
    for (const char* file : {"jpn.traineddata", "eng.traineddata"}) {
        const auto path = std::filesystem::path(tessdata_folder) / file;
        if (!std::filesystem::is_regular_file(path, ignored)) return fail(Fault::NotFound, path.string());
    }
    wipe_leptonica_pictures();
    std::unique_ptr<LineReader> reader(new LineReader());
    if (!start(reader->m_engines->japanese, tessdata_folder, "jpn") ||
        !start(reader->m_engines->latin, tessdata_folder, "eng")) {
        return fail(Fault::BadConfig, "Tesseract does not take the files of " + tessdata_folder);
    }
    return reader;
}

std::vector<ReadSymbol> LineReader::dates(const cv::Mat& line) {
    static const std::string k_characters(date_characters());
    return ask(m_engines->japanese, k_characters.c_str(), line);
}

std::vector<ReadSymbol> LineReader::digits(const cv::Mat& line) {
    return ask(m_engines->latin, k_digits, line);
}

std::vector<ReadSymbol> LineReader::japanese_digits(const cv::Mat& line) {
    return ask(m_engines->japanese, k_digits, line);
}

}  // namespace uketsuke::card
