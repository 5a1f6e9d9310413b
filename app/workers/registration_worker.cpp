#include "app/workers/registration_worker.h"

#include <sodium.h>

#include <array>
#include <utility>

namespace uketsuke::workers {

void RegistrationWorker::run() {
    while (auto question = m_questions.pop()) {
        while (auto newer = m_questions.try_pop()) question = std::move(newer);
        const auto reply = m_client.registration(question->certificate_sha256);
        if (!reply) continue;
        // Before anything is dated: a wrong clock is set right for the patient who is standing there.
        if (reply->service_time) m_service_time(*reply->service_time);
        if (reply->registration == net::Registration::Unknown) continue;
        const bool registered = reply->registration == net::Registration::Registered;
        m_events.post(core::event::RegistrationAnswered{question->session, registered});
    }
}

void RegistrationWorker::stop() {
    m_questions.close();
    m_client.cancel();
}

void RegistrationWorker::ask(core::SessionId session, const std::vector<std::uint8_t>& certificate_der) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), certificate_der.data(), certificate_der.size());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    m_questions.try_push({session, hex.data()});
}

}  // namespace uketsuke::workers
