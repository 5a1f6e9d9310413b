#include "card/number_b.h"

#include <algorithm>
#include <string>

#include "card/dates.h"

namespace uketsuke::card {
namespace {

constexpr std::size_t k_digits = 14;

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int two_digits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

}  // namespace

Result<NumberB> NumberB::make(std::chrono::year_month_day birth, std::chrono::year card_expiry,
                              std::string_view security_code) {
    const auto born = era_yymmdd(birth);
    if (!born) return fail(Fault::BadConfig, "birth date outside of the eras of 照合番号B");
    const int expiry = int{card_expiry};
    if (expiry < 2015 || expiry > 2999) return fail(Fault::BadConfig, "card expiry year out of range");
    if (security_code.size() != 4 || !all_digits(security_code)) {
        return fail(Fault::BadConfig, "the security code is not four digits");
    }
    const SecretText year(std::to_string(expiry));
    SecretBytes digits(k_digits);
    auto at = std::copy(born->begin(), born->end(), digits.begin());
    at = std::copy(year.view().begin(), year.view().end(), at);
    std::copy(security_code.begin(), security_code.end(), at);
    return NumberB(std::move(digits));
}

Result<NumberB> NumberB::parse(std::string_view digits) {
    if (digits.size() != k_digits || !all_digits(digits)) return fail(Fault::BadConfig, "照合番号B is not 14 digits");
    const int month = two_digits(digits, 2);
    const int day = two_digits(digits, 4);
    const int century = two_digits(digits, 6);
    if (two_digits(digits, 0) == 0 || month < 1 || month > 12 || day < 1 || day > 31 || century < 20 || century > 29) {
        return fail(Fault::BadConfig, "照合番号B holds an impossible date");
    }
    return NumberB(SecretBytes(digits.begin(), digits.end()));
}

}  // namespace uketsuke::card
