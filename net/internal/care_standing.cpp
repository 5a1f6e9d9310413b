#include "net/internal/care_standing.h"

#include <algorithm>

#include "net/meaning.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {
namespace {

enum class Fate { Taken, Refused, Unknown };

// Whether the service has taken a request in. Of an answer that could not be believed nobody knows.
Fate fate_of(const CareAnswer& said) {
    if (said.result == CareResult::Confirmed || said.conflict == CareConflict::NotInsured) return Fate::Taken;
    if (said.result != CareResult::Conflict) return Fate::Unknown;
    const bool by_the_service =
        said.conflict != CareConflict::Refused || said.meaning == row_of(Meaning::Refused).number;
    return by_the_service ? Fate::Refused : Fate::Unknown;
}

void stand_on(CarePatient& patient, const CareGrounds& grounds) {
    patient.base = grounds.base;
    patient.consents = grounds.consents;
    patient.consented_until = grounds.consented_until;
    patient.by_pin = grounds.by_pin;
    // Who has withdrawn meant everything.
    patient.withdrawn = patient.withdrawn || grounds.withdrawn;
}

void settle_base(CarePatient& patient, const RequestId& id, Fate fate) {
    if (fate == Fate::Unknown) return;
    auto& earlier = patient.earlier;
    if (patient.base == id) {
        if (fate == Fate::Taken) {
            earlier.clear();
        } else if (!earlier.empty()) {
            stand_on(patient, earlier.back());
            earlier.pop_back();
        }
        return;
    }
    const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const auto& one) { return one.base == id; });
    if (found == earlier.end()) return;
    // Taken in, it is the one that stands until a later one is.
    if (fate == Fate::Taken) earlier.erase(earlier.begin(), found);
    if (fate == Fate::Refused) earlier.erase(found);
}

template <class Grounds>
void end_consents(Grounds& grounds, const CareAnswer& said) {
    if (said.conflict == CareConflict::ConsentsWithdrawn) grounds.withdrawn = true;
    if (said.conflict == CareConflict::ConsentsExpired) {
        grounds.consented_until = std::min(grounds.consented_until, said.at);
    }
}

void end_standing(CarePatient& patient, const CareAnswer& said) {
    if (said.base.is_nil()) return;
    if (patient.base == said.base) end_consents(patient, said);
    for (CareGrounds& one : patient.earlier) {
        if (one.base == said.base) end_consents(one, said);
    }
}

void show(CarePatient& patient, CareResult result, CareConflict conflict, int meaning) {
    patient.result = result;
    patient.conflict = conflict;
    patient.meaning = meaning;
}

void settle_result(CarePatient& patient, const Answered& request, const CareAnswer& said) {
    const bool had_trouble = patient.trouble.has_value();
    if (request.is_reception && request.newest) {
        patient.trouble.reset();
        if (said.result == CareResult::Conflict) patient.trouble = CareTrouble{request.id, said.conflict, said.meaning};
    }
    const bool latest = patient.latest == request.id;
    if (!latest && patient.result == CareResult::Waiting) return;
    if (patient.trouble) {
        show(patient, CareResult::Conflict, patient.trouble->conflict, patient.trouble->meaning);
    } else if (latest || had_trouble) {
        show(patient, said.result, said.conflict, said.meaning);
    }
}

}  // namespace

void take_up(CarePatient& given, const CarePatient& known, const RequestId& request) {
    given.number = known.number;
    const auto keep = [](std::string& text, const std::string& kept) {
        if (text.empty()) text = kept;
    };
    keep(given.name, known.name);
    keep(given.kana, known.kana);
    keep(given.birth_date, known.birth_date);
    given.trouble = known.trouble;
    given.earlier = known.earlier;
    given.last_visit = std::max(given.last_visit, known.last_visit);
    if (given.base == request) {
        if (known.base.is_nil() || known.base == request) return;
        given.earlier.push_back(grounds_of(known));
        // The first is what the service has confirmed.
        if (given.earlier.size() > CarePatient::most_earlier) given.earlier.erase(given.earlier.begin() + 1);
        return;
    }
    const bool withdraws = given.withdrawn && !known.withdrawn;
    const CareGrounds withdrawn = grounds_of(given);
    given.withdrawn = known.withdrawn;
    given.pin_locked = known.pin_locked;
    stand_on(given, grounds_of(known));
    if (!withdraws) return;
    given.withdrawn = true;
    given.consents = withdrawn.consents;
    for (CareGrounds& one : given.earlier) {
        one.withdrawn = true;
        one.consents = withdrawn.consents;
    }
}

void hear(CarePatient& patient, const Answered& request, const CareAnswer& said) {
    const auto take = [](std::string& kept, const std::string& text) {
        if (text.empty()) return;
        wipe(kept);
        kept = text;
    };
    take(patient.name, said.name);
    take(patient.kana, said.kana);
    take(patient.birth_date, said.birth_date);
    settle_base(patient, request.id, fate_of(said));
    end_standing(patient, said);
    settle_result(patient, request, said);
}

}  // namespace uketsuke::net::internal
