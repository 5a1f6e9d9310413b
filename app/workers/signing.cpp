#include "app/workers/signing.h"

#include <sodium.h>

#include <array>

#include "net/sealing.h"

namespace uketsuke::workers {
namespace {

net::Method to_wire(core::Method method) {
    switch (method) {
        case core::Method::Face:
            return net::Method::Face;
        case core::Method::Pin:
            return net::Method::Pin;
        case core::Method::Visual:
            return net::Method::Visual;
    }
    return net::Method::Pin;
}

card::Result<card::Bytes> signature_over(std::span<const std::uint8_t, 32> sha256, net::Method method,
                                         card::MyNumberCard& card, card::Attestation& attestation) {
    switch (method) {
        case net::Method::Pin:
            return card.sign(sha256);
        case net::Method::Face:
            return attestation.attest(card, sha256, card::AttestationMethod::Face);
        case net::Method::Visual:
            return attestation.attest(card, sha256, card::AttestationMethod::Visual);
        case net::Method::Declaration:
        case net::Method::Reinquiry:
        case net::Method::ConsentRenewal:
        case net::Method::Withdrawal:
            break;
    }
    return card::fail(card::Fault::BadConfig, "method of identification");
}

}  // namespace

net::ConsentItem wire_item(core::ConsentItem item) {
    switch (item) {
        case core::ConsentItem::Operation:
            return net::ConsentItem::Operation;
        case core::ConsentItem::HealthCheckup:
            return net::ConsentItem::HealthCheckup;
        case core::ConsentItem::MedicationDiagnosis:
            return net::ConsentItem::MedicationDiagnosis;
    }
    return net::ConsentItem::Operation;
}

net::Reception to_wire(const core::Reception& reception, const WireTerms& terms,
                       const std::vector<std::uint8_t>& certificate_der) {
    net::Reception wire;
    wire.id = net::make_request_id();
    wire.institution_code = terms.institution_code;
    wire.method = to_wire(reception.method);
    for (std::size_t item = 0; item < core::k_consent_items; ++item) {
        wire.consents[item] = net::Consent{wire_item(static_cast<core::ConsentItem>(item)),
                                           reception.consents[item].agreed, reception.consents[item].at};
    }
    wire.limit_amount_provided = reception.limit_amount;
    wire.registration_wished = reception.registration_wished;
    wire.confirmed_at = reception.confirmed_at;
    wire.certificate_der = certificate_der;
    wire.share_visits = terms.share_visits;
    if (terms.consented_for) {
        wire.visit = net::VisitTerms{net::Treatment::HomeVisit, reception.confirmed_at + *terms.consented_for};
    }
    return wire;
}

card::Result<net::SignedRequest> sign_reception(const net::Reception& reception, card::MyNumberCard& card,
                                                const card::Certificate& certificate, card::Attestation& attestation) {
    auto text = net::signed_text(reception);
    if (!text) return card::fail(card::Fault::BadConfig, text.error().where);
    const std::string& bytes = *text;
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    auto signature = signature_over(digest, reception.method, card, attestation);
    if (!signature) {
        net::wipe(*text);
        return tl::unexpected(signature.error());
    }
    if (!card::signature_is_valid(certificate, digest, *signature)) {
        net::wipe(*text);
        return card::fail(card::Fault::Crypto, "signature over the reception does not match the card's certificate");
    }
    net::SignedRequest request;
    request.id = reception.id;
    request.method = reception.method;
    request.body.assign(bytes.begin(), bytes.end());
    request.signature = std::move(*signature);
    request.certificate_der = certificate.der;
    if (reception.method != net::Method::Pin) {
        auto vouched = attestation.vouch(net::attested_text(reception.method, request.body));
        if (!vouched) {
            net::wipe(*text);
            net::wipe(request);
            return tl::unexpected(vouched.error());
        }
        request.attestation = std::move(*vouched);
    }
    net::wipe(*text);
    return request;
}

}  // namespace uketsuke::workers
