#include "net/internal/simulator_page.h"

#include <algorithm>
#include <array>
#include <map>

#include "net/html_text.h"
#include "net/internal/card_signature.h"
#include "net/internal/simulator_faults.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t most_rows = 500;

constexpr const char* head = R"(<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>資格確認シミュレーター / Eligibility simulator</title>
<style>
body{font-family:sans-serif;margin:1.5rem;line-height:1.5;color:#1a1a1a;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
.wide{overflow-x:auto}table{border-collapse:collapse}
th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#eef3f7}
code{font-size:.9em}.set{background:#fff3c4}
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.6rem 1.2rem}
label{display:flex;justify-content:space-between;gap:.5rem;align-items:center}input,select{font:inherit;max-width:8rem}
button{font:inherit;padding:.4rem 1.2rem}
</style></head><body>
<h1>資格確認シミュレーター <small>Eligibility simulator</small></h1>
<p>架空の人だけを知っています。本物の資格確認には使えません。<br>It knows invented people only; nothing here is real.</p>
)";

std::string moment(std::chrono::sys_seconds at) {
    const std::string t = jst_date_time(at);
    return t.substr(0, 4) + "-" + t.substr(4, 2) + "-" + t.substr(6, 2) + " " + t.substr(8, 2) + ":" + t.substr(10, 2) +
           ":" + t.substr(12, 2);
}

std::string cell(const std::string& text) {
    return "<td>" + escaped(text) + "</td>";
}

std::string header(std::initializer_list<const char*> names) {
    std::string row = "<div class=\"wide\"><table><tr>";
    for (const char* name : names) row += std::string("<th>") + name + "</th>";
    return row + "</tr>\n";
}

std::string words_of(const Consent& consent) {
    const char* item = "";
    switch (consent.item) {
        case ConsentItem::Operation:
            item = "手術 operation";
            break;
        case ConsentItem::MedicationDiagnosis:
            item = "診療・薬剤 medication, diagnosis";
            break;
        case ConsentItem::HealthCheckup:
            item = "特定健診 health check-up";
            break;
    }
    const bool timed = consent.at != std::chrono::sys_seconds{};
    return std::string(item) + (consent.agreed ? " ○ yes" : " × no") + (timed ? " " + moment(consent.at) : "");
}

std::string words_of(Method method) {
    switch (method) {
        case Method::Face:
            return "顔認証 face";
        case Method::Pin:
            return "暗証番号 PIN";
        case Method::Visual:
            return "目視 visual";
        case Method::Declaration:
            return "申立書 declaration";
        case Method::Reinquiry:
            return "再照会 reinquiry";
        case Method::ConsentRenewal:
            return "同意更新 consent renewal";
        case Method::Withdrawal:
            return "同意取消 withdrawal";
    }
    return "";
}

std::string name_in(const SimulatedPerson& person) {
    return person.results.empty() ? std::string() : person.results.front().name;
}

std::string yes(bool value) {
    return value ? "○ yes" : "× no";
}

// Under how many keys it came, and how often under each.
std::string times_of(const ReceivedReception& reception) {
    std::string times = std::to_string(reception.times_received);
    for (const auto& other : reception.other_keys) times += " + " + std::to_string(other.times_received);
    return times;
}

std::string consents_table(const PageParts& parts) {
    std::string out = "<h2>同意の更新・取消し Consents: " + std::to_string(parts.consent_calls.size()) + "</h2>\n" +
                      header({"受信 received", "キー key", "方法 method", "もとの受付 base", "確認 confirmed",
                              "医療機関 institution", "回数 times"});
    const std::size_t count = std::min(parts.consent_calls.size(), most_rows);
    for (std::size_t i = 0; i < count; ++i) {
        const ReceivedReception& r = parts.consent_calls[parts.consent_calls.size() - 1 - i];
        out += "<tr>" + cell(moment(r.received_at)) + "<td><code>" + escaped(r.key) + "</code></td>" +
               cell(words_of(r.method)) + "<td><code>" + escaped(r.base) + "</code></td>" +
               cell(moment(r.confirmed_at)) + cell(r.institution) + cell(times_of(r)) + "</tr>\n";
    }
    return out + "</table></div>\n";
}

std::string receptions_table(const PageParts& parts) {
    std::map<std::string, const SimulatedPerson*> by_serial;
    for (const SimulatedPerson& person : parts.people) {
        if (!person.serial.empty()) by_serial[normal_serial(person.serial)] = &person;
        for (const std::string& serial : person.other_serials) by_serial[normal_serial(serial)] = &person;
    }
    std::string out =
        "<h2>受け付けたもの Receptions: " + std::to_string(parts.receptions.size()) + "</h2>\n" +
        header({"受信 received", "キー key", "方法 method", "人 person", "同意 consents", "限度額 limit amount",
                "保険証登録 registration", "確認 confirmed", "医療機関 institution", "回数 times"});
    const std::size_t count = std::min(parts.receptions.size(), most_rows);
    for (std::size_t i = 0; i < count; ++i) {
        const ReceivedReception& r = parts.receptions[parts.receptions.size() - 1 - i];
        const auto person = by_serial.find(r.person);
        std::string who = r.person;
        if (person != by_serial.end())
            who = person->second->id + " " + name_in(*person->second) + " (" + r.person + ")";
        out += "<tr>" + cell(moment(r.received_at)) + "<td><code>" + escaped(r.key) + "</code></td>" +
               cell(words_of(r.method)) + cell(who) + "<td>";
        for (const Consent& consent : r.consents) out += escaped(words_of(consent)) + "<br>";
        out += "</td>" + cell(yes(r.limit_amount_provided)) + cell(r.registration_wished ? "希望 wished" : "–") +
               cell(moment(r.confirmed_at)) + cell(r.institution) + cell(times_of(r)) + "</tr>\n";
    }
    return out + "</table></div>\n";
}

std::string queries_table(const PageParts& parts) {
    std::string out =
        "<h2>問い合わせ Queries: " + std::to_string(parts.queries.size()) + "</h2>\n" +
        header({"受信 received", "キー key", "何から by", "内容 asked", "人 person", "資格 validity", "回数 times"});
    const std::size_t count = std::min(parts.queries.size(), most_rows);
    for (std::size_t i = 0; i < count; ++i) {
        const ReceivedQuery& q = parts.queries[parts.queries.size() - 1 - i];
        out += "<tr>" + cell(moment(q.received_at)) + "<td><code>" + escaped(q.key) + "</code></td>" +
               cell(q.declared ? words_of(Method::Declaration) : "番号 numbers") + cell(q.asked) + cell(q.found) +
               cell(code_of(q.validity)) + cell(std::to_string(q.times_received)) + "</tr>\n";
    }
    return out + "</table></div>\n";
}

std::string refused_table(const PageParts& parts) {
    std::string out = "<h2>断ったもの Refused: " + std::to_string(parts.refused.size()) + "</h2>\n" +
                      header({"時刻 time", "キー key", "コード code", "理由 reason"});
    for (auto call = parts.refused.rbegin(); call != parts.refused.rend(); ++call) {
        out += "<tr>" + cell(moment(call->at)) + "<td><code>" + escaped(call->key) + "</code></td>" + cell(call->code) +
               cell(call->message) + "</tr>\n";
    }
    return out + "</table></div>\n";
}

// One field of the form; a value that is set is marked.
std::string field(const char* name, const char* words, const std::string& input, bool set) {
    return std::string("<label") + (set ? " class=\"set\"" : "") + "><span>" + words + "<br><code>" + name +
           "</code></span>" + input + "</label>\n";
}

std::string box(const char* name, const char* words, bool value) {
    const std::string input =
        std::string("<input type=\"checkbox\" name=\"") + name + "\"" + (value ? " checked" : "") + ">";
    return field(name, words, input, value);
}

std::string number(const char* name, const char* words, const std::string& value, bool set) {
    const std::string input = std::string("<input name=\"") + name + "\" inputmode=\"decimal\" size=\"8\" value=\"" +
                              (set ? escaped(value) : "") + "\">";
    return field(name, words, input, set);
}

std::string choice(const char* name, const char* words, const std::vector<std::string>& values,
                   const std::string& chosen) {
    std::string input = std::string("<select name=\"") + name + "\">";
    for (const std::string& value : values) {
        input += "<option" + std::string(value == chosen ? " selected" : "") + ">" + escaped(value) + "</option>";
    }
    return field(name, words, input + "</select>", chosen != values.front());
}

std::string text_of(double value) {
    std::string text = std::to_string(value);
    while (text.ends_with('0')) text.pop_back();
    return text;
}

std::string fault_form(const PageParts& parts) {
    const SimulatorFaults& f = parts.faults;
    std::vector<std::string> ids{""};
    for (const SimulatedPerson& person : parts.people) {
        if (!person.id.empty()) ids.push_back(person.id);
    }
    const auto count = [](auto value) { return std::to_string(value); };
    return "<h2>障害 Faults</h2>\n<form method=\"post\" action=\"/faults\">\n" +
           box("down", "つながらない Down", f.down) +
           number("slow_ms", "遅い（ミリ秒） Slow, ms", count(f.slow.count()), f.slow.count() > 0) +
           number("flaky", "ときどき切れる（0〜1） Flaky", text_of(f.flaky), f.flaky > 0) +
           choice("cut", "切れる Cut", {"none", "before", "after", "half"}, name_of(f.cut)) +
           number("processing", "処理中（回、-1：ずっと） Processing", count(f.processing), f.processing != 0) +
           number("status", "HTTPステータス Status", count(f.status), f.status != 0) +
           number("retry_after", "Retry-After（秒） seconds", count(f.retry_after.count()),
                  f.retry_after.count() != 1) +
           box("retry_after_as_date", "Retry-Afterを日時で As a date", f.retry_after_as_date) +
           field("error", "エラーコード Error code",
                 "<input name=\"error\" maxlength=\"40\" size=\"12\" value=\"" + escaped(f.error) + "\">",
                 !f.error.empty()) +
           choice("answer_as", "全員をこの人として Everyone is", ids, f.answer_as) +
           box("duplicate", "同じ結果を2回 Every result twice", f.duplicate) +
           box("other_request", "別の依頼の回答 Another request's answer", f.other_request) +
           box("shift_jis", "Shift_JIS", f.shift_jis) +
           number("black_circles", "n文字ごとに● Every n-th character", count(f.black_circles), f.black_circles > 0) +
           choice("expired", "期限切れ Expired", {"none", "card", "qualification"}, name_of(f.expired)) +
           number("clock", "時計の進み（秒） Clock ahead, s", count(f.clock.count()), f.clock.count() != 0) +
           "<button>変更 Change</button></form>\n<form method=\"post\" action=\"/faults\">"
           "<button>すべて解除 Clear all</button></form>\n";
}

std::string people_table(const PageParts& parts) {
    std::string out =
        "<h2>知っている人 People: " + std::to_string(parts.people.size()) + "</h2>\n" +
        header({"ID", "内容 shows", "氏名 name", "資格 validity", "結果 results", "登録 registered", "カード cards"});
    for (const SimulatedPerson& person : parts.people) {
        std::string serials = person.serial;
        for (const std::string& serial : person.other_serials) serials += " " + serial;
        out += "<tr>" + cell(person.id) + cell(person.label) + cell(name_in(person)) +
               cell(person.error_code.empty() ? code_of(person.validity) : person.error_code) +
               cell(std::to_string(person.results.size())) + cell(yes(person.registered)) + cell(serials) + "</tr>\n";
    }
    return out + "</table></div>\n";
}

}  // namespace

std::string page_of(const PageParts& parts) {
    return head + ("<p>時計 Clock: " + moment(parts.now) + " (JST)</p>\n") + receptions_table(parts) +
           consents_table(parts) + queries_table(parts) + refused_table(parts) + fault_form(parts) +
           people_table(parts) + "</body></html>\n";
}

}  // namespace uketsuke::net::internal
