// The language of scripted visits: one command a line, # starts a comment.
//
//   PLACE <persona>[+<persona>] · REMOVE · TAP <intent> [value] · PIN <4 digits> · STAFF visual <code>
//   KEY next|previous|select|listen, or KEY to <intent> [value] (next until it is reached) · SPOKEN <words since the
//   last SPOKEN> · UNSPOKEN <words that were never said>
//   TOUCH (the screen, without meaning anything) · HEADPHONES in|out
//   FRONT <how the card lies under the camera over the slot> · NUMBER <14 digits, typed by staff>
//   CAMERA <sight> · NET up|down|slow MS|flaky P|answer <who the service answers for> · READER unplug|plug
//   NEEDS face (else the scenario is skipped: there are no weights, or no camera is configured)
//   DESK visual [reason] (for the card that lies there, else the next) · DESK withdraw · DESK coming ·
//   DESK allow ordered-keypad|waive-challenge|type-number · DESK stop <message> · DESK resume: staff who are elsewhere
//   TYPE <text> (on the form's keyboard, changing it as needed) · CHOOSE <words> (a conversion, or a place)
//   WHEEL western|taisho|showa|heisei|reiwa <year> <month> <day> · SIGN (with a finger)
//   TOUCHES <most since the form was begun, or since the last TOUCHES> · DOCUMENT <name.pdf> (of the last stored form)
//   CODE <4 to 12 digits> (a member of staff's: signs in to the tour; on the staff check it is only typed) ·
//   TAP patient <index in the list> · TAP reinquire home|online ·
//   ROTATE (the tablet: width and height change places) · BATTERY <percent> [charging] ·
//   LOST (the clinic reports the device) · POWER off-on (the battery is pulled and put back)
//   WAIT <screen> [ms] · EXPECT <screen, or words that are shown> · ABSENT <words that are not> · SHOT <name.png> ·
//   ADVANCE <ms>
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "app/core/intent.h"
#include "app/core/japanese_era.h"
#include "app/core/tour.h"
#include "app/core/vocabulary.h"
#include "app/ui/guide.h"

namespace uketsuke::app {

namespace command {
struct NeedsFace {};
struct Place {
    std::string persona;
};
struct Remove {};
struct Tap {
    core::Intent intent;
};
struct Touch {};
struct PressKey {
    ui::GuideKey key{};
    std::optional<core::Intent> until;  // Next, until the keys stand there
};
struct Spoken {
    std::string text;
    bool never = false;
};
struct Headphones {
    bool plugged = false;
};
struct TypePin {
    std::string digits;
};
struct Front {
    std::string look;
};
struct TypeNumber {
    std::string digits;
};
struct StaffVisual {
    std::string code;
};
// By staff number 1.
struct Desk {
    enum class Kind : std::uint8_t { Visual, Withdraw, Allow, Stop, Resume, Coming };
    Kind kind{};
    core::VisualReason reason = core::VisualReason::Other;  // Visual
    core::StaffPurpose purpose{};                           // Allow
    std::string message = {};                               // Stop
};
struct Camera {
    std::string sight;
};
struct Network {
    std::string what;
};
struct Reader {
    bool plugged = true;
};
struct Wait {
    core::Screen screen{};
    std::chrono::milliseconds at_most{};
};
struct ExpectScreen {
    core::Screen screen{};
};
struct ExpectText {
    std::string text;
    bool absent = false;
};
struct TypeText {
    std::string text;
};
struct Choose {
    std::string text;
};
struct Wheel {
    core::EraDate date;
};
struct Sign {};
struct Touches {
    int most = 0;
};
struct Document {
    std::string file;
};
struct TypeCode {
    std::string digits;
};
struct Rotate {};
struct Battery {
    core::Power power;
};
struct Lost {};
// No goodbye: what is not on the disk is gone.
struct PowerCut {};
struct Shot {
    std::string file;
};
struct Advance {
    std::chrono::milliseconds by{};
};
}  // namespace command

using Command =
    std::variant<command::NeedsFace, command::Place, command::Remove, command::Tap, command::Touch, command::Headphones,
                 command::PressKey, command::Spoken, command::TypePin, command::Front, command::TypeNumber,
                 command::StaffVisual, command::Desk, command::Camera, command::Network, command::Reader, command::Wait,
                 command::ExpectScreen, command::ExpectText, command::Shot, command::Advance, command::TypeText,
                 command::Choose, command::Wheel, command::Sign, command::Touches, command::Document, command::TypeCode,
                 command::Rotate, command::Battery, command::Lost, command::PowerCut>;

struct ScenarioLine {
    int number = 0;    // in the file, from 1
    std::string text;  // as written, without the digits of a PIN or of anybody's code
    Command command;
};
using Scenario = std::vector<ScenarioLine>;

// nullopt: the line is empty or a comment. The error names file and line.
tl::expected<std::optional<ScenarioLine>, std::string> parse_line(std::string line, int number,
                                                                  const std::string& file);
// The error names file and line. A file over 64 KiB, an unknown word or a wrong argument is refused before anything
// runs.
tl::expected<Scenario, std::string> parse_scenario(const std::string& text, const std::string& file);
tl::expected<Scenario, std::string> load_scenario(const std::string& file);

}  // namespace uketsuke::app
