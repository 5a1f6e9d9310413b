// The bytes of a patient in continuing care, and what is made of one that was read.
#include "net/care.h"
#include "net/oqs_xml.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {

int run_care(Input bytes) {
    const auto input = exact_copy(bytes);
    auto patient = net::decode_care(input);
    if (!patient) return 0;
    promise(net::encode(*patient) == input, "other bytes than it was read from");
    promise(!patient->withdrawn || !net::consents_stand(*patient, {}), "withdrawn consents stand");
    net::CareRequest request;
    request.id = *net::RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100");
    request.institution_code = "1312345670";
    request.base = patient->base;
    request.certificate_sha256 = patient->certificate_sha256;
    request.consents = patient->consents;
    request.consented_until = patient->consented_until;
    request.at = patient->last_visit;
    request.method = patient->earlier.empty() ? net::Method::Reinquiry : net::Method::Withdrawal;
    for (const auto& one : patient->earlier) request.other_bases.push_back(one.base);
    request.share_visits = true;
    const auto asked = net::care_request(request, [](std::string_view /*text*/) {
        return net::Result<std::vector<std::uint8_t>>(std::vector<std::uint8_t>(64, 1));
    });
    if (asked) {
        const auto read = net::read_request({reinterpret_cast<const char*>(asked->body.data()), asked->body.size()});
        promise(read && read->arbitrary_identifier == request.id.text(), "its request cannot be read");
        promise(net::find_element(read->other_in_confirmation, "BaseReception") != nullptr, "it rests on nothing");
    }
    net::wipe(*patient);
    promise(patient->name.empty() && patient->certificate_sha256.empty(), "something of it is left");
    return 0;
}

}  // namespace uketsuke::fuzz
