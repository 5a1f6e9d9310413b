// An institution's patients as the service tells them.
#include "net/internal/care_list.h"

#include <algorithm>

#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {

int run_care_list(Input bytes) {
    const auto input = exact_copy(bytes);
    const std::string institution = "1312345670";
    auto patients =
        net::internal::read_care_list({reinterpret_cast<const char*>(input.data()), input.size()}, institution);
    if (!patients) {
        promise(patients.error().where.starts_with("document: "), "a refusal without words");
        return 0;
    }
    promise(patients->size() <= net::internal::most_listed, "more patients than are kept");
    for (net::CarePatient& patient : *patients) {
        promise(!patient.base.is_nil() && patient.certificate_sha256.size() == 64, "a patient who is nobody");
        promise(!patient.withdrawn || std::none_of(patient.consents.begin(), patient.consents.end(),
                                                   [](const net::Consent& one) { return one.agreed; }),
                "withdrawn consents were agreed to");
        // What is longer than is ever shown is cut when it is kept.
        const auto kept = net::decode_care(net::encode(patient));
        promise(kept && patient.name.starts_with(kept->name) && patient.kana.starts_with(kept->kana),
                "a patient who cannot be kept");
        promise(kept->consents == patient.consents && kept->consented_until == patient.consented_until &&
                    kept->last_visit == patient.last_visit,
                "another moment after keeping");
        net::CarePatient same = patient;
        promise(!net::learn(same, patient), "a list that brings nothing new changes something");
    }
    const auto again = net::internal::read_care_list(
        net::internal::write_care_list(institution, std::chrono::sys_seconds{}, *patients), institution);
    promise(again && again->size() == patients->size(), "a written list is not read");
    for (std::size_t i = 0; i < again->size(); ++i) {
        promise((*again)[i].base == (*patients)[i].base && (*again)[i].consents == (*patients)[i].consents &&
                    (*again)[i].withdrawn == (*patients)[i].withdrawn,
                "another patient after writing");
    }
    for (net::CarePatient& patient : *patients) net::wipe(patient);
    return 0;
}

}  // namespace uketsuke::fuzz
