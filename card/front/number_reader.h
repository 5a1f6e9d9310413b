// Reads 照合番号B from a picture of the card's front: it looks for the texts, wherever they stand and however the card
// lies. Source of what is printed: facts §1.3; where it stands is not public.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "card/error.h"
#include "card/front/picture.h"
#include "card/number_b.h"

namespace uketsuke::card {

inline constexpr const char* k_tessdata_folder = "/usr/share/tesseract-ocr/5/tessdata";  // Debian 12

struct PrintedNumber {
    NumberB number;
    // 0 to 1, the least of birth date, expiry and security code. A date is read three to five times, at other sizes, in
    // grey and in black and white; the code eight times, by two networks and in two orders. A second contradicting
    // reading gives no number at all. The confidence is the share of the readings that agree, lowered by doubts about a
    // symbol and by dates that do not agree.
    double confidence = 0;
    int quarter_turns = 0;     // clockwise, 0 to 3: how the card lies; 0 upright
    bool dates_agree = false;  // the card ends on a birthday, as it does for Japanese nationals
};

struct ReaderParts;  // in the .cpp

// Thread: one at a time. Tesseract runs on the calling thread alone; OpenCV may use its own pool. Keeps nothing of a
// picture: its own memory and Tesseract's pictures (leptonica's memory, for the whole process) are wiped when they are
// freed. What cannot be wiped: the networks' inner values and result strings inside Tesseract, and row buffers inside
// OpenCV, which are freed after each line. No adaptive learning, no word lists, no text on the terminal.
class NumberReader {
  public:
    // The folder of jpn.traineddata and eng.traineddata; empty: k_tessdata_folder, never the environment. NotFound with
    // the file's name when one is missing.
    static Result<std::unique_ptr<NumberReader>> open(const std::string& tessdata_folder = "");
    ~NumberReader();
    NumberReader(const NumberReader&) = delete;
    NumberReader& operator=(const NumberReader&) = delete;

    // BadData with what is missing in `where`, never with a digit: "no card in the picture", "the back lies upwards or
    // no date is legible", "no birth date", "no expiry date", "no security code", "more than one security code",
    // "… is read in two ways", "… is not possible", or what is wrong with the picture's size. With `today`, the card
    // must end between a year before and eleven years after it, and the birth must be past.
    Result<PrintedNumber> read(const FrontPicture& picture,
                               std::optional<std::chrono::year_month_day> today = std::nullopt);

  private:
    explicit NumberReader(std::unique_ptr<ReaderParts> parts);
    std::unique_ptr<ReaderParts> m_parts;
};

}  // namespace uketsuke::card
