// The promises of app/core/step.h, over every screen × every event and over random walks.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/app/core/every_declaration.h"
#include "tests/app/core/every_event.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

// Watches one run and says which promise a step broke.
class Watch {
  public:
    void before(const State& state, const Event& event) {
        m_before = state.session ? std::optional(state.session->id) : std::nullopt;
        m_was_stopped = state.stopped.has_value();
        m_was_committed = state.session && state.session->committed;
        if (const auto* e = std::get_if<event::Committed>(&event); e && m_committing.count(e->request.text)) {
            m_on_disk.insert(static_cast<std::uint64_t>(e->session));
        }
        if (const auto* e = std::get_if<event::Tapped>(&event)) {
            if (e->intent.kind == Kind::UseLastTry && state.screen == Screen::PinLastTry) m_last_try_chosen = true;
        }
        const auto* tap = std::get_if<event::Tapped>(&event);
        if (tap && tap->intent.kind == Kind::Confirm && state.screen == Screen::ConsentSummary) m_confirmed = true;
        if (state.screen == Screen::Consent) m_confirmed = false;
        if (const auto* e = std::get_if<event::PinAnswered>(&event); e && m_before == e->session) {
            if (m_pin_out) m_counter = e->tries_left;
            m_pin_out = false;
        }
        if (const auto* e = std::get_if<event::CardRead>(&event)) {
            if (m_before == e->session && !state.session->card) m_counter = e->facts.pin_tries;
        }
    }

    void after(const State& state, const Effects& effects) {
        int wipes = 0;
        for (const auto& effect : effects) {
            if (const auto* e = std::get_if<effect::Wipe>(&effect)) {
                ++wipes;
                EXPECT_EQ(m_wiped.count(static_cast<std::uint64_t>(e->session)), 0U) << "wiped twice";
                m_wiped.insert(static_cast<std::uint64_t>(e->session));
                EXPECT_EQ(m_before, e->session) << "a wipe of a session that was not running";
            }
            if (const auto* e = std::get_if<effect::VerifyPin>(&effect)) pin_sent(*e);
            if (const auto* e = std::get_if<effect::OpenPhoto>(&effect)) {
                EXPECT_TRUE(e->number.complete());
                EXPECT_TRUE(m_before == e->session);
            }
            if (std::holds_alternative<effect::SignReception>(effect)) signed_after_the_last_question(state);
            if (const auto* e = std::get_if<effect::Commit>(&effect)) {
                EXPECT_EQ(m_wiped.count(static_cast<std::uint64_t>(e->session)), 0U) << "commit after the wipe";
                m_committing.insert(e->request.text);
            }
        }
        const bool another = !state.session || m_before != state.session->id;
        // At home a session goes on under another name when its card is laid or taken.
        const bool goes_on = m_before && another && state.session && state.policy.visit && !m_was_committed;
        if (goes_on && state.session->identified == Method::Visual) {
            m_confirmed_by_staff.insert(static_cast<std::uint64_t>(state.session->id));
            m_confirmed_by_staff.erase(static_cast<std::uint64_t>(*m_before));
        }
        if (another && !goes_on) m_confirmed = m_confirmed && state.session.has_value() && !m_before;
        if (another && !goes_on) m_ordered = false;
        for (const auto& effect : effects) {
            const auto* did = std::get_if<effect::StaffDid>(&effect);
            if (did && did->purpose == StaffPurpose::OrderedKeypad) m_ordered = true;
        }
        if (m_before && another) {
            EXPECT_EQ(wipes, 1) << "left a session on " << name_of(state.screen) << " without its one wipe";
            m_counter.reset();
            m_last_try_chosen = false;
            m_pin_out = false;
        } else {
            EXPECT_EQ(wipes, 0);
        }
        if (const auto& records = state.face_records; !records.empty()) {
            EXPECT_LE(records.size(), 64U);
            EXPECT_LT(state.now - records.front().last, state.policy.face_attempts_remembered + Millis{1});
        }
        if (state.screen == Screen::Face && view_of(state).screen() == Screen::Face) {
            EXPECT_LT(state.session->face_attempts, state.policy.face_attempts);
        }
        if (state.screen == Screen::Accepted) {
            ASSERT_TRUE(state.session);
            EXPECT_EQ(m_on_disk.count(static_cast<std::uint64_t>(state.session->id)), 1U)
                << "accepted before the row was on disk";
        }
        const View view = view_of(state);
        EXPECT_EQ(view.screen(), state.screen);
        if (const auto* page = std::get_if<page::CardTaken>(&view.page); page && page->accepted && m_before) {
            EXPECT_EQ(m_on_disk.count(static_cast<std::uint64_t>(*m_before)), 1U);
        }
        if (!state.session && state.screen != Screen::StaffCheck) {
            EXPECT_TRUE(state.staff.code.empty());
        }
        patients_choice(state, view);
        tablet(state, effects);
        staffs_word(state, effects);
        nobody_received_while_stopped(state, effects);
        if (state.staff_coming) {
            EXPECT_TRUE(state.staff_called_until || view.screen() == Screen::CallStaff ||
                        view.screen() == Screen::StaffCheck || view.screen() == Screen::NumberEntry ||
                        view.screen() == Screen::ShowToStaff);
        }
    }

  private:
    // Each check that waited for its card ended once; whoever was identified by staff was so by one word of theirs.
    void staffs_word(const State& state, const Effects& effects) {
        for (const auto& effect : effects) {
            const auto* did = std::get_if<effect::StaffDid>(&effect);
            const auto* ended = std::get_if<effect::VisualCheckEnded>(&effect);
            if (did && did->purpose == StaffPurpose::VisualCheck) {
                if (!did->session) ++m_armed;
                ++m_words;
            }
            if (did && did->session) {
                EXPECT_TRUE(m_before == did->session);
            }
            if (ended) {
                --m_armed;
                if (!ended->used) --m_words;
            }
            if (const auto* commit = std::get_if<effect::Commit>(&effect)) {
                EXPECT_EQ(commit->approval.has_value(), state.session->identified == Method::Visual);
            }
        }
        EXPECT_EQ(m_armed, state.visual ? 1 : 0);
        if (!state.session || state.session->identified != Method::Visual) return;
        EXPECT_TRUE(state.session->approval);
        if (m_confirmed_by_staff.insert(static_cast<std::uint64_t>(state.session->id)).second) {
            EXPECT_GE(m_words - m_armed, static_cast<int>(m_confirmed_by_staff.size())) << "one word, two patients";
        }
    }
    void nobody_received_while_stopped(const State& state, const Effects& effects) {
        if (!m_was_stopped || !state.stopped) return;
        for (const auto& effect : effects) EXPECT_FALSE(std::holds_alternative<effect::ReadCard>(effect));
        EXPECT_TRUE(!state.session || m_before == state.session->id);
        EXPECT_NE(state.screen, Screen::Idle);
        EXPECT_LE(state.stopped->message.size(), 4 * event::ReceptionStopped::k_longest);
    }
    void signed_after_the_last_question(const State& state) {
        ASSERT_TRUE(state.session && state.session->card);
        const Session& session = *state.session;
        EXPECT_EQ(next_consent_of(session), k_consent_items);
        EXPECT_TRUE(session.limit_amount || !state.policy.offer_limit_amount);
        const bool nothing_to_agree_to = session.card->certificate == CertificateStanding::EligibilityOnly;
        EXPECT_TRUE(session.at_once || nothing_to_agree_to || m_confirmed) << "sent without the summary";
    }
    static std::size_t next_consent_of(const Session& session) {
        return static_cast<std::size_t>(std::count_if(session.consents.begin(), session.consents.end(),
                                                      [](const auto& consent) { return consent.has_value(); }));
    }
    // What is sealed is seen by nobody who has not signed in, and only as long as it is looked at.
    void tablet(const State& state, const Effects& effects) {
        if (!state.policy.visit) return;
        const Tour& tour = state.tour;
        const bool listed = state.screen == Screen::CareList || state.screen == Screen::CarePatient;
        if (!listed) {
            EXPECT_TRUE(tour.list.empty());
        }
        if (state.screen == Screen::CareList) {
            EXPECT_FALSE(tour.locked);
        }
        if (state.screen != Screen::TourSignIn) {
            EXPECT_TRUE(tour.open);
            EXPECT_TRUE(tour.code.empty());
        }
        if (!tour.open) {
            EXPECT_FALSE(state.session || state.declaring);
        }
        for (const auto& effect : effects) {
            if (const auto* commit = std::get_if<effect::Commit>(&effect)) {
                EXPECT_EQ(commit->visit.has_value(), !state.session->reinquiry);
            }
            if (std::holds_alternative<effect::SignReception>(effect)) {
                EXPECT_TRUE(state.card_present && !begun_without_card(state.session->id));
            }
            EXPECT_FALSE(std::holds_alternative<effect::StartFace>(effect));
            EXPECT_FALSE(std::holds_alternative<effect::WarmCamera>(effect));
        }
    }
    void patients_choice(const State& state, const View& view) {
        EXPECT_GE(view.volume, k_quietest);
        EXPECT_LE(view.volume, k_loudest);
        if (state.screen == Screen::Submitting) {
            EXPECT_EQ(view.sheet, Sheet::None);
        }
        if (view.sheet == Sheet::VisualReasons) {
            EXPECT_EQ(state.screen, Screen::StaffCheck);
        }
        if (view.sheet == Sheet::ConsentDetail) {
            EXPECT_EQ(state.screen, Screen::Consent);
        }
        if (const auto* page = std::get_if<page::Accepted>(&view.page); page && !page->name.empty()) {
            EXPECT_EQ(page->outcome, Outcome::Confirmed);
        }
        if (const auto* page = std::get_if<page::Pin>(&view.page); page && page->ordered) {
            EXPECT_TRUE(m_ordered);
        }
        // Nobody finds another patient's language: what differs at rest is put back by itself.
        if (state.screen == Screen::Idle && view.language != state.policy.default_language) {
            EXPECT_TRUE(next_deadline(state));
        }
    }
    void pin_sent(const effect::VerifyPin& sent) {
        EXPECT_TRUE(sent.pin.complete());
        EXPECT_FALSE(m_pin_out) << "a second PIN while the first is with the card";
        ASSERT_TRUE(m_counter) << "a PIN sent without the card's counter";
        EXPECT_EQ(sent.tries_expected, *m_counter);
        EXPECT_GT(*m_counter, 0);
        if (*m_counter == 1) {
            EXPECT_TRUE(m_last_try_chosen) << "the last try spent without a choice";
        }
        m_last_try_chosen = false;
        m_pin_out = true;
        m_counter.reset();
    }

    std::optional<SessionId> m_before;
    std::set<std::uint64_t> m_wiped;
    std::set<std::uint64_t> m_on_disk;
    std::set<std::string> m_committing;
    std::optional<int> m_counter;
    bool m_last_try_chosen = false;
    bool m_pin_out = false;
    bool m_confirmed = false;
    bool m_ordered = false;  // staff allowed it in the session that runs
    bool m_was_stopped = false;
    bool m_was_committed = false;
    int m_armed = 0;  // visual checks that wait for their card
    int m_words = 0;  // of staff, for one patient each
    std::set<std::uint64_t> m_confirmed_by_staff;
};

struct Journey {
    explicit Journey(SecondSign second_sign = SecondSign::Tries, bool agree_all = true, bool home = false) {
        Policy policy = Kiosk::demo_policy();
        if (home) policy.visit.emplace();
        if (home) policy.dim_after = Millis{30'000};
        policy.offer_agree_all = agree_all;
        policy.second_sign = second_sign;
        policy.challenge_waiver = true;
        state = initial_state(policy);
    }

    State state;
    Watch watch;
    DeclarationWatch forms;

    void send(const Event& event) {
        watch.before(state, event);
        forms.before(state, event);
        Step next = step(state, event);
        state = std::move(next.state);
        watch.after(state, next.effects);
        forms.after(state, next.effects);
    }
    SessionId id() const { return state.session ? state.session->id : SessionId{1}; }
    DeclarationId form() const { return state.declaring ? state.declaring->id : DeclarationId{1}; }
};

using Walk = std::vector<Event>;

constexpr std::size_t k_at_home_alone = 5;
// Idle, OutOfService, CallStaff, Face, FaceFailed, NumberEntry.
constexpr std::size_t k_at_counters_alone = 6;

// A random walk that favours events which lead somewhere, so that late screens are reached often.
Walk random_walk(std::mt19937& random, std::size_t length, std::map<Screen, Walk>* first_seen,
                 SecondSign second_sign = SecondSign::Tries, bool agree_all = true, bool home = false) {
    Journey run(second_sign, agree_all, home);
    Walk walk;
    std::uint64_t placed = 1;
    SessionId stale{0};
    while (walk.size() < length) {
        const bool astray = random() % 3 == 0;
        Event event = sensible(random, run.state);
        if (astray) {
            const auto events = every_event(run.id(), stale, run.state.now, run.form());
            event = events[random() % events.size()];
        }
        if (auto* e = std::get_if<event::CardPlaced>(&event)) {
            stale = SessionId{placed};
            e->fresh = SessionId{++placed};
        }
        // Long ticks end every session: rarer than touches.
        if (const auto* e = std::get_if<event::Tick>(&event); e && astray && random() % 8 != 0) {
            if (e->now - run.state.now > Millis{1}) continue;
        }
        if (std::holds_alternative<event::CardRemoved>(event) && astray && random() % 3 != 0) continue;
        if (const auto* e = std::get_if<event::Tapped>(&event)) {
            if (e->intent.kind == Kind::Stop && random() % 4 != 0) continue;
        }
        run.send(event);
        walk.push_back(event);
        if (first_seen) first_seen->emplace(run.state.screen, walk);
        if (::testing::Test::HasFailure()) break;
    }
    return walk;
}

TEST(Invariants, HoldOverTenThousandRandomWalks) {
    std::mt19937 random(20261121);
    for (int i = 0; i < 10'000; ++i) {
        random_walk(random, 60, nullptr, static_cast<SecondSign>(i % 4), i % 8 < 6, i % 3 == 0);
        if (HasFailure()) {
            ADD_FAILURE() << "walk " << i;
            return;
        }
    }
}

TEST(Invariants, HoldOverEveryScreenAndEveryEvent) {
    std::mt19937 random(7);
    std::set<Screen> seen;
    for (const bool home : {false, true}) {
        std::map<Screen, Walk> ways;
        for (int i = 0; i < 4'000; ++i) {
            random_walk(random, 90, &ways, SecondSign::Tries, true, home);
            if (ways.size() >= (home ? k_screens - k_at_counters_alone : k_screens - k_at_home_alone)) break;
        }
        for (const auto& [screen, way] : ways) {
            seen.insert(screen);
            Journey reached(SecondSign::Tries, true, home);
            for (const auto& event : way) reached.send(event);
            ASSERT_EQ(reached.state.screen, screen);
            for (const auto& event : every_event(reached.id(), SessionId{0}, reached.state.now, reached.form())) {
                Journey run = reached;
                run.send(event);
                ASSERT_FALSE(HasFailure()) << name_of(screen) << " × " << describe(event) << (home ? " at home" : "");
            }
        }
    }
    EXPECT_EQ(seen.size(), k_screens) << "some screen was never reached";
}

TEST(Invariants, EventsOfAnOlderSessionLeaveTheStateAsItIs) {
    std::mt19937 random(11);
    for (int i = 0; i < 500; ++i) {
        const bool home = i % 2 == 0;
        Journey run(SecondSign::Tries, true, home);
        for (const auto& event : random_walk(random, 40, nullptr, SecondSign::Tries, true, home)) run.send(event);
        const SessionId stale{999'999'999};
        for (const auto& event : every_event(stale, stale, run.state.now, DeclarationId{999'999})) {
            const bool of_session = std::visit(
                [](const auto& e) {
                    if constexpr (requires { e.declaration; }) return true;
                    if constexpr (requires { e.session; }) return std::optional<SessionId>(e.session).has_value();
                    return false;
                },
                event);
            if (!of_session) continue;
            const Step next = step(run.state, event);
            EXPECT_TRUE(next.effects.empty()) << describe(event);
            EXPECT_EQ(next.state.screen, run.state.screen);
            EXPECT_EQ(next.state.session.has_value(), run.state.session.has_value());
        }
    }
}

TEST(Invariants, EveryScreenOfASessionCanBeLeftByWaiting) {
    std::mt19937 random(13);
    for (int i = 0; i < 500; ++i) {
        const bool home = i % 2 == 0;
        Journey run(SecondSign::Tries, true, home);
        for (const auto& event : random_walk(random, 50, nullptr, SecondSign::Tries, true, home)) run.send(event);
        for (int waits = 0; waits < 20 && (run.state.session || run.state.declaring); ++waits) {
            const auto due = next_deadline(run.state);
            ASSERT_TRUE(due) << name_of(run.state.screen);
            run.send(event::Tick{std::max(*due, run.state.now + Millis{1}), run.state.wall});
        }
        EXPECT_FALSE(run.state.session || run.state.declaring) << "stuck on " << name_of(run.state.screen);
    }
}

}  // namespace
}  // namespace uketsuke::core::test
