#include <winscard.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "card/pcsc.h"
#include "card/reader.h"

namespace uketsuke::card {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr const char* k_plug_and_play = "\\\\?PnP?\\Notification";
// pcsc-lite loses a cancel and a plug event that fall between two calls; waiting in slices bounds the harm.
constexpr milliseconds k_slice{1000};
constexpr milliseconds k_service_retry{200};

class PcscReader : public Reader {
  public:
    explicit PcscReader(std::string_view name_part) : m_name_part(name_part) {}
    ~PcscReader() override { drop_context(); }

    Result<Presence> wait(Presence known, milliseconds timeout) override;
    void cancel() override;
    Result<std::unique_ptr<Channel>> connect() override;
    std::string name() const override { return m_seen.reader; }

  private:
    struct Seen {
        Presence presence = Presence::NoService;
        std::string reader;
        DWORD events = 0;  // the service's count of insertions and removals in this reader
        friend bool operator==(const Seen&, const Seen&) = default;
    };

    bool have_context();
    void drop_context();
    std::vector<std::string> matching_readers();
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

std::vector<std::string> PcscReader::matching_readers() {
    DWORD size = 0;
    std::vector<std::string> names;
    LONG code = SCardListReaders(*m_context, nullptr, nullptr, &size);
    if (pcsc::context_is_lost(code)) drop_context();
    if (code != SCARD_S_SUCCESS || size == 0) return names;
    std::vector<char> list(size + 2, '\0');
    code = SCardListReaders(*m_context, nullptr, list.data(), &size);
    if (code != SCARD_S_SUCCESS) return names;
    for (const char* at = list.data(); *at != '\0'; at += names.back().size() + 1) names.emplace_back(at);
    std::erase_if(names, [&](const std::string& one) { return one.find(m_name_part) == std::string::npos; });
    return names;
}

// What the readers show at this moment; refreshes m_states for watch().
PcscReader::Seen PcscReader::look() {
    if (!have_context()) return {};
    m_names = matching_readers();
    m_states.clear();
    if (!m_context) return {};
    m_states.resize(m_names.size());
    for (std::size_t i = 0; i < m_names.size(); ++i) m_states[i].szReader = m_names[i].c_str();
    Seen seen{Presence::NoReader, {}, 0};
    if (!m_states.empty()) {
        const LONG code = SCardGetStatusChange(*m_context, 0, m_states.data(), m_states.size());
        if (pcsc::context_is_lost(code)) {
            drop_context();
            return {};
        }
        for (SCARD_READERSTATE& state : m_states) {
            state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
            const bool usable = (state.dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) == 0;
            if (!usable || seen.presence == Presence::Card) continue;
            const bool present = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
            if (!present && seen.presence == Presence::Empty) continue;
            seen = {present ? Presence::Card : Presence::Empty, state.szReader, state.dwEventState >> 16};
        }
    }
    m_states.push_back({});
    m_states.back().szReader = k_plug_and_play;
    return seen;
}

void PcscReader::watch(milliseconds timeout) {
    if (!m_context) {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, std::min(timeout, k_service_retry), [&] { return m_cancelled; });
        return;
    }
    const auto slice = std::min(timeout, k_slice).count();
    const LONG code = SCardGetStatusChange(*m_context, static_cast<DWORD>(slice), m_states.data(), m_states.size());
    if (pcsc::context_is_lost(code)) drop_context();
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
    switch (m_seen.presence) {
        case Presence::NoService:
            return fail(Fault::NoService, "the PC/SC service does not answer");
        case Presence::NoReader:
            return fail(Fault::NoReader, m_name_part.empty() ? "no reader" : "no reader named \"" + m_name_part + "\"");
        case Presence::Empty:
            return fail(Fault::NoCard, m_seen.reader);
        case Presence::Card:
            break;
    }
    auto channel = pcsc::connect(*m_context, m_seen.reader);
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
