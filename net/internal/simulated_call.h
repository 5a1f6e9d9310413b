#pragma once
// A call of the simulated service whose parts could be read; what they say is not checked yet.

#include <cstdint>
#include <string>
#include <vector>

#include "net/internal/continuing_care.h"
#include "net/internal/simulated_service.h"

namespace uketsuke::net::internal {

struct SimulatedService::ReadCall {
    OqsRequest request;
    Method method = Method::Pin;
    std::vector<std::uint8_t> signature;
    std::vector<std::uint8_t> certificate_der;
    std::vector<std::uint8_t> attestation;
    CallDigests digests;
};

constexpr bool is_about_consents(Method method) {
    return method == Method::ConsentRenewal || method == Method::Withdrawal;
}
std::vector<Consent> consents_in(const OqsRequest& request);
/// As it is listed; received never yet.
ReceivedReception reception_of(const OqsRequest& request, Method method, const std::string& serial,
                               std::chrono::sys_seconds now);

}  // namespace uketsuke::net::internal
