// One screen as plain data: what stands on it and what can be asked for. The pictures, the physical keys and the voice
// all work from it, so that they cannot disagree.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "app/core/intent.h"
#include "app/core/view.h"
#include "app/ui/geometry.h"
#include "app/ui/message.h"
#include "app/ui/pictures/icons.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

class Canvas;

using Picture = void (*)(Canvas&, const Rect&);

// Something to touch. Tone: Primary for the plainly usual choice, Secondary for another one, Quiet for leaving.
struct Choice {
    Message label;
    Message hint = {};  // one short line below, or empty
    Icon icon = Icon::None;
    Tone tone = Tone::Secondary;
    core::Intent intent;
    bool off = false;     // shown in its place, and cannot be touched
    bool on = false;      // a preference that is switched on
    Message spoken = {};  // what the voice says instead of label and hint
};

// A coloured panel with an icon and some sentences.
struct Notice {
    Tone tone = Tone::Notice;
    Icon icon = Icon::Info;
    std::vector<Message> text;
    bool strong = false;  // what to do next: larger, bold, in the middle
};

// The camera's picture with the place for the head.
struct CameraPanel {
    core::FaceGuidance guidance{};
};

// How many digits were typed, never which; and ten digits with an eraser.
struct DigitPad {
    struct Group {
        Message label;
        int digits = 0;
    };
    std::array<std::uint8_t, 10> order{};  // the digit at each place: three rows of three, then the last one
    bool ready = true;
    int entered = 0;
    int places = 0;             // of dots
    std::vector<Group> groups;  // rows of dots with labels, instead of one row
};

// One line a question, with its answer.
struct Answers {
    struct Row {
        Message question;
        Message answer = {};  // empty: a list of names, each with its picture
        bool yes = false;
        Picture picture = nullptr;
        std::optional<Icon> sign = std::nullopt;  // before the answer, instead of yes or no's
    };
    std::vector<Row> rows;
};

// What is typed, its conversions, and the keys for it (key_grid.h). Personal.
struct TextPad {
    core::DeclarationField field{};
    core::Keyboard keyboard{};
    core::SecretText text;
    core::SecretText composed;                 // kana after it that is still to be converted
    std::vector<core::SecretText> candidates;  // those that are shown
    std::size_t first = 0;                     // the number of the first of them among all
    bool more = false;                         // there are others
    Message told = {};                         // in the candidates' place while there are none
    std::vector<Choice> tools;                 // the eraser, undo, other keyboards
};

// Values that stand one below the other: the one in the middle is meant.
struct Wheel {
    struct Value {
        Message label;
        core::Intent intent;
    };
    Message name;               // what the wheel is for
    std::vector<Value> values;  // from the top
    std::size_t at = 0;
    std::size_t leap = 0;  // by so many at once; 0: there is no key for it
    float share = 1;       // of the width
};
struct DateWheels {
    std::vector<Wheel> wheels;
    std::vector<Message> readout;  // the date in words, side by side; personal once it was touched
    bool touched = false;
};

// A field to write in with a finger. Personal.
struct SignatureField {
    core::Signature signature;
};

// A form's fields with what is said in them, each to be touched. Personal.
struct FormRows {
    struct Field {
        Message label;
        std::vector<Message> value = {};  // one line; empty: nothing is said
        core::Intent intent;
        bool wide = false;     // long values
        bool missing = false;  // it must be said
        core::Signature drawn = {};
    };
    std::vector<Field> fields;
};

// Patients in continuing care, each to be touched. Personal.
struct PatientRows {
    struct Row {
        Message name;
        Message kana = {};
        Message born = {};
        Message until;      // of the consents
        Message sign = {};  // what is to be known at once; empty: nothing
        Icon icon = Icon::None;
        Tone tone = Tone::Notice;
        core::Intent intent;
    };
    std::vector<Row> rows;
    std::vector<Message> counts;  // above them
};

using Figure = std::variant<std::monostate, Picture, CameraPanel, DigitPad, Answers, TextPad, DateWheels,
                            SignatureField, FormRows, PatientRows>;

struct Scene {
    Message overline;  // small, above the title
    Message title;
    std::vector<Message> body;
    std::optional<Notice> aside;
    Figure figure;
    std::vector<Choice> choices;
    bool pair_first = false;     // the first two are equal and may stand side by side
    bool list = false;           // many small choices instead of a few large ones
    bool reading = false;        // the words are the page: smaller, and no picture before they fit
    bool tool = false;           // the figure needs the whole page: overline and title stand in place of the steps
    std::optional<Choice> more;  // a smaller one beside the words: くわしく
    std::vector<Message> footnote;
    Message back;  // label of the way back in the footer, or empty
    core::Intent::Kind back_intent = core::Intent::Kind::Back;
    bool staff_here = false;         // the page itself offers calling staff, the footer then does not
    std::optional<Choice> leave;     // in the footer's first place, where others stop
    std::optional<Choice> corner;    // for staff, in the footer's last place
    std::vector<Message> for_staff;  // small, in the footer of the screen that waits
};

// The head belongs in the frame, or is to be turned; otherwise something is to be put right.
bool asks_to_turn(core::FaceGuidance guidance);
bool all_is_well(core::FaceGuidance guidance);

// What the page, or the sheet over it, shows.
Scene scene_of(const core::View& view);

// The three places of the footer: stop, back, staff. An empty label: nothing stands there.
std::array<Choice, 3> footer_of(const core::View& view, const Scene& scene);
// Language and preferences: the same on every screen.
std::vector<Choice> rail_of(const core::View& view);

// Keys of a keypad in the order of reading, then the eraser.
inline constexpr std::array<std::uint8_t, 10> k_keys_in_order{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};

}  // namespace uketsuke::ui
