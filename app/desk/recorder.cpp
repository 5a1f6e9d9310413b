#include "app/desk/recorder.h"

#include <utility>
#include <variant>

namespace uketsuke::desk {
namespace {

constexpr const char* k_reception = "reception by visual-check";

constexpr std::chrono::milliseconds k_look_within{500};
constexpr std::chrono::seconds k_look_stays_fresh{5};
constexpr std::chrono::seconds k_try_again{2};
constexpr std::chrono::hours k_look_anyway{24};

std::string visit(core::SessionId session) {
    return "visit " + std::to_string(static_cast<std::uint64_t>(session));
}

std::string visit(const std::optional<core::SessionId>& session) {
    return session ? visit(*session) : std::string();
}

// By the row of the list: no name stands in the record.
std::string patient(core::CareId id) {
    return "patient " + std::to_string(static_cast<std::uint64_t>(id));
}

const char* treatment(core::Treatment treatment) {
    return treatment == core::Treatment::Online ? "online" : "home visit";
}

const char* words_for(const core::effect::StaffDid& did) {
    switch (did.purpose) {
        case core::StaffPurpose::VisualCheck:
            return did.session ? "visual-check for the card that lies there" : "visual-check armed";
        case core::StaffPurpose::TypeNumber:
            return "number of the card typed";
        case core::StaffPurpose::WaiveChallenge:
            return "challenge waived";
        case core::StaffPurpose::OrderedKeypad:
            return "ordered keypad allowed";
    }
    return "";
}

// Appends what one effect means.
struct Acts {
    const core::Passed& passed;
    const StaffNames& names;
    std::vector<net::AuditAct>& acts;

    void operator()(const core::effect::StaffDid& did) {
        const bool visual = did.purpose == core::StaffPurpose::VisualCheck;
        acts.push_back(
            {names.name_of(did.who), words_for(did), visual ? core::name_of(did.reason) : "", visit(did.session), ""});
    }
    void operator()(const core::effect::VisualCheckEnded& ended) {
        if (ended.used) {
            const auto session = passed.state.session ? std::optional(passed.state.session->id) : std::nullopt;
            acts.push_back({names.name_of(ended.approval.who), "visual-check used",
                            core::name_of(ended.approval.reason), visit(session), ""});
        } else if (const auto* withdrawn = std::get_if<core::event::VisualWithdrawn>(&passed.event)) {
            acts.push_back({names.name_of(withdrawn->who), "visual-check withdrawn", "", "", ""});
        } else {
            acts.push_back({names.name_of(ended.approval.who), "visual-check lapsed", "", "", ""});
        }
    }
    void operator()(const core::effect::Commit& commit) {
        if (!commit.approval) return;
        acts.push_back({names.name_of(commit.approval->who), k_reception, core::name_of(commit.approval->reason),
                        commit.request.text, visit(commit.session)});
    }
    void operator()(const core::effect::ReceptionStopped& stopped) {
        std::string message = stopped.stopped && passed.state.stopped ? passed.state.stopped->message : "";
        acts.push_back({names.name_of(stopped.who), stopped.stopped ? "reception stopped" : "reception resumed", "", "",
                        std::move(message)});
    }
    void operator()(const core::effect::CloseTour&) { acts.push_back({"kiosk", "tour closed", "", "", ""}); }
    void operator()(const core::effect::Reinquire& asked) {
        acts.push_back({names.name_of(asked.who), "visit without card", treatment(asked.treatment),
                        patient(asked.patient), visit(asked.session)});
    }
    void operator()(const core::effect::RenewConsents& renewed) {
        acts.push_back({names.name_of(renewed.who), "consents renewed", "", patient(renewed.patient), ""});
    }
    void operator()(const core::effect::WithdrawConsents& taken) {
        acts.push_back({names.name_of(taken.who), "all consents withdrawn", "", patient(taken.patient), ""});
    }
    template <class Other>
    void operator()(const Other&) {}
};

}  // namespace

std::vector<net::AuditAct> acts_of(const core::Passed& passed, const StaffNames& names) {
    std::vector<net::AuditAct> acts;
    const auto* answered = std::get_if<core::event::StaffCodeAnswered>(&passed.event);
    if (answered != nullptr && !answered->right) {
        const bool paused = passed.state.staff.paused_until > passed.state.now;
        acts.push_back({"kiosk code", paused ? "kiosk code paused" : "kiosk code refused", "", "", ""});
    }
    if (const auto* opened = std::get_if<core::event::TourOpened>(&passed.event)) {
        acts.push_back({names.name_of(opened->who), "tour opened or unlocked", "", "", ""});
    } else if (const auto* refused = std::get_if<core::event::TourRefused>(&passed.event)) {
        acts.push_back({"kiosk", "tour code refused", "", "", std::to_string(refused->tries_left) + " left"});
    }
    Acts of{passed, names, acts};
    for (const auto& effect : passed.effects) std::visit(of, effect);
    return acts;
}

Recorder::Recorder(net::AuditLog& log, const StaffNames& names, workers::NoticeSink notice,
                   std::function<net::Result<net::AuditCheck>()> verify, std::function<void()> looked)
    : m_log(log),
      m_names(names),
      m_notice(std::move(notice)),
      m_verify(std::move(verify)),
      m_looked(std::move(looked)) {}

void Recorder::passed(const core::Passed& passed) {
    const bool committed = std::holds_alternative<core::event::Committed>(passed.event);
    if (m_uncommitted && (committed || std::holds_alternative<core::event::CommitFailed>(passed.event))) {
        if (!committed) m_uncommitted->what += ", not saved";
        record(std::move(*m_uncommitted));
        m_uncommitted.reset();
    }
    const bool code = std::holds_alternative<core::event::StaffCodeAnswered>(passed.event) ||
                      std::holds_alternative<core::event::TourOpened>(passed.event) ||
                      std::holds_alternative<core::event::TourRefused>(passed.event);
    if (passed.effects.empty() && !code) return;
    for (auto& act : acts_of(passed, m_names)) {
        // Whether it was one is known when the row is on disk.
        if (act.what == k_reception) {
            m_uncommitted = std::move(act);
        } else {
            record(std::move(act));
        }
    }
}

bool Recorder::record_now(const net::AuditAct& act) {
    const auto written = m_log.append(act);
    if (!written && !m_failing.exchange(true)) {
        m_notice(workers::NoticeLevel::Error, "audit log: " + written.error().where);
    }
    if (written) m_failing = false;
    return written.has_value();
}

Recorder::Look Recorder::last_look() const {
    const std::lock_guard lock(m_mutex);
    const bool fresh = m_looked_at && std::chrono::steady_clock::now() - *m_looked_at < k_look_stays_fresh;
    return {fresh, m_check};
}

bool Recorder::intact() const {
    const std::lock_guard lock(m_mutex);
    return m_check.intact();
}

void Recorder::look() {
    auto found = m_verify();
    bool worse = false;
    {
        const std::lock_guard lock(m_mutex);
        m_looked_at.reset();
        m_next_look = std::chrono::steady_clock::now() + k_look_anyway;
        if (found) {
            worse = m_check.intact() && !found->intact();
            m_check = std::move(*found);
            m_looked_at = std::chrono::steady_clock::now();
        }
    }
    if (!found) m_notice(workers::NoticeLevel::Error, "audit log: " + found.error().where);
    if (worse) m_notice(workers::NoticeLevel::Error, "audit log: it is not as it was written (uketsuke-audit verify)");
    m_looked();
}

// What has happened must be in the record: it is tried until the disk takes it, or the kiosk stops.
void Recorder::keep(const net::AuditAct& act) {
    while (!record_now(act)) {
        std::unique_lock lock(m_mutex);
        if (m_stopped.wait_for(lock, k_try_again, [this] { return m_stopping.load(); })) {
            lock.unlock();
            record_now(act);
            return;
        }
    }
}

void Recorder::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_stopped.notify_all();
    m_acts.close();
}

void Recorder::run() {
    while (true) {
        const auto act = m_acts.pop_for(k_look_within);
        if (m_idle && !m_stopping) m_idle();
        if (act) {
            keep(*act);
        } else if (m_stopping) {
            return;
        } else if (m_look_wanted.exchange(false) || std::chrono::steady_clock::now() >= m_next_look) {
            look();
        }
    }
}

}  // namespace uketsuke::desk
