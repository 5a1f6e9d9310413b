// The promises of app/core/step.h, over every screen × every event and over random walks.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

// Watches one run and says which promise a step broke.
class Watch {
  public:
    void before(const State& state, const Event& event) {
        m_before = state.session ? std::optional(state.session->id) : std::nullopt;
        if (const auto* e = std::get_if<event::Committed>(&event); e && m_committing.count(e->request.text)) {
            m_on_disk.insert(static_cast<std::uint64_t>(e->session));
        }
        if (const auto* e = std::get_if<event::Tapped>(&event)) {
            if (e->intent.kind == Kind::UseLastTry && state.screen == Screen::PinLastTry) m_last_try_chosen = true;
        }
        const auto* tap = std::get_if<event::Tapped>(&event);
        m_confirmed = tap && tap->intent.kind == Kind::Confirm && state.screen == Screen::ConsentSummary;
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
        if (another) m_ordered = false;
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
    }

  private:
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
    void patients_choice(const State& state, const View& view) {
        EXPECT_GE(view.volume, k_quietest);
        EXPECT_LE(view.volume, k_loudest);
        if (state.screen == Screen::Submitting) {
            EXPECT_EQ(view.sheet, Sheet::None);
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
};

// Everything that can be sent to a kiosk whose running (or last) session is `id`.
std::vector<Event> every_event(SessionId id, SessionId stale, Millis now) {
    std::vector<Event> events;
    const WallTime wall{std::chrono::seconds{1'800'000'000}};
    for (const int ms : {0, 1, 5'000, 20'000, 200'000}) events.emplace_back(event::Tick{now + Millis{ms}, wall});
    events.emplace_back(event::CardPlaced{SessionId{static_cast<std::uint64_t>(id) + 1'000'000}});
    events.emplace_back(event::CardRemoved{});
    events.emplace_back(event::ReaderChanged{false});
    events.emplace_back(event::ReaderChanged{true});
    events.emplace_back(event::FaceAvailability{FaceAbsence::NoModels});
    events.emplace_back(event::FaceAvailability{std::nullopt, true});
    events.emplace_back(event::CameraChanged{true});
    events.emplace_back(event::CameraChanged{false});
    events.emplace_back(event::FaceAvailability{std::nullopt});
    for (std::size_t note = 0; note < k_staff_notes; ++note) {
        events.emplace_back(event::StaffNoteChanged{static_cast<StaffNote>(note), true});
        events.emplace_back(event::StaffNoteChanged{static_cast<StaffNote>(note), false});
    }
    for (const SessionId session : {id, stale}) {
        for (const int tries : {0, 1, 3}) {
            for (const auto standing : {CertificateStanding::Good, CertificateStanding::ExpiresSoon,
                                        CertificateStanding::EligibilityOnly, CertificateStanding::Expired}) {
                events.emplace_back(event::CardRead{session, CardFacts{tries, standing, 10, CardTag{1}}});
            }
        }
        events.emplace_back(event::CardRecognised{session, false});
        events.emplace_back(event::CardRecognised{session, true});
        for (int outcome = 0; outcome <= static_cast<int>(NumberOutcome::Lost); ++outcome) {
            events.emplace_back(event::NumberAnswered{session, static_cast<NumberOutcome>(outcome)});
        }
        for (const auto trouble : {CardTrouble::NotMyNumberCard, CardTrouble::Unreadable, CardTrouble::Moved}) {
            events.emplace_back(event::CardReadFailed{session, trouble});
        }
        events.emplace_back(event::FacePhotoUnusable{session});
        events.emplace_back(event::RegistrationAnswered{session, false});
        events.emplace_back(event::RegistrationAnswered{session, true});
        events.emplace_back(event::FaceGuided{session, FaceGuidance::ComeCloser});
        for (const auto outcome : {FaceOutcome::Match, FaceOutcome::NoMatch, FaceOutcome::TimedOut,
                                   FaceOutcome::CameraFailed, FaceOutcome::NotLive}) {
            events.emplace_back(event::FaceDecided{session, outcome});
        }
        events.emplace_back(event::KeypadShuffled{session, {7, 3, 9, 0, 1, 8, 2, 6, 4, 5}});
        for (const auto outcome :
             {PinOutcome::Right, PinOutcome::Wrong, PinOutcome::Locked, PinOutcome::NotSent, PinOutcome::Lost}) {
            for (const auto left : {std::optional<int>{}, std::optional<int>{0}, std::optional<int>{1},
                                    std::optional<int>{2}, std::optional<int>{3}}) {
                events.emplace_back(event::PinAnswered{session, outcome, left});
            }
        }
        const RequestId request{"request-" + std::to_string(static_cast<std::uint64_t>(session))};
        events.emplace_back(event::Signed{session, request});
        events.emplace_back(event::SignFailed{session, CardTrouble::SignatureRefused});
        events.emplace_back(event::Committed{session, request});
        events.emplace_back(event::CommitFailed{session});
        for (const auto outcome : {Outcome::Confirmed, Outcome::Queued, Outcome::SeeTheDesk}) {
            events.emplace_back(event::Answered{request, outcome, 13, ShownName{"山○"}});
        }
    }
    events.emplace_back(event::Touched{});
    events.emplace_back(event::HeadphonesChanged{true});
    events.emplace_back(event::HeadphonesChanged{false});
    events.emplace_back(event::StaffCodeAnswered{true});
    events.emplace_back(event::StaffCodeAnswered{false});
    events.emplace_back(event::StaffVisual{"2580"});
    for (int kind = 0; kind <= static_cast<int>(Kind::ChangeLanguage); ++kind) {
        for (const std::uint8_t value : {0, 1, 9, 200}) {
            events.emplace_back(event::Tapped{Intent{static_cast<Kind>(kind), value}});
        }
    }
    return events;
}

struct Journey {
    explicit Journey(SecondSign second_sign = SecondSign::Tries, bool agree_all = true) {
        Policy policy = Kiosk::demo_policy();
        policy.offer_agree_all = agree_all;
        policy.second_sign = second_sign;
        policy.challenge_waiver = true;
        state = initial_state(policy);
    }

    State state;
    Watch watch;

    void send(const Event& event) {
        watch.before(state, event);
        Step next = step(state, event);
        state = std::move(next.state);
        watch.after(state, next.effects);
    }
    SessionId id() const { return state.session ? state.session->id : SessionId{1}; }
};

using Walk = std::vector<Event>;

Event tap_one_of(std::mt19937& random, const std::vector<Kind>& kinds) {
    return event::Tapped{Intent{kinds[random() % kinds.size()], static_cast<std::uint8_t>(random() % 10)}};
}

// Something that makes sense on this screen.
Event sensible(std::mt19937& random, const State& state) {
    const SessionId id = state.session ? state.session->id : SessionId{0};
    const RequestId request{"request-" + std::to_string(static_cast<std::uint64_t>(id))};
    const auto tries = static_cast<int>(random() % 4);
    if (state.sheet != Sheet::None) return tap_one_of(random, {Kind::CloseSheet, Kind::Back, Kind::ChangeLanguage});
    switch (state.screen) {
        case Screen::Idle:
        case Screen::CardTaken:
        case Screen::CardProblem:
        case Screen::NotSaved:
            return event::CardPlaced{};
        case Screen::ReadingCard:
            if (random() % 4 == 0) return event::RegistrationAnswered{id, random() % 2 == 0};
            if (random() % 2 == 0 && !state.session->identified) return event::CardRecognised{id, random() % 4 != 0};
            return event::CardRead{
                id, CardFacts{tries, static_cast<CertificateStanding>(random() % 3), 10, CardTag{random() % 5}}};
        case Screen::ExpiryNotice:
            return tap_one_of(random, {Kind::Next});
        case Screen::ChooseMethod:
            if (!state.session->card && random() % 2 == 0) {
                return event::CardRead{
                    id, CardFacts{tries, static_cast<CertificateStanding>(random() % 3), 10, CardTag{random() % 5}}};
            }
            return tap_one_of(random, {Kind::ChooseFace, Kind::ChoosePin, Kind::CallStaff});
        case Screen::Face:
            return event::FaceDecided{id, static_cast<FaceOutcome>(random() % 5)};
        case Screen::FaceFailed:
            return tap_one_of(random, {Kind::Retry, Kind::ChoosePin, Kind::CallStaff});
        case Screen::Pin:
            if (state.session->pin_with_card) {
                return event::PinAnswered{id, random() % 2 ? PinOutcome::Wrong : PinOutcome::Right, tries};
            }
            if (!state.session->keypad) return event::KeypadShuffled{id, {7, 3, 9, 0, 1, 8, 2, 6, 4, 5}};
            return tap_one_of(random, {Kind::Digit});
        case Screen::PinLastTry:
            return tap_one_of(random, {Kind::UseLastTry, Kind::ChooseFace});
        case Screen::PinLocked:
            return tap_one_of(random, {Kind::ChooseFace, Kind::CallStaff});
        case Screen::CallStaff:
            return tap_one_of(random, {Kind::OpenStaffCheck, Kind::Back});
        case Screen::StaffCheck:
            if (state.staff.with_checker) return event::StaffCodeAnswered{random() % 2 == 0};
            return tap_one_of(random, {Kind::Digit, Kind::ConfirmVisual, Kind::TypeNumber, Kind::WaiveChallenge,
                                       Kind::AllowOrderedKeypad});
        case Screen::NumberEntry:
            if (state.session->number_with_card) {
                return event::NumberAnswered{id, static_cast<NumberOutcome>(random() % 7)};
            }
            return tap_one_of(random, {Kind::Digit});
        case Screen::Registration:
            return tap_one_of(random, {Kind::Register, Kind::NotRegister});
        case Screen::Consent:
            return tap_one_of(random, {Kind::Agree, Kind::Decline, Kind::AgreeAll, Kind::DeclineAll, Kind::OneByOne,
                                       Kind::Back, Kind::ShowDetail});
        case Screen::LimitAmount:
            return tap_one_of(random, {Kind::Provide, Kind::NotProvide});
        case Screen::ConsentSummary:
            return tap_one_of(random, {Kind::Confirm, Kind::Back, Kind::CallStaff});
        case Screen::Submitting:
            if (!state.session->request) return event::Signed{id, request};
            if (!state.session->committed) {
                if (random() % 4 == 0) return event::CommitFailed{id};
                return event::Committed{id, request};
            }
            return event::Answered{request, Outcome::Confirmed};
        case Screen::Accepted:
            return event::Tick{state.now + Millis{20'000}, state.wall};
        case Screen::TakeCard:
            return event::CardRemoved{};
        case Screen::OutOfService:
            return event::ReaderChanged{true};
    }
    return event::CardRemoved{};
}

// A random walk that favours events which lead somewhere, so that late screens are reached often.
Walk random_walk(std::mt19937& random, std::size_t length, std::map<Screen, Walk>* first_seen,
                 SecondSign second_sign = SecondSign::Tries, bool agree_all = true) {
    Journey run(second_sign, agree_all);
    Walk walk;
    std::uint64_t placed = 1;
    SessionId stale{0};
    while (walk.size() < length) {
        const bool astray = random() % 3 == 0;
        Event event = sensible(random, run.state);
        if (astray) {
            const auto events = every_event(run.id(), stale, run.state.now);
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
        random_walk(random, 60, nullptr, static_cast<SecondSign>(i % 4), i % 8 < 6);
        if (HasFailure()) {
            ADD_FAILURE() << "walk " << i;
            return;
        }
    }
}

TEST(Invariants, HoldOverEveryScreenAndEveryEvent) {
    std::mt19937 random(7);
    std::map<Screen, Walk> ways;
    for (int i = 0; i < 4'000 && ways.size() < k_screens; ++i) random_walk(random, 60, &ways);
    ASSERT_EQ(ways.size(), k_screens) << "some screen was never reached";
    for (const auto& [screen, way] : ways) {
        Journey reached;
        for (const auto& event : way) reached.send(event);
        ASSERT_EQ(reached.state.screen, screen);
        for (const auto& event : every_event(reached.id(), SessionId{0}, reached.state.now)) {
            Journey run = reached;
            run.send(event);
            ASSERT_FALSE(HasFailure()) << name_of(screen) << " × " << describe(event);
        }
    }
}

TEST(Invariants, EventsOfAnOlderSessionLeaveTheStateAsItIs) {
    std::mt19937 random(11);
    for (int i = 0; i < 500; ++i) {
        Journey run;
        for (const auto& event : random_walk(random, 40, nullptr)) run.send(event);
        const SessionId stale{999'999'999};
        for (const auto& event : every_event(stale, stale, run.state.now)) {
            const bool of_session = std::visit(
                [](const auto& e) {
                    return requires {
                        e.session;
                    };
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
        Journey run;
        for (const auto& event : random_walk(random, 50, nullptr)) run.send(event);
        for (int waits = 0; waits < 20 && run.state.session; ++waits) {
            const auto due = next_deadline(run.state);
            ASSERT_TRUE(due) << name_of(run.state.screen);
            run.send(event::Tick{std::max(*due, run.state.now + Millis{1}), run.state.wall});
        }
        EXPECT_FALSE(run.state.session) << "stuck on " << name_of(run.state.screen);
    }
}

}  // namespace
}  // namespace uketsuke::core::test
