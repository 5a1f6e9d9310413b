#include "app/desk/metrics.h"

#include <fmt/format.h>

#include <iterator>

namespace uketsuke::desk {
namespace {

// Screens on which the kiosk waits for a person, and nothing else happens.
bool waits_for_person(core::Screen screen) {
    switch (screen) {
        case core::Screen::ExpiryNotice:
        case core::Screen::ChooseMethod:
        case core::Screen::FaceFailed:
        case core::Screen::Pin:
        case core::Screen::PinLastTry:
        case core::Screen::PinLocked:
        case core::Screen::CallStaff:
        case core::Screen::StaffCheck:
        case core::Screen::NumberEntry:
        case core::Screen::Registration:
        case core::Screen::Consent:
        case core::Screen::LimitAmount:
        case core::Screen::ConsentSummary:
        case core::Screen::OtherWays:
        case core::Screen::ShowToStaff:
        case core::Screen::DeclarationText:
        case core::Screen::DeclarationDate:
        case core::Screen::DeclarationChoice:
        case core::Screen::DeclarationSignature:
        case core::Screen::DeclarationReview:
            return true;
        case core::Screen::Idle:
        case core::Screen::ReadingCard:
        case core::Screen::CardProblem:
        case core::Screen::Face:
        case core::Screen::Submitting:
        case core::Screen::Accepted:
        case core::Screen::NotSaved:
        case core::Screen::TakeCard:
        case core::Screen::CardTaken:
        case core::Screen::OutOfService:
        case core::Screen::DeclarationSaving:
        case core::Screen::DeclarationDone:
        case core::Screen::TourSignIn:
        case core::Screen::Tour:
        case core::Screen::CareList:
        case core::Screen::CarePatient:
        case core::Screen::LayCard:
            return false;
    }
    return false;
}

}  // namespace

const char* name_of(Whose whose) {
    switch (whose) {
        case Whose::Card:
            return "card";
        case Whose::Camera:
            return "camera";
        case Whose::Network:
            return "network";
        case Whose::Service:
            return "service";
        case Whose::Person:
            return "person";
        case Whose::Kiosk:
            return "kiosk";
    }
    return "";
}

void Histogram::add(double seconds) {
    for (std::size_t i = 0; i < k_bounds.size(); ++i) {
        if (seconds <= k_bounds[i]) ++at_most[i];
    }
    ++count;
    sum += seconds;
}

void Metrics::took(Whose whose, const char* step, double seconds) {
    const std::lock_guard lock(m_mutex);
    m_steps[{name_of(whose), step}].add(seconds);
}

void Metrics::count(const std::string& name, const std::string& labels) {
    const std::lock_guard lock(m_mutex);
    ++m_counters[{name, labels}];
}

void Metrics::end(Moment& moment, const core::State& state, Whose whose, const char* step) {
    if (!moment) return;
    took(whose, step, std::chrono::duration<double>(state.now - *moment).count());
    moment.reset();
}

void Metrics::passed(const core::Passed& passed) {
    events(passed);
    screens(passed);
    effects(passed);
}

void Metrics::events(const core::Passed& passed) {
    using namespace core::event;
    const core::State& state = passed.state;
    if (std::holds_alternative<CardPlaced>(passed.event)) {
        begin(m_card_placed, state);
    } else if (std::holds_alternative<CardRecognised>(passed.event)) {
        begin(m_card_recognised, state);
        if (m_card_placed)
            took(Whose::Card, "recognise", std::chrono::duration<double>(state.now - *m_card_placed).count());
    } else if (std::holds_alternative<CardRead>(passed.event)) {
        end(m_card_recognised, state, Whose::Card, "read");
    } else if (std::holds_alternative<CardReadFailed>(passed.event)) {
        m_card_recognised.reset();
        count("uketsuke_card_troubles_total", "");
    } else if (const auto* guided = std::get_if<FaceGuided>(&passed.event)) {
        if (guided->guidance != core::FaceGuidance::Starting)
            end(m_camera_wanted, state, Whose::Camera, "first-picture");
    } else if (const auto* decided = std::get_if<FaceDecided>(&passed.event)) {
        m_camera_wanted.reset();
        end(m_face_begun, state, Whose::Person, "face-attempt");
        count("uketsuke_face_attempts_total", fmt::format("outcome=\"{}\"", core::name_of(decided->outcome)));
    } else if (const auto* pin = std::get_if<PinAnswered>(&passed.event)) {
        end(m_pin_sent, state, Whose::Card, "pin");
        if (pin->outcome == core::PinOutcome::Wrong) count("uketsuke_wrong_pins_total", "");
    } else if (std::holds_alternative<NumberAnswered>(passed.event)) {
        end(m_photo_sent, state, Whose::Card, "open-photo");
    } else if (std::holds_alternative<Signed>(passed.event)) {
        end(m_sign_asked, state, Whose::Card, "sign");
    } else if (std::holds_alternative<Committed>(passed.event)) {
        end(m_commit_asked, state, Whose::Kiosk, "commit");
        begin(m_committed, state);
    } else if (const auto* answered = std::get_if<Answered>(&passed.event)) {
        // Of the patient who waits; the queue's later answers keep nobody waiting.
        if (state.session && state.session->request == answered->request) {
            end(m_committed, state, Whose::Service, "answer-wait");
        }
    }
}

void Metrics::effects(const core::Passed& passed) {
    using namespace core::effect;
    const core::State& state = passed.state;
    for (const auto& effect : passed.effects) {
        if (std::holds_alternative<StartFace>(effect)) {
            begin(m_camera_wanted, state);
            begin(m_face_begun, state);
        } else if (std::holds_alternative<StopFace>(effect)) {
            m_camera_wanted.reset();
            m_face_begun.reset();
        } else if (std::holds_alternative<VerifyPin>(effect)) {
            begin(m_pin_sent, state);
        } else if (std::holds_alternative<OpenPhoto>(effect)) {
            begin(m_photo_sent, state);
        } else if (std::holds_alternative<SignReception>(effect)) {
            begin(m_sign_asked, state);
        } else if (std::holds_alternative<Commit>(effect)) {
            begin(m_commit_asked, state);
        } else if (std::holds_alternative<CallStaff>(effect)) {
            count("uketsuke_staff_calls_total", "");
        } else if (std::holds_alternative<Wipe>(effect)) {
            m_card_placed.reset();
            m_card_recognised.reset();
            m_camera_wanted.reset();
            m_face_begun.reset();
            m_pin_sent.reset();
            m_photo_sent.reset();
            m_sign_asked.reset();
        }
    }
}

void Metrics::screens(const core::Passed& passed) {
    const core::State& state = passed.state;
    if (state.screen == passed.before) return;
    if (m_screen_entered && waits_for_person(passed.before)) {
        took(Whose::Person, core::name_of(passed.before),
             std::chrono::duration<double>(state.now - *m_screen_entered).count());
    }
    begin(m_screen_entered, state);
    if (state.screen == core::Screen::Accepted && state.session) {
        if (m_card_placed) {
            took(Whose::Kiosk, "whole-visit", std::chrono::duration<double>(state.now - *m_card_placed).count());
        }
        const auto method = state.session->identified;
        count("uketsuke_receptions_total",
              fmt::format("method=\"{}\",outcome=\"{}\"", method ? core::name_of(*method) : "none",
                          core::name_of(state.session->outcome.value_or(core::Outcome::Queued))));
    }
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
    std::string out;
    const auto line = std::back_inserter(out);
    const std::lock_guard lock(m_mutex);
    out +=
        "# HELP uketsuke_step_seconds How long a step of a reception took, and whose time it was.\n"
        "# TYPE uketsuke_step_seconds histogram\n";
    for (const auto& [key, histogram] : m_steps) {
        const std::string labels = fmt::format("whose=\"{}\",step=\"{}\"", key.first, key.second);
        for (std::size_t i = 0; i < Histogram::k_bounds.size(); ++i) {
            fmt::format_to(line, "uketsuke_step_seconds_bucket{{{},le=\"{}\"}} {}\n", labels, Histogram::k_bounds[i],
                           histogram.at_most[i]);
        }
        fmt::format_to(line, "uketsuke_step_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels, histogram.count);
        fmt::format_to(line, "uketsuke_step_seconds_sum{{{}}} {}\n", labels, histogram.sum);
        fmt::format_to(line, "uketsuke_step_seconds_count{{{}}} {}\n", labels, histogram.count);
    }
    std::string last;
    for (const auto& [key, value] : m_counters) {
        if (key.first != last) fmt::format_to(line, "# TYPE {} counter\n", key.first);
        last = key.first;
        fmt::format_to(line, "{}{} {}\n", key.first, key.second.empty() ? "" : "{" + key.second + "}", value);
    }
    for (const auto& gauge : gauges) {
        fmt::format_to(line, "# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", gauge.name, gauge.help, gauge.value);
    }
    return out;
}

}  // namespace uketsuke::desk
