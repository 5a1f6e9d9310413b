#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "app/programs/card/commands.h"
#include "card/dates.h"
#include "card/pin_lock.h"
#include "card/reader.h"

namespace uketsuke::card_tool {
namespace {

using card::describe;
using card::LockablePin;
using card::PinLockState;
using card::TriesLeft;
using Json = nlohmann::ordered_json;

std::string_view label_of(LockablePin pin) {
    switch (pin) {
        case LockablePin::UserAuthentication:
            return "利用者証明用の暗証番号 (user authentication)";
        case LockablePin::TextInput:
            return "券面入力補助用の暗証番号 (text input)";
        case LockablePin::Resident:
            break;
    }
    return "住民基本台帳用の暗証番号 (resident register)";
}

std::string text_of(TriesLeft tries) {
    if (!tries) return "なし (none)";
    if (*tries == 0) return "ロック済み (locked)";
    return fmt::format("残り{}回 ({} tries left)", *tries, *tries);
}

std::string text_of(const card::PinLockOutcome& one) {
    switch (one.state) {
        case PinLockState::Untouched:
            return "何もしていません (not touched)";
        case PinLockState::Absent:
            return "このカードにはありません (not on this card)";
        case PinLockState::WasLockedAlready:
            return "以前からロックされています (was locked already)";
        case PinLockState::Locked:
            return "ロックしました (locked, confirmed)";
        case PinLockState::NotLocked:
            return "ロックできません。" + text_of(one.after);
        case PinLockState::Unconfirmed:
            break;
    }
    return "途中です。ロックは未確認、直前は" + text_of(one.after) + " (not confirmed)";
}

// Enough to compare two cards by, too little to name one.
std::string last_four(const std::string& serial) {
    return serial.size() <= 4 ? serial : serial.substr(serial.size() - 4);
}

std::string last_day(std::chrono::sys_seconds end) {
    return card::iso_date(std::chrono::floor<std::chrono::days>(end + std::chrono::hours(9)));
}

void add_tries(Json& out, const char* key, TriesLeft tries) {
    if (tries) out[key] = {{"tries", *tries}};
}

void add_others(Json& out, const card::OtherTries& others) {
    add_tries(out, "signature_password", others.signature_password);
    add_tries(out, "number_b", others.number_b);
    add_tries(out, "common", others.common);
}

void add(Json& out, const card::PinSurvey& survey) {
    out["kind"] = card::name_of(survey.kind);
    if (!survey.certificate_serial.empty() && survey.certificate_end) {
        out["certificate"] = {{"serial_end", last_four(survey.certificate_serial)},
                              {"not_after", last_day(*survey.certificate_end)}};
    }
    if (!survey.card_serial.empty()) out["card_serial_end"] = last_four(survey.card_serial);
    Json pins = Json::array();
    for (std::size_t i = 0; i < survey.tries.size(); ++i) {
        Json one{{"pin", card::name_of(card::k_lockable_pins[i])}};
        if (survey.tries[i]) one["before"] = *survey.tries[i];
        pins.push_back(std::move(one));
    }
    out["pins"] = std::move(pins);
    add_others(out, survey.others);
}

void add(Json& out, const card::PinLockReport& report) {
    Json pins = Json::array();
    for (const auto& outcome : report.pins) {
        Json one{{"pin", card::name_of(outcome.pin)}, {"state", card::name_of(outcome.state)}};
        if (outcome.before) one["before"] = *outcome.before;
        if (outcome.after) one["after"] = *outcome.after;
        if (outcome.trouble) one["trouble"] = describe(*outcome.trouble);
        pins.push_back(std::move(one));
    }
    out["pins"] = std::move(pins);
    add_others(out, report.others);
    if (report.stopped_by) out["stopped_by"] = describe(*report.stopped_by);
}

void print_others(std::FILE* to, const card::OtherTries& others) {
    fmt::print(to, "  照合番号B (not locked by this): {}\n", text_of(others.number_b));
    fmt::print(to, "  署名用パスワード (signature password, not locked by this): {}\n",
               text_of(others.signature_password));
    if (others.common) {
        fmt::print(to, "  共通カードAPの暗証番号 (common application, not locked by this): {}\n",
                   text_of(others.common));
    }
}

void print(std::FILE* to, const card::PinSurvey& survey) {
    fmt::print(to, "マイナンバーカード (My Number card)\n");
    if (!survey.certificate_serial.empty() && survey.certificate_end) {
        fmt::print(to, "  利用者証明用電子証明書 (certificate): …{}、{} まで\n", last_four(survey.certificate_serial),
                   last_day(*survey.certificate_end));
    }
    if (!survey.card_serial.empty()) fmt::print(to, "  カード (card serial): …{}\n", last_four(survey.card_serial));
    for (std::size_t i = 0; i < survey.tries.size(); ++i) {
        fmt::print(to, "  {}: {}\n", label_of(card::k_lockable_pins[i]), text_of(survey.tries[i]));
    }
    print_others(to, survey.others);
}

void print(std::FILE* to, const card::PinLockReport& report) {
    for (const auto& outcome : report.pins) {
        fmt::print(to, "  {}: {}\n", label_of(outcome.pin), text_of(outcome));
        if (outcome.trouble) fmt::print(to, "      {}\n", describe(*outcome.trouble));
    }
    if (report.complete()) {
        fmt::print(to, "4桁の暗証番号はすべてロックされています。All 4-digit PINs of this card are locked.\n");
        return;
    }
    fmt::print(to,
               "まだ終わっていません。カードを置き直して、もう一度実行してください"
               "（ロック済みの暗証番号があっても問題ありません）。\n"
               "Not finished: lay the card down again and run this again; what is locked already stays locked.\n");
}

bool confirmed(std::FILE* to) {
    fmt::print(to,
               "4桁の暗証番号をすべてロックします。この道具では元に戻せません（市区町村の窓口だけが再設定できます）。\n"
               "This locks every 4-digit PIN; only a municipal office can set new ones.\n"
               "本当にロックしてもよろしいですか？（Y/N）：");
    std::fflush(to);
    std::string line;
    if (!std::getline(std::cin, line)) fmt::print(to, "\n");
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line == "Y" || line == "y";
}

int refuse(Json& out, const char* result, const std::string& japanese, const std::string& english) {
    out["result"] = result;
    out["error"] = english;
    fmt::print(stderr, "{}\nuketsuke-card: {}\n", japanese, english);
    return k_no_card;
}

int lock_card(card::Channel& channel, const LockOptions& options, Json& out) {
    std::FILE* to = options.json ? stderr : stdout;
    const auto survey = card::survey_pins(channel);
    if (!survey) {
        return refuse(out, "unreadable", "カードを読み取れません。置き直してください。何も変更していません。",
                      describe(survey.error()) + "; nothing was sent");
    }
    add(out, *survey);
    if (survey->kind != card::CardKind::MyNumber) {
        out.erase("pins");
        return refuse(out, "refused", "マイナンバーカードではありません。何も変更していません。",
                      fmt::format("this is no My Number card ({}); nothing was sent", card::name_of(survey->kind)));
    }
    print(to, *survey);
    if (!options.yes && !confirmed(to)) {
        out["result"] = "declined";
        fmt::print(to, "中止しました。カードには何もしていません。Declined: nothing was sent to the card.\n");
        return k_declined;
    }
    const auto report = card::lock_pins(channel);
    add(out, report);
    out["result"] = report.complete() ? "locked" : report.stopped_by ? "stopped" : "incomplete";
    print(to, report);
    std::fflush(to);
    if (report.stopped_by) fmt::print(stderr, "uketsuke-card: stopped: {}\n", describe(*report.stopped_by));
    return report.complete() ? k_done : k_not_finished;
}

}  // namespace

int lock(const LockOptions& options) {
    Json out = Json::object();
    int status = k_no_card;
    const auto reader = card::open_pcsc_reader(options.reader);
    {
        const auto channel = reader->connect();
        status = channel ? lock_card(**channel, options, out)
                         : refuse(out, "no-card", "読み取れるカードがありません。", describe(channel.error()));
    }
    if (options.json) fmt::print("{}\n", out.dump());
    return status;
}

}  // namespace uketsuke::card_tool
