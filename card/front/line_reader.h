// Tesseract behind two questions: which date characters, and which digits, stand in this line. Private to card/front.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "card/error.h"
#include "card/front/printed_dates.h"

namespace uketsuke::card {

struct Engines;  // Tesseract's, in the .cpp

// One thread at a time. Each question starts from nothing: no page, no adaptive or language memory of the last one.
class LineReader {
  public:
    // NotFound with the file's name when the folder lacks jpn.traineddata or eng.traineddata; BadConfig when Tesseract
    // does not take them.
    static Result<std::unique_ptr<LineReader>> open(const std::string& tessdata_folder);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    // `line`: 8-bit grey, dark on light, one line of text with some paper around it. Empty when nothing is read.
    std::vector<ReadSymbol> dates(const cv::Mat& line);            // the Japanese network, date_characters()
    std::vector<ReadSymbol> digits(const cv::Mat& line);           // the Latin network, 0 to 9
    std::vector<ReadSymbol> japanese_digits(const cv::Mat& line);  // the Japanese network, 0 to 9

  private:
    LineReader();
    std::unique_ptr<Engines> m_engines;
};

}  // namespace uketsuke::card
