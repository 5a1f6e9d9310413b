#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/programs/card/commands.h"
#include "card/dates.h"
#include "card/jp2.h"
#include "card/my_number_card.h"
#include "card/reader.h"

namespace uketsuke::card_tool {
namespace {

using card::describe;
using Json = nlohmann::ordered_json;

// Parts that were not opened, and parts that failed, are absent; the first failure is told as "error".
class Report {
  public:
    Json out = Json::object();

    template <class T>
    bool took(const card::Result<T>& result) {
        if (!result && !out.contains("error")) out["error"] = describe(result.error());
        return result.has_value();
    }
};

std::optional<card::NumberB> number_from(const std::string& option, std::string& why) {
    std::string digits = option;
    if (digits == "-") std::getline(std::cin, digits);
    auto number = card::NumberB::parse(digits);
    card::wipe(digits.data(), digits.size());
    if (number) return *number;
    why = describe(number.error());
    return std::nullopt;
}

void open_with_number(card::MyNumberCard& session, const card::NumberB& number, Report& report) {
    const auto answer = session.verify_number_b(number);
    if (!report.took(answer)) return;
    if (answer->tries_left) report.out["number_b"] = {{"tries", *answer->tries_left}};
    if (answer->verdict != card::PinVerdict::Right) {
        report.out["error"] = answer->not_sent == card::NotSentReason::FloorReached
                                  ? "照合番号B was not sent: too few tries are left"
                                  : "照合番号B was not accepted";
        return;
    }
    // The record first: the number has just opened its application, which the attributes leave.
    const auto record = session.read_face_record();
    const auto text = session.read_attributes();
    if (report.took(text)) {
        report.out["attributes"] = {{"name", text->name.view()},
                                    {"address", text->address.view()},
                                    {"birth_date", text->birth_date ? card::iso_date(*text->birth_date) : ""},
                                    {"sex", card::name_of(text->sex)}};
    }
    if (report.took(record)) {
        const auto size = card::jp2_size(record->photo_jp2);
        if (report.took(size)) {
            report.out["photo"] = {{"width", size->width},
                                   {"height", size->height},
                                   {"format", "jp2"},
                                   {"issuer_check", card::name_of(record->issuer_check)}};
        }
    }
}

void read_all(card::MyNumberCard& session, const std::optional<card::NumberB>& number, Report& report) {
    const auto kind = session.identify();
    if (!report.took(kind)) {
        report.out["kind"] = "unreadable";
        return;
    }
    if (*kind != card::CardKind::MyNumber) {
        report.out["kind"] = "other-card";
        report.out["detail"] = card::name_of(*kind);
        return;
    }
    report.out["kind"] = "my-number";
    if (const auto certificate = session.read_certificate(); report.took(certificate)) {
        const auto japan = std::chrono::floor<std::chrono::days>(certificate->not_after + std::chrono::hours(9));
        report.out["certificate"] = {{"serial", certificate->serial_hex}, {"not_after", card::iso_date(japan)}};
    }
    // A card may lack the authority's certificate, which is no failure of the reading.
    if (const auto issuer = session.read_issuer();
        (issuer || issuer.error().fault != card::Fault::NotFound) && report.took(issuer)) {
        report.out["issuer"] = {{"name", issuer->name},
                                {"generation", issuer->generation},
                                {"signed_by_it", issuer->signed_user_certificate}};
    }
    if (const auto pin = session.pin_status(); report.took(pin)) {
        report.out["pin"] = {{"tries", pin->tries}, {"state", pin->locked ? "locked" : "ready"}};
    }
    if (const auto tries = session.number_b_status(); report.took(tries)) {
        report.out["number_b"] = {{"tries", tries->tries}};
    }
    if (number) open_with_number(session, *number, report);
}

// Something lies there, and nothing can be read of it.
bool is_unreadable(card::Fault fault) {
    return fault == card::Fault::CardSilent || fault == card::Fault::CardGone || fault == card::Fault::NoChip ||
           fault == card::Fault::TwoCards;
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void print(const Json& json, bool as_json) {
    if (as_json) return fmt::print("{}\n", json.dump());
    for (const auto& [key, value] : json.items()) {
        if (!value.is_object()) {
            fmt::print("{:<12} {}\n", key, text_of(value));
            continue;
        }
        for (const auto& [inner, part] : value.items()) fmt::print("{:<12} {}: {}\n", key, inner, text_of(part));
    }
}

}  // namespace

int show(const ShowOptions& options) {
    std::optional<card::NumberB> number;
    if (!options.number_b.empty()) {
        std::string why;
        number = number_from(options.number_b, why);
        if (!number) {
            fmt::print(stderr, "uketsuke-card: {}\n", why);
            return k_bad_input;
        }
    }
    Report report;
    report.out["kind"] = "no-card";
    const auto reader = card::open_pcsc_reader(options.reader);
    {
        auto channel = reader->connect();
        if (report.took(channel)) {
            card::MyNumberCard session(**channel);
            read_all(session, number, report);
            report.out["apdus"] = session.traffic().apdus;
            report.out["bytes"] = session.traffic().bytes();
        } else if (is_unreadable(channel.error().fault)) {
            report.out["kind"] = "unreadable";
        }
    }
    print(report.out, options.json);
    if (report.out.contains("error")) {
        fmt::print(stderr, "uketsuke-card: {}\n", report.out["error"].get<std::string>());
    }
    const std::string kind = report.out["kind"];
    return kind == "my-number" || kind == "other-card" ? k_done : k_no_card;
}

}  // namespace uketsuke::card_tool
