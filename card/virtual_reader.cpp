#include "card/virtual_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace uketsuke::card {

struct VirtualReader::Slot {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::shared_ptr<VirtualCard>> cards;  // in the order in which they were placed
    bool plugged = true;
    bool cancelled = false;
    bool connected = false;
    std::uint64_t placement = 0;  // grows whenever what lies there changes; old channels are dead

    void change() {
        ++placement;
        connected = false;
        changed.notify_all();
    }
};

namespace {

using Slot = VirtualReader::Slot;

class VirtualChannel : public Channel {
  public:
    VirtualChannel(std::shared_ptr<Slot> slot, std::shared_ptr<VirtualCard> card, std::uint64_t placement)
        : m_slot(std::move(slot)), m_card(std::move(card)), m_placement(placement) {}

    ~VirtualChannel() override {
        const std::lock_guard lock(m_slot->mutex);
        if (m_slot->placement != m_placement) return;
        m_card->reset();
        m_slot->connected = false;
    }

    Result<Bytes> transmit(std::span<const std::uint8_t> command) override {
        std::unique_lock lock(m_slot->mutex);
        const auto gone = [&] { return m_slot->placement != m_placement; };
        // A wait of no time still costs a timer's slack, some 70 µs.
        if (const auto delay = m_card->persona().apdu_delay; delay.count() > 0) {
            m_slot->changed.wait_for(lock, delay, gone);
        }
        if (gone()) return fail(Fault::CardGone, "the card left the virtual reader");
        if (m_card->wants_to_leave()) {
            m_slot->cards.clear();  // a channel is open only while one card lies there
            m_slot->change();
            return fail(Fault::CardGone, "the card left the virtual reader");
        }
        Bytes answer = m_card->answer(command);
        if (answer.size() < 2) return fail(Fault::CardSilent, "the virtual card does not answer");
        return answer;
    }

  private:
    std::shared_ptr<Slot> m_slot;
    std::shared_ptr<VirtualCard> m_card;
    std::uint64_t m_placement;
};

}  // namespace

VirtualReader::VirtualReader(std::string name) : m_slot(std::make_shared<Slot>()), m_name(std::move(name)) {}
VirtualReader::~VirtualReader() = default;

void VirtualReader::place(std::shared_ptr<VirtualCard> card) {
    const std::lock_guard lock(m_slot->mutex);
    m_slot->cards.clear();
    if (card) {
        card->reset();
        m_slot->cards.push_back(std::move(card));
    }
    m_slot->change();
}

void VirtualReader::place_beside(std::shared_ptr<VirtualCard> card) {
    const std::lock_guard lock(m_slot->mutex);
    if (!card || std::find(m_slot->cards.begin(), m_slot->cards.end(), card) != m_slot->cards.end()) return;
    m_slot->cards.push_back(std::move(card));
    for (const auto& one : m_slot->cards) one->reset();
    m_slot->change();
}

void VirtualReader::take(const std::shared_ptr<VirtualCard>& card) {
    const std::lock_guard lock(m_slot->mutex);
    if (std::erase(m_slot->cards, card) != 0) m_slot->change();
}

void VirtualReader::remove() {
    place(nullptr);
}

void VirtualReader::unplug() {
    const std::lock_guard lock(m_slot->mutex);
    m_slot->plugged = false;
    m_slot->change();
}

void VirtualReader::plug() {
    const std::lock_guard lock(m_slot->mutex);
    for (const auto& card : m_slot->cards) card->reset();
    m_slot->plugged = true;
    m_slot->change();
}

std::shared_ptr<VirtualCard> VirtualReader::placed() const {
    const std::lock_guard lock(m_slot->mutex);
    return m_slot->cards.empty() ? nullptr : m_slot->cards.front();
}

Result<Presence> VirtualReader::wait(Presence known, std::chrono::milliseconds timeout) {
    std::unique_lock lock(m_slot->mutex);
    const auto now = [&] {
        if (!m_slot->plugged) return Presence::NoReader;
        if (m_slot->cards.empty()) return Presence::Empty;
        // Another placement than the one that was told: the change is shown before the new card is.
        if (known == Presence::Card && m_told != m_slot->placement) return Presence::Empty;
        return Presence::Card;
    };
    m_slot->changed.wait_for(lock, timeout, [&] { return m_slot->cancelled || now() != known; });
    if (std::exchange(m_slot->cancelled, false)) return known;
    const Presence presence = now();
    if (presence == Presence::Card) m_told = m_slot->placement;
    return presence;
}

void VirtualReader::cancel() {
    const std::lock_guard lock(m_slot->mutex);
    m_slot->cancelled = true;
    m_slot->changed.notify_all();
}

Result<std::unique_ptr<Channel>> VirtualReader::connect() {
    const std::lock_guard lock(m_slot->mutex);
    if (!m_slot->plugged) return fail(Fault::NoReader, m_name);
    if (m_slot->cards.empty()) return fail(Fault::NoCard, m_name);
    if (m_slot->cards.size() > 1) return fail(Fault::TwoCards, m_name);
    const auto& card = m_slot->cards.front();
    if (!card->has_chip()) return fail(Fault::NoChip, m_name);
    if (m_slot->connected) return fail(Fault::ReaderBusy, m_name);
    card->reset();
    m_slot->connected = true;
    return std::make_unique<VirtualChannel>(m_slot, card, m_slot->placement);
}

std::string VirtualReader::name() const {
    const std::lock_guard lock(m_slot->mutex);
    return m_slot->plugged ? m_name : std::string{};
}

}  // namespace uketsuke::card
