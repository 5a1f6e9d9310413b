// The bar under the patient's screen in the demo profile: lay cards, choose what the camera sees, cut the network.
// Not part of the patient's screen; pictures of it are never taken for the patient's screens.
#pragma once

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
};

struct DemoAction {
    enum class Kind { PlaceCard, RemoveCard, LookAt, Network, IssueOwnCard };
    Kind kind{};
    std::string id;  // of the card or sight; "up" or "down" for Network
};

}  // namespace uketsuke::ui
