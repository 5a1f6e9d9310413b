#include "app/ui/care_words.h"

#include <chrono>

namespace uketsuke::ui {

namespace {

std::chrono::sys_seconds local(core::WallTime at) {
    return at + std::chrono::hours{9};
}

Message short_words(core::CareConflict conflict) {
    switch (conflict) {
        case core::CareConflict::ReceivedElsewhere:
            return {"care.sign.elsewhere"};
        case core::CareConflict::ConsentsWithdrawn:
            return {"care.sign.withdrawn"};
        case core::CareConflict::ConsentsExpired:
            return {"care.sign.expired"};
        case core::CareConflict::NoRelation:
            return {"care.sign.no_relation"};
        case core::CareConflict::NotInsured:
            return {"care.sign.not_insured"};
        case core::CareConflict::None:
        case core::CareConflict::Refused:
            break;
    }
    return {"care.sign.refused"};
}

Message whole_words(core::CareConflict conflict) {
    switch (conflict) {
        case core::CareConflict::ReceivedElsewhere:
            return {"care.conflict.elsewhere"};
        case core::CareConflict::ConsentsWithdrawn:
            return {"care.conflict.withdrawn"};
        case core::CareConflict::ConsentsExpired:
            return {"care.conflict.expired"};
        case core::CareConflict::NoRelation:
            return {"care.conflict.no_relation"};
        case core::CareConflict::NotInsured:
            return {"care.conflict.not_insured"};
        case core::CareConflict::None:
        case core::CareConflict::Refused:
            break;
    }
    return {"care.conflict.refused"};
}

// Nothing is to be done about a visit that another device has sent.
Tone tone_of(core::CareConflict conflict) {
    return conflict == core::CareConflict::ReceivedElsewhere ? Tone::Notice : Tone::Caution;
}

Icon icon_of(core::CareConflict conflict) {
    return conflict == core::CareConflict::ReceivedElsewhere ? Icon::Info : Icon::Warning;
}

// Nothing is to be done about it, but whoever looks wants to know whose word it is.
bool received_elsewhere(const core::CareEntry& patient) {
    return patient.result == core::CareResult::Confirmed && patient.visited_today &&
           patient.conflict == core::CareConflict::ReceivedElsewhere;
}

}  // namespace

core::BirthDate day_in_japan(core::WallTime at) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(local(at))};
    return {static_cast<std::int16_t>(static_cast<int>(day.year())),
            static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
            static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

std::string time_in_japan(core::WallTime at) {
    const auto since = local(at) - std::chrono::floor<std::chrono::days>(local(at));
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since).count();
    const std::string part = std::to_string(minutes % 60);
    return std::to_string(minutes / 60) + ":" + (part.size() < 2 ? "0" + part : part);
}

CareSign sign_of(const core::CareEntry& patient) {
    if (patient.result == core::CareResult::Conflict || received_elsewhere(patient)) {
        return {short_words(patient.conflict), icon_of(patient.conflict), tone_of(patient.conflict)};
    }
    if (patient.result == core::CareResult::Waiting) return {{"care.sign.waiting"}, Icon::Clock, Tone::Notice};
    switch (patient.standing) {
        case core::CareStanding::Withdrawn:
            return {{"care.sign.withdrawn"}, Icon::Cross, Tone::Caution};
        case core::CareStanding::Expired:
            return {{"care.sign.expired"}, Icon::Warning, Tone::Caution};
        case core::CareStanding::Valid:
            break;
    }
    if (patient.visited_today) return {{"care.sign.received"}, Icon::Check, Tone::Done};
    return {};
}

std::optional<Notice> result_of(const core::CareEntry& patient) {
    switch (patient.result) {
        case core::CareResult::Nothing:
            return std::nullopt;
        case core::CareResult::Waiting:
            return Notice{Tone::Notice, Icon::Clock, {{"care.result.waiting"}}};
        case core::CareResult::Confirmed:
            if (!patient.visited_today) return std::nullopt;
            if (received_elsewhere(patient)) break;
            return Notice{Tone::Done, Icon::Check, {{"care.result.confirmed"}}};
        case core::CareResult::Conflict:
            break;
    }
    Notice notice{tone_of(patient.conflict), icon_of(patient.conflict), {whole_words(patient.conflict)}};
    if (patient.number > 0) notice.text.push_back({"visit.number", patient.number});
    return notice;
}

Message standing_of(const core::CareEntry& patient) {
    const core::BirthDate until = day_in_japan(patient.consented_until);
    switch (patient.standing) {
        case core::CareStanding::Valid:
            return {.key = "care.standing.valid", .date = until};
        case core::CareStanding::Expired:
            return {.key = "care.standing.expired", .date = until};
        case core::CareStanding::Withdrawn:
            return {"care.standing.withdrawn"};
    }
    return {"care.standing.withdrawn"};
}

}  // namespace uketsuke::ui
