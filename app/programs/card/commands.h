// The commands of uketsuke-card. Each prints to standard output, complains on standard error, returns the exit status.
#pragma once

#include <string>
#include <vector>

namespace uketsuke::card_tool {

inline constexpr int k_done = 0;
inline constexpr int k_bad_input = 1;     // options, persona files
inline constexpr int k_no_card = 2;       // nothing readable lies on the reader, or a card that is refused
inline constexpr int k_not_finished = 3;  // lock: stopped half way, or not every PIN is locked
inline constexpr int k_declined = 4;      // lock: the question was not answered with Y
inline constexpr int k_unread = 5;        // front: a picture that was not read with certainty

struct ShowOptions {
    bool json = false;
    std::string reader;    // part of its name; empty: the first with a card
    std::string number_b;  // 14 digits, or "-" for standard input; empty: photo and attributes stay closed
};
int show(const ShowOptions& options);

// Locks the 4-digit PINs of the card on the reader, as municipal offices do for a 顔認証マイナンバーカード. Shows the
// card and asks first (on standard error with `json`, whose one object goes to standard output): a line of standard
// input, of which only Y or y goes on.
struct LockOptions {
    bool json = false;
    bool yes = false;    // does not ask
    std::string reader;  // part of its name; empty: the first with a card
};
int lock(const LockOptions& options);

// Reads 照合番号B from pictures of cards' fronts, as the kiosk does; one JSON object a line with `json`. The number
// itself is printed only when asked for: it opens the card's photo. Or draws the front of an invented person's card.
struct FrontOptions {
    std::vector<std::string> pictures;  // PNG or JPEG
    bool json = false;
    bool show_number = false;
    std::string draw;  // a persona's id in `folder`; then the one picture is written
    std::string folder;
    int quarter_turns = 0;
    double wear = 0;  // 0 to 1
};
int front(const FrontOptions& options);

struct PersonasOptions {
    bool json = false;
    std::string folder;
};
int personas(const PersonasOptions& options);

struct ServeOptions {
    std::string persona;  // an id in `folder`, or a path to a .toml file
    std::string folder;
    std::string vpcd = "127.0.0.1:35963";
    std::string photo;      // a JP2 file; empty: the drawn person of the persona
    std::string authority;  // where to write the issuing certificate (PEM); empty: nowhere
};
// Until SIGINT, SIGTERM or the end of vpcd.
int serve(const ServeOptions& options);

}  // namespace uketsuke::card_tool
