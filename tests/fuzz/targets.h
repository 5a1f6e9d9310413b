// What is fuzzed: functions over bytes that a stranger chose. libFuzzer drives them in a build of the preset "fuzz"
// (clang), fuzz_corpus_test runs the kept files and their mutations in every build.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

#include "card/error.h"

namespace uketsuke::fuzz {

using Input = std::span<const std::uint8_t>;

// Always 0. A broken promise is an exception, which libFuzzer and GoogleTest both report; a memory error is the
// sanitizers' to find.
int run_tlv(Input bytes);           // one list or tree of TLV elements
int run_face_record(Input bytes);   // EF 0002 of the 券面事項確認AP, and the JP2 header of its photo
int run_attributes(Input bytes);    // EF 0002 of the 券面入力補助AP
int run_certificate(Input bytes);   // EF 000A
int run_issuer_key(Input bytes);    // length of a face record (two bytes), the record, EF 0004
int run_apdu_replay(Input bytes);   // a card's answers: see replay_channel.h
int run_virtual_card(Input bytes);  // commands, each with its length before it as in replay_channel.h
#ifdef UKETSUKE_FUZZ_PHOTO          // where the vision room is built
int run_photo(Input bytes);         // JPEG 2000, JPEG or PNG
#endif
#ifdef UKETSUKE_FUZZ_NET            // where the net room is built
int run_oqs_xml(Input bytes);       // an OQS document, as an answer and as a request
int run_http_answer(Input bytes);   // status, Retry-After and Date, one a line, then the body: see http_answer.cpp
int run_desk_request(Input bytes);  // what a browser sends to the desk, a field a line: see desk_request.cpp
int run_audit_line(Input bytes);    // a line of the staff record
int run_declaration(Input bytes);   // a self-declaration as it is kept
int run_keyring(Input bytes);       // the file of a tablet's key
int run_care(Input bytes);          // a patient in continuing care as they are kept
int run_care_list(Input bytes);     // such patients as the service tells them
#endif

struct Target {
    std::string_view name;
    int (*run)(Input bytes);
    std::size_t mutations = 3'000;  // of its corpus in fuzz_corpus_test, all files together
};
inline constexpr Target k_targets[] = {
    {"tlv", run_tlv},
    {"face_record", run_face_record},
    {"attributes", run_attributes},
    {"certificate", run_certificate},
    {"issuer_key", run_issuer_key},
    {"apdu_replay", run_apdu_replay},
    {"virtual_card", run_virtual_card, 600},  // makes a new card for each that was sent a PIN
#ifdef UKETSUKE_FUZZ_PHOTO
    {"photo", run_photo, 2'000},
#endif
#ifdef UKETSUKE_FUZZ_NET
    {"oqs_xml", run_oqs_xml, 6'000},
    {"http_answer", run_http_answer, 6'000},
    {"desk_request", run_desk_request, 6'000},
    {"audit_line", run_audit_line},
    {"declaration", run_declaration},
    {"keyring", run_keyring},
    {"care", run_care},
    {"care_list", run_care_list},
#endif
};

inline void promise(bool kept, const char* what) {
    if (!kept) throw std::logic_error(what);
}

// The address sanitizer sees one byte too far only behind memory of exactly this size.
inline card::Bytes exact_copy(Input bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace uketsuke::fuzz
