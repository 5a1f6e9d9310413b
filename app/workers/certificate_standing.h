// Where a certificate stands on a day (facts §3.4): a notice from three months before its end; after it, eligibility
// only until the last day of the third month after the month of its end; then it cannot be used.
#pragma once

#include <chrono>

#include "app/core/vocabulary.h"

namespace uketsuke::workers {

struct CertificateState {
    core::CertificateStanding standing{};
    int days_left = 0;  // whole days in Japan between the two dates; negative after the end
};

// Dates are counted in Japan Standard Time, whatever the machine's zone. Pure.
CertificateState certificate_state(std::chrono::sys_seconds not_after, std::chrono::sys_seconds now);

}  // namespace uketsuke::workers
