// The reception's bytes, signed by the card that lies there.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "app/core/effect.h"
#include "card/attestation.h"
#include "card/certificate.h"
#include "card/my_number_card.h"
#include "net/reception.h"

namespace uketsuke::workers {

// What is the same for every reception of this kiosk.
struct WireTerms {
    std::string institution_code;
    std::optional<std::chrono::days> consented_for;  // of a reception at home; nullopt: a counter
    bool share_visits = false;                       // net::Reception::share_visits
};

// What is signed and sent for this reception. The id is made here, once.
net::Reception to_wire(const core::Reception& reception, const WireTerms& terms,
                       const std::vector<std::uint8_t>& certificate_der);
net::ConsentItem wire_item(core::ConsentItem item);

// Builds the text, has the card sign it (with the PIN verified before, or through the attestation for face and visual
// check) and checks the signature against the certificate that was read in this connection: a card that was changed
// unseen cannot sign for the one before. Error: the card's, BadConfig when the text cannot be built, Crypto when the
// signature does not hold.
card::Result<net::SignedRequest> sign_reception(const net::Reception& reception, card::MyNumberCard& card,
                                                const card::Certificate& certificate, card::Attestation& attestation);

}  // namespace uketsuke::workers
