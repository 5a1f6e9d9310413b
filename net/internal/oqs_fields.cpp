#include "net/internal/oqs_fields.h"

#include <sodium.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <pugixml.hpp>

#include "net/sealing.h"

namespace uketsuke::net {
namespace {

// A document of pugixml's holds names and birth dates in blocks that it frees as they are. Each block knows its size,
// so that it can be wiped.
constexpr std::size_t room_for_size = alignof(std::max_align_t);
static_assert(room_for_size >= sizeof(std::size_t));

void* take_block(std::size_t size) {
    auto* block = static_cast<unsigned char*>(std::malloc(room_for_size + size));
    if (block == nullptr) return nullptr;
    std::memcpy(block, &size, sizeof size);
    return block + room_for_size;
}

void wipe_block(void* given) {
    if (given == nullptr) return;
    unsigned char* block = static_cast<unsigned char*>(given) - room_for_size;
    std::size_t size = 0;
    std::memcpy(&size, block, sizeof size);
    sodium_memzero(block, room_for_size + size);
    std::free(block);
}

// Before main(), and so before the first document.
[[maybe_unused]] const bool blocks_are_wiped = [] {
    pugi::set_memory_management_functions(take_block, wipe_block);
    return true;
}();

}  // namespace

const char* code_of(SegmentOfResult value) {
    switch (value) {
        case SegmentOfResult::Normal:
            return "1";
        case SegmentOfResult::Processing:
            return "2";
        case SegmentOfResult::Abnormal:
            return "9";
        case SegmentOfResult::Missing:
        case SegmentOfResult::Unknown:
            return "";
    }
    return "";
}

const char* code_of(ProcessingResultStatus value) {
    switch (value) {
        case ProcessingResultStatus::Normal:
            return "1";
        case ProcessingResultStatus::Failed:
            return "2";
        case ProcessingResultStatus::Missing:
        case ProcessingResultStatus::Unknown:
            return "";
    }
    return "";
}

const char* code_of(QualificationValidity value) {
    switch (value) {
        case QualificationValidity::Valid:
            return "1";
        case QualificationValidity::Invalid:
            return "2";
        case QualificationValidity::InvalidNewer:
            return "3";
        case QualificationValidity::NotFound:
            return "4";
        case QualificationValidity::Several:
            return "5";
        case QualificationValidity::ValidUnregistered:
            return "6";
        case QualificationValidity::Missing:
        case QualificationValidity::Unknown:
            return "";
    }
    return "";
}

namespace {

template <class Text>
void wipe_fields(const internal::Fields<Text>& fields) {
    for (const auto& [name, text] : fields) wipe(*text);
}

void wipe_header(OqsHeader& header) {
    wipe_fields(internal::header_fields(header));
    wipe(header.other);
}

void wipe_result(QualificationResult& result) {
    wipe_fields(internal::result_fields(result));
    wipe_fields(internal::limit_application_fields(result.limit_application));
    wipe(result.limit_application.other);
    wipe_fields(internal::elderly_recipient_fields(result.elderly_recipient));
    wipe(result.elderly_recipient.other);
    for (SpecificDiseasesCertificate& certificate : result.specific_diseases) {
        wipe_fields(internal::specific_diseases_fields(certificate));
        wipe(certificate.other);
    }
    result.specific_diseases.clear();
    wipe(result.other_in_specific_diseases);
    wipe(result.other);
}

}  // namespace

const OqsElement* find_element(const OtherElements& elements, std::string_view name) {
    for (const OqsElement& element : elements) {
        if (element.name == name) return &element;
    }
    return nullptr;
}

std::string padded_insurer_number(std::string_view number) {
    constexpr std::size_t length = 8;
    return std::string(number.size() < length ? length - number.size() : 0, ' ') + std::string(number);
}

void wipe(OtherElements& elements) {
    for (OqsElement& element : elements) {
        wipe(element.text);
        wipe(element.name);
        wipe(element.children);
    }
    elements.clear();
}

void wipe(OqsAnswer& answer) {
    wipe_header(answer.header);
    wipe_fields(internal::body_fields(answer));
    for (QualificationResult& result : answer.results) wipe_result(result);
    answer.results.clear();
    for (OtherElements* other : {&answer.other, &answer.other_in_list, &answer.other_in_message}) wipe(*other);
}

void wipe(OqsRequest& request) {
    wipe_header(request.header);
    wipe_fields(internal::search_fields(request));
    wipe_fields(internal::confirmation_fields(request));
    for (OtherElements* other :
         {&request.other, &request.other_in_confirmation, &request.other_in_body, &request.other_in_message}) {
        wipe(*other);
    }
}

namespace internal {
namespace {

template <class Enum>
Enum from_code(std::string_view code, std::initializer_list<Enum> values) {
    if (code.empty()) return Enum::Missing;
    for (const Enum value : values) {
        if (code == code_of(value)) return value;
    }
    return Enum::Unknown;
}

}  // namespace

SegmentOfResult segment_of(std::string_view code) {
    return from_code(code, {SegmentOfResult::Normal, SegmentOfResult::Processing, SegmentOfResult::Abnormal});
}

ProcessingResultStatus status_of(std::string_view code) {
    return from_code(code, {ProcessingResultStatus::Normal, ProcessingResultStatus::Failed});
}

QualificationValidity validity_of(std::string_view code) {
    using enum QualificationValidity;
    return from_code(code, {Valid, Invalid, InvalidNewer, NotFound, Several, ValidUnregistered});
}

}  // namespace internal
}  // namespace uketsuke::net
