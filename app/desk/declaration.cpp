#include "app/desk/declaration.h"

#include <fmt/format.h>

#include <map>

#include "net/html_text.h"

namespace uketsuke::desk {
namespace {

bool is_date(const std::string& date) {
    return date.size() == 8 && date.find_first_not_of("0123456789") == std::string::npos;
}

struct Era {
    int from;  // yyyyMMdd
    const char* name;
};

// "1950年4月1日（昭和25年）"; as written when it is no date.
std::string day_in_words(const std::string& date) {
    if (!is_date(date)) return date;
    static constexpr Era k_eras[] = {
        {20190501, "令和"}, {19890108, "平成"}, {19261225, "昭和"}, {19120730, "大正"}, {18680125, "明治"}};
    const int day = std::stoi(date);
    const std::string plain = fmt::format("{}年{}月{}日", day / 10'000, day / 100 % 100, day % 100);
    for (const Era& era : k_eras) {
        if (day < era.from) continue;
        const int year = day / 10'000 - era.from / 10'000 + 1;
        return fmt::format("{}（{}{}年）", plain, era.name, year == 1 ? "元" : std::to_string(year));
    }
    return plain;
}

std::string sex_in_words(const std::string& code) {
    if (code == "1") return "男";
    if (code == "2") return "女";
    return "";
}

// "030" is three tenths.
std::string ratio_in_words(const std::string& ratio) {
    const bool is_ratio = ratio.size() == 3 && ratio.find_first_not_of("0123456789") == std::string::npos;
    return is_ratio && ratio[0] == '0' && ratio[2] == '0' ? fmt::format("{}割", ratio[1]) : ratio;
}

}  // namespace

std::string declaration_page(std::string_view form, const DeclarationFacts& facts) {
    std::map<std::string_view, std::string> values{
        {"institution", facts.institution}, {"date", day_in_words(facts.day)}, {"request", facts.request}};
    if (facts.person != nullptr) {
        const net::QualificationResult& known = facts.person->result;
        values["name"] = known.name;
        values["kana"] = known.name_kana;
        values["birth_date"] = day_in_words(known.birthdate);
        values["sex"] = sex_in_words(known.sex1);
        values["address"] = known.address;
        values["insurer"] = known.insurer_name;
        values["ratio"] = ratio_in_words(known.insured_partial_contribution_ratio);
    }
    std::string page;
    while (!form.empty()) {
        const std::size_t open = form.find("{{");
        const std::size_t close = open == std::string_view::npos ? open : form.find("}}", open);
        if (close == std::string_view::npos) break;
        page += form.substr(0, open);
        const auto value = values.find(form.substr(open + 2, close - open - 2));
        if (value != values.end()) page += net::escaped(value->second);
        form.remove_prefix(close + 2);
    }
    page += form;
    for (auto& [name, value] : values) net::wipe(value);
    return page;
}

}  // namespace uketsuke::desk
