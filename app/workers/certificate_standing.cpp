#include "app/workers/certificate_standing.h"

namespace uketsuke::workers {
namespace {

constexpr std::chrono::months k_notice{3};
constexpr std::chrono::months k_grace{3};

std::chrono::sys_days day_in_japan(std::chrono::sys_seconds at) {
    return std::chrono::floor<std::chrono::days>(at + std::chrono::hours{9});
}

// Three months before 31 May is the last day of February.
std::chrono::sys_days months_before(std::chrono::sys_days day, std::chrono::months months) {
    const std::chrono::year_month_day date = std::chrono::year_month_day{day} - months;
    if (date.ok()) return date;
    return date.year() / date.month() / std::chrono::last;
}

}  // namespace

CertificateState certificate_state(std::chrono::sys_seconds not_after, std::chrono::sys_seconds now) {
    const auto end = day_in_japan(not_after);
    const auto today = day_in_japan(now);
    CertificateState state;
    state.days_left = static_cast<int>((end - today).count());
    if (now <= not_after) {
        state.standing = today >= months_before(end, k_notice) ? core::CertificateStanding::ExpiresSoon
                                                               : core::CertificateStanding::Good;
        return state;
    }
    const std::chrono::year_month_day date{end};
    const auto last_month = date.year() / date.month() + k_grace;
    const std::chrono::sys_days last_day = last_month / std::chrono::last;
    state.standing =
        today <= last_day ? core::CertificateStanding::EligibilityOnly : core::CertificateStanding::Expired;
    return state;
}

}  // namespace uketsuke::workers
