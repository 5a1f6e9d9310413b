// The bar under the patient's screen in the demo profile: lay cards, choose what the camera sees, cut the network.
// Not part of the patient's screen; pictures of it are never taken for the patient's screens.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace uketsuke::ui {

struct DemoItem {
    std::string id;
    std::string label;  // in any script that the installed fonts hold
};

struct DemoBar {
    std::vector<DemoItem> cards;
    std::vector<DemoItem> sights;  // what the camera can be made to see
    std::string card_now;          // id of the card on the reader; empty: none
    std::string sight_now;
    bool network_up = true;
    bool can_issue_own_card = false;  // a webcam is there
    std::size_t first_card = 0;       // of those that are shown: MoreCards asks for the next ones
};
inline constexpr std::size_t k_demo_cards_shown = 8;  // more would be too narrow to read

struct DemoAction {
    enum class Kind { PlaceCard, RemoveCard, MoreCards, LookAt, Network, IssueOwnCard };
    Kind kind{};
    std::string id;  // of the card or sight; "up" or "down" for Network
};

}  // namespace uketsuke::ui
