#include "net/internal/oqs_fields.h"

#include "net/sealing.h"

namespace uketsuke::net {

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

void wipe_others(OtherElements& other) {
    for (auto& [path, text] : other) wipe(text);
    other.clear();
}

template <class Text>
void wipe_fields(const internal::Fields<Text>& fields) {
    for (const auto& [path, text] : fields) wipe(*text);
}

}  // namespace

void wipe(OqsAnswer& answer) {
    wipe_fields(internal::header_fields(answer.header));
    wipe_others(answer.header.other);
    wipe_fields(internal::body_fields(answer));
    for (QualificationResult& result : answer.results) {
        wipe_fields(internal::result_fields(result));
        wipe_others(result.other);
    }
    answer.results.clear();
    wipe_others(answer.other);
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
