#pragma once
// What requests, and the answers to them, make of a patient in continuing care. Pure.

#include "net/care.h"

namespace uketsuke::net::internal {

/// `given`: the patient as a new request means them; `known`: as they are kept. What the request does not bring, the
/// patient keeps: it may have been answered since the request was begun.
void take_up(CarePatient& given, const CarePatient& known, const RequestId& request);

struct Answered {
    const RequestId& id;
    bool is_reception;  ///< somebody was to be received: neither a renewal nor a withdrawal
    bool newest;        ///< no earlier request than that of CarePatient::trouble
};
void hear(CarePatient& patient, const Answered& request, const CareAnswer& said);

}  // namespace uketsuke::net::internal
