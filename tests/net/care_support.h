#pragma once
// Home visits for tests: cards of several persons, a terminal that attests, and the requests of a tour.

#include <openssl/evp.h>

#include "net/care.h"
#include "tests/net/support.h"

namespace uketsuke::net::testing {

/// The terminal's key, with which it vouches for what no card signs.
struct Terminal {
    std::vector<std::uint8_t> open;
    std::vector<std::uint8_t> secret;
    Terminal();
    std::vector<std::uint8_t> sign(std::string_view text) const;
    Vouch vouch() const;
};

inline constexpr const char* institution = "1312345670";
/// What start_time() is without its milliseconds.
std::chrono::sys_seconds start_second();

/// Certificates of different persons over one key: making RSA keys is slow. No card stands behind them.
class HomeCards {
  public:
    explicit HomeCards(int persons);
    ~HomeCards();
    HomeCards(const HomeCards&) = delete;
    HomeCards& operator=(const HomeCards&) = delete;
    const std::vector<std::uint8_t>& certificate(int person) const {
        return m_certificates.at(static_cast<std::size_t>(person));
    }
    std::string digest(int person) const;  ///< CarePatient::certificate_sha256
    static std::string serial(int person);
    SignedRequest sign(const Reception& reception, const Terminal& terminal) const;

  private:
    EVP_PKEY* m_key;
    std::vector<std::vector<std::uint8_t>> m_certificates;
};

/// Somebody in continuing care, all that is said of a patient said: one consent refused, by PIN.
CarePatient somebody_in_care();
/// A first visit with the card, at home, whose consents (all but the health check-up) stand for 90 days.
Reception first_visit(const HomeCards& cards, int person, std::chrono::sys_seconds at, Method method = Method::Pin);
/// The patient whom it makes.
CarePatient patient_after(const Reception& reception);
/// A request without the card about that patient.
CareRequest request_about(const CarePatient& patient, Method method, std::chrono::sys_seconds at);

}  // namespace uketsuke::net::testing
