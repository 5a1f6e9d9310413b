#include "net/internal/simulated_answer.h"

#include <algorithm>

#include "net/internal/care_answer.h"
#include "net/internal/declared_forms.h"
#include "net/internal/oqs_fields.h"
#include "net/internal/simulator_people.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

constexpr const char* not_registered_code = "SIM-I0001";
constexpr const char* already_received = "この訪問はすでに受け付けています。";
constexpr const char* not_registered = "このカードは健康保険証として登録されていません。";

void fill_header(OqsHeader& header, std::chrono::sys_seconds now, const OqsRequest& request) {
    header.process_execution_time = jst_date_time(now);
    header.qualification_confirmation_date = request.header.qualification_confirmation_date;
    header.medical_institution_code = request.header.medical_institution_code;
    header.segment_of_result = SegmentOfResult::Normal;
    header.character_code_identifier = std::string("0");
}

void fill_consents(QualificationResult& result, const OqsRequest& request) {
    result.health_checkup = request.health_checkup;
    result.pharmacists = request.pharmacists;
    result.diagnosis = request.diagnosis;
    result.operation = request.operation;
    result.limit_application_flag = request.limit_application_flag;
    result.limit_application_time = request.limit_application_time;
    result.arbitrary_identifier = request.arbitrary_identifier;
}

// What an entry leaves open is the card's own person's, so that any card can be answered as a complaint.
void fill_from_holder(QualificationResult& result, const SimulatedPerson& person, const QualificationResult& own) {
    const auto from = result_fields(own);
    const auto to = result_fields(result);
    for (std::size_t i = 0; i < to.size(); ++i) {
        const std::string path(to[i].first);
        const bool blank = std::find(person.blanks.begin(), person.blanks.end(), path) != person.blanks.end();
        if (is_of_the_holder(path) && to[i].second->empty() && !blank) *to[i].second = *from[i].second;
    }
}

void fill_person(OqsAnswer& answer, const AnswerParts& parts) {
    const SimulatedPerson& person = *parts.answered_as;
    if (!parts.registered) {
        answer.validity = QualificationValidity::NotFound;
        answer.processing_code = not_registered_code;
        answer.processing_message = not_registered;
        return;
    }
    answer.validity = person.validity;
    answer.results = person.results;
    answer.processing_code = person.processing_code;
    answer.processing_message = person.processing_message;
    for (QualificationResult& result : answer.results) {
        if (parts.holder != nullptr && !parts.holder->results.empty()) {
            fill_from_holder(result, person, parts.holder->results.front());
        }
        fill_consents(result, *parts.request);
    }
}

DocumentChanges changes_of(const SimulatorFaults& faults, std::chrono::sys_seconds now) {
    DocumentChanges changes;
    changes.now = now;
    changes.duplicate = faults.duplicate;
    changes.black_circles = faults.black_circles;
    changes.expired = faults.expired;
    return changes;
}

bool is_several(const std::vector<Found>& found) {
    return std::any_of(found.begin(), found.end(), [&](const Found& one) { return one.person != found[0].person; });
}

// Wide digits (U+FF10 to U+FF19) as narrow ones, without blanks at the ends.
std::string comparable(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool wide = text.compare(i, 2, "\xEF\xBC") == 0 && i + 2 < text.size();
        const unsigned char last = wide ? static_cast<unsigned char>(text[i + 2]) : 0;
        if (last >= 0x90 && last <= 0x99) {
            out += static_cast<char>('0' + (last - 0x90));
            i += 2;
        } else if (text[i] != ' ') {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

const SimulatedPerson& generic_person() {
    static const SimulatedPerson person = [] {
        SimulatedPerson one;
        QualificationResult& result = one.results.emplace_back();
        result.insured_card_classification = "01";
        result.insurer_number = "00000000";
        result.insurer_name = "練習用保険者";
        result.insured_identification_number = "0000001";
        result.name = "練習　受付";
        result.name_kana = "ﾚﾝｼｭｳ ｳｹﾂｹ";
        result.sex1 = std::string("3");
        result.qualification_date = "20200401";
        result.insured_partial_contribution_ratio = "030";
        result.limit_application.classification_flag = "A03";
        return one;
    }();
    return person;
}

std::string reception_answer(const AnswerParts& parts) {
    OqsAnswer answer;
    fill_header(answer.header, parts.now, *parts.request);
    answer.header.arbitrary_file_identifier = parts.request->arbitrary_identifier;
    answer.header.reference_classification = std::string("1");
    answer.processing_status = ProcessingResultStatus::Normal;
    DocumentChanges changes = changes_of(parts.faults, parts.now);
    if (parts.answered_as == nullptr) {
        answer.validity = QualificationValidity::NotFound;
    } else {
        fill_person(answer, parts);
        if (changes.black_circles == 0) changes.black_circles = parts.answered_as->black_circles;
    }
    if (parts.already_received && answer.processing_code.empty()) {
        answer.processing_code = care_code::already_received;
        answer.processing_message = already_received;
    }
    changes.hide_limit_amount = parts.request->limit_application_flag != "1";
    return changed(write_answer(answer), changes);
}

std::string consents_answer(std::chrono::sys_seconds now, const OqsRequest& request) {
    OqsAnswer answer;
    fill_header(answer.header, now, request);
    answer.header.arbitrary_file_identifier = request.arbitrary_identifier;
    answer.processing_status = ProcessingResultStatus::Normal;
    return write_answer(answer);
}

std::string short_answer(std::chrono::sys_seconds now, const std::string& key, SegmentOfResult segment,
                         const std::string& code, const std::string& message) {
    OqsAnswer answer;
    answer.header.process_execution_time = jst_date_time(now);
    if (RequestId::parse(key)) answer.header.arbitrary_file_identifier = key;
    answer.header.segment_of_result = segment;
    answer.header.error_code = code;
    answer.header.error_message = message;
    answer.header.character_code_identifier = std::string("0");
    return write_answer(answer);
}

bool can_be_searched(const std::string& query) {
    const std::string birthdate = search_text(query, "Birthdate");
    return !comparable(search_text(query, "InsurerNumber")).empty() &&
           !comparable(search_text(query, "InsuredIdentificationNumber")).empty() &&
           parse_jst_date_time(birthdate + "000000").has_value();
}

std::vector<Found> found_by(const std::string& query, const std::vector<const SimulatedPerson*>& people,
                            std::chrono::sys_seconds now) {
    const std::string insurer = comparable(search_text(query, "InsurerNumber"));
    const std::string symbol = comparable(search_text(query, "InsuredCardSymbol"));
    const std::string number = comparable(search_text(query, "InsuredIdentificationNumber"));
    const std::string branch = comparable(search_text(query, "InsuredBranchNumber"));
    const std::string birthdate = search_text(query, "Birthdate");
    std::vector<Found> found;
    for (const SimulatedPerson* person : people) {
        for (const QualificationResult& result : person->results) {
            const bool same = comparable(result.insurer_number) == insurer &&
                              comparable(result.insured_identification_number) == number &&
                              day_of(result.birthdate, now) == birthdate &&
                              (symbol.empty() || comparable(result.insured_card_symbol) == symbol) &&
                              (branch.empty() || comparable(result.insured_branch_number) == branch);
            if (same) found.push_back({person, result});
        }
    }
    return found;
}

bool can_be_searched(const DeclaredQuery& said) {
    return parse_jst_date_time(said.birthdate + "000000").has_value() &&
           (!name_form(said.name).empty() || !kana_form(said.name_kana).empty());
}

std::vector<Found> found_by(const DeclaredQuery& said, const std::vector<const SimulatedPerson*>& people,
                            std::chrono::sys_seconds now) {
    const Points name = name_form(said.name), kana = kana_form(said.name_kana);
    const auto is = [](const Points& one, const Points& known) {
        return !one.empty() && same(one.view(), known.view());
    };
    std::vector<Found> found;
    for (const SimulatedPerson* person : people) {
        for (const QualificationResult& result : person->results) {
            if (day_of(result.birthdate, now) != said.birthdate) continue;
            const bool theirs = is(kana, kana_form(result.name_kana)) ||
                                is(kana, kana_form(result.name_of_other_kana)) || is(name, name_form(result.name)) ||
                                is(name, name_form(result.name_of_other));
            if (theirs) found.push_back({person, result});
        }
    }
    return found;
}

std::vector<Found> answered_as(const SimulatedPerson& person, const std::vector<Found>& found) {
    std::vector<Found> answered;
    for (const QualificationResult& result : person.results) {
        answered.push_back({&person, result});
        if (found.size() == 1) fill_from_holder(answered.back().result, person, found[0].result);
    }
    return answered;
}

QualificationValidity validity_of(const std::vector<Found>& found) {
    if (found.empty()) return QualificationValidity::NotFound;
    return is_several(found) ? QualificationValidity::Several : found[0].person->validity;
}

std::string query_answer(const OqsRequest& request, const std::vector<Found>& found, std::chrono::sys_seconds now,
                         const SimulatorFaults& faults) {
    OqsAnswer answer;
    fill_header(answer.header, now, request);
    answer.header.arbitrary_file_identifier = request.header.arbitrary_file_identifier;
    answer.header.reference_classification = std::string("2");
    answer.processing_status = ProcessingResultStatus::Normal;
    answer.validity = validity_of(found);
    const bool one_person = answer.validity != QualificationValidity::NotFound && !is_several(found);
    if (one_person) {
        answer.processing_code = found[0].person->processing_code;
        answer.processing_message = found[0].person->processing_message;
    }
    for (const Found& one : found) {
        QualificationResult& result = answer.results.emplace_back(one.result);
        result.limit_application_flag = request.limit_application_flag;
        result.arbitrary_identifier = request.arbitrary_identifier;
    }
    DocumentChanges changes = changes_of(faults, now);
    if (one_person && changes.black_circles == 0) changes.black_circles = found[0].person->black_circles;
    changes.hide_limit_amount = request.limit_application_flag != "1";
    return changed(write_answer(answer), changes);
}

}  // namespace uketsuke::net::internal
