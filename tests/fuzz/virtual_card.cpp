#include <stdexcept>

#include "card/virtual_card.h"
#include "tests/card/fixtures.h"
#include "tests/fuzz/replay_channel.h"

namespace uketsuke::fuzz {
namespace {

using card::testing::hex;

// A card as it came, for every input: one that has had no secret has changed nothing.
card::VirtualCard& fresh_card() {
    static std::shared_ptr<card::VirtualCard> card;
    if (!card || card->secrets_received() != 0) card = card::testing::make_card(card::testing::test_persona(), 40);
    card->reset();
    return *card;
}

bool opens(card::VirtualCard& card, const char* application, const char* file) {
    promise(card.answer(hex(application)) == hex("9000"), "an application is gone");
    promise(card.answer(hex(file)) == hex("9000"), "a file is gone");
    return card.answer(hex("00B0000001")) != hex("6982");
}

}  // namespace

int run_virtual_card(Input bytes) {
    card::VirtualCard& card = fresh_card();
    for (std::size_t at = 0; at < bytes.size();) {
        const auto command = next_record(bytes, at);
        const auto answer = card.answer(command);
        promise(answer.size() >= 2 && answer.size() <= 65'538, "an answer of no APDU's size");
    }
    promise(!card.wants_to_leave(), "the card wants to leave");
    card.reset();
    promise(!opens(card, "00A4040C0AD3921000310001010408", "00A4020C020002"), "attributes open after a reset");
    promise(!opens(card, "00A4040C0AD3921000310001010402", "00A4020C020002"), "photo open after a reset");
    promise(!opens(card, "00A4040C0AD392F000260100000001", "00A4020C020001"), "name open after a reset");
    return 0;
}

}  // namespace uketsuke::fuzz
