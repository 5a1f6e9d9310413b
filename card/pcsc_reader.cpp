#include <winscard.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "card/pcsc.h"
#include "card/pcsc_slots.h"
#include "card/reader.h"

namespace uketsuke::card {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr const char* k_plug_and_play = "\\\\?PnP?\\Notification";
// pcsc-lite loses a cancel and a plug event that fall between two calls; waiting in slices bounds the harm.
constexpr milliseconds k_slice{1000};
constexpr milliseconds k_service_retry{200};
constexpr int k_attempts = 3;

class PcscReader : public Reader {
  public:
    explicit PcscReader(std::string_view name_part) : m_name_part(name_part) {}
    ~PcscReader() override { drop_context(); }

    Result<Presence> wait(Presence known, milliseconds timeout) override;
    void cancel() override;
    Result<std::unique_ptr<Channel>> connect() override;
    std::string name() const override { return m_seen.chosen.slot.name; }

  private:
    struct Seen {
        Presence presence = Presence::NoService;
        pcsc::Chosen chosen;
        friend bool operator==(const Seen&, const Seen&) = default;
    };

    bool have_context();
    void drop_context();
    LONG list_readers();
    LONG ask_states();
    void pause(milliseconds most);
    Seen look();
    void watch(milliseconds timeout);
    bool take_cancel();

    const std::string m_name_part;
    std::mutex m_mutex;  // the two below, shared with cancel()
    std::optional<SCARDCONTEXT> m_context;
    bool m_cancelled = false;
    std::condition_variable m_wake;
    std::vector<std::string> m_names;  // what m_states point into
    std::vector<SCARD_READERSTATE> m_states;
    Seen m_seen;
    std::optional<Seen> m_told;  // what wait() last returned as Card
};

bool PcscReader::have_context() {
    if (m_context && SCardIsValidContext(*m_context) == SCARD_S_SUCCESS) return true;
    drop_context();
    SCARDCONTEXT context = 0;
    if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) != SCARD_S_SUCCESS) return false;
    const std::lock_guard lock(m_mutex);
    m_context = context;
    return true;
}

void PcscReader::drop_context() {
    const std::lock_guard lock(m_mutex);
    if (m_context) SCardReleaseContext(*m_context);
    m_context.reset();
    // The next service counts events from the start again: no card of the old one may pass for the same.
    m_told.reset();
}

// The names of the readers that are meant, in m_names.
LONG PcscReader::list_readers() {
    m_names.clear();
    DWORD size = 0;
    LONG code = SCardListReaders(*m_context, nullptr, nullptr, &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return SCARD_S_SUCCESS;
    if (code != SCARD_S_SUCCESS) return code;
    std::vector<char> list(size + 2, '\0');
    code = SCardListReaders(*m_context, nullptr, list.data(), &size);
    if (code != SCARD_S_SUCCESS) return code;
    for (const char* at = list.data(); *at != '\0'; at += m_names.back().size() + 1) m_names.emplace_back(at);
    std::erase_if(m_names, [&](const std::string& one) { return !pcsc::is_meant(one, m_name_part); });
    return SCARD_S_SUCCESS;
}

// What they show at this moment, in m_states.
LONG PcscReader::ask_states() {
    m_states.assign(m_names.size(), {});
    for (std::size_t i = 0; i < m_names.size(); ++i) m_states[i].szReader = m_names[i].c_str();
    if (m_states.empty()) return SCARD_S_SUCCESS;
    return SCardGetStatusChange(*m_context, 0, m_states.data(), m_states.size());
}

// Refreshes m_states for watch().
PcscReader::Seen PcscReader::look() {
    if (!have_context()) return {};
    LONG code = SCARD_S_SUCCESS;
    // A reader may come or go between two of these calls: the second then refuses what the first has told.
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        code = list_readers();
        if (code == SCARD_S_SUCCESS) code = ask_states();
        if (code == SCARD_S_SUCCESS || pcsc::context_is_lost(code)) break;
        m_states.clear();
    }
    if (pcsc::context_is_lost(code)) {
        drop_context();
        return {};
    }
    std::vector<pcsc::Slot> slots;
    for (SCARD_READERSTATE& state : m_states) {
        state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
        if ((state.dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0) continue;
        slots.push_back({state.szReader, (state.dwEventState & SCARD_STATE_PRESENT) != 0,
                         (state.dwEventState & SCARD_STATE_MUTE) != 0,
                         static_cast<std::uint32_t>(state.dwEventState >> 16)});
    }
    m_states.push_back({});
    m_states.back().szReader = k_plug_and_play;
    Seen seen{Presence::NoReader, pcsc::choose(slots)};
    if (!slots.empty()) seen.presence = seen.chosen.slot.card ? Presence::Card : Presence::Empty;
    return seen;
}

// Until a cancel.
void PcscReader::pause(milliseconds most) {
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, most, [&] { return m_cancelled; });
}

void PcscReader::watch(milliseconds timeout) {
    if (!m_context) return pause(std::min(timeout, k_service_retry));
    const auto slice = std::min(timeout, k_slice).count();
    const LONG code = SCardGetStatusChange(*m_context, static_cast<DWORD>(slice), m_states.data(), m_states.size());
    if (pcsc::context_is_lost(code)) {
        drop_context();
    } else if (code != SCARD_S_SUCCESS && code != SCARD_E_TIMEOUT && code != SCARD_E_CANCELLED) {
        // An error that comes back at once must not make the loop spin.
        pause(std::min(timeout, k_service_retry));
    }
}

bool PcscReader::take_cancel() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_cancelled, false);
}

Result<Presence> PcscReader::wait(Presence known, milliseconds timeout) {
    const auto deadline = Clock::now() + timeout;
    while (true) {
        m_seen = look();
        Presence presence = m_seen.presence;
        // Another insertion than the one that was told: the change is shown before the new card is.
        if (presence == Presence::Card && known == Presence::Card && m_told != m_seen) presence = Presence::Empty;
        if (presence != known) {
            if (presence == Presence::Card) m_told = m_seen;
            take_cancel();
            return presence;
        }
        if (take_cancel()) return known;
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) return known;
        watch(left);
    }
}

void PcscReader::cancel() {
    const std::lock_guard lock(m_mutex);
    m_cancelled = true;
    m_wake.notify_all();
    if (m_context) SCardCancel(*m_context);
}

Result<std::unique_ptr<Channel>> PcscReader::connect() {
    m_seen = look();
    const std::string& reader = m_seen.chosen.slot.name;
    switch (m_seen.presence) {
        case Presence::NoService:
            return fail(Fault::NoService, "the PC/SC service does not answer");
        case Presence::NoReader:
            return fail(Fault::NoReader, m_name_part.empty() ? "no reader" : "no reader named \"" + m_name_part + "\"");
        case Presence::Empty:
            return fail(Fault::NoCard, reader);
        case Presence::Card:
            break;
    }
    if (m_seen.chosen.two_cards()) return fail(Fault::TwoCards, reader + " and " + m_seen.chosen.second.name);
    auto channel = pcsc::connect(*m_context, reader);
    // Some drivers fail in a way of their own to start what the service has marked as mute already.
    if (!channel && m_seen.chosen.slot.mute && channel.error().fault == Fault::CardSilent) {
        channel.error().fault = Fault::NoChip;
    }
    if (!channel && channel.error().fault == Fault::NoService) drop_context();
    return channel;
}

}  // namespace

std::string_view name_of(Presence presence) {
    switch (presence) {
        case Presence::NoService:
            return "no-service";
        case Presence::NoReader:
            return "no-reader";
        case Presence::Empty:
            return "empty";
        case Presence::Card:
            return "card";
    }
    return "no-service";
}

std::unique_ptr<Reader> open_pcsc_reader(std::string_view name_part) {
    return std::make_unique<PcscReader>(name_part);
}

}  // namespace uketsuke::card
