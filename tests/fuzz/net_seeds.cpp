#include "tests/fuzz/net_seeds.h"

#include <array>

#include "net/care.h"
#include "net/declaration.h"
#include "net/internal/audit_line.h"
#include "net/internal/care_list.h"
#include "net/internal/keyring_file.h"
#include "net/oqs_xml.h"

namespace uketsuke::fuzz {
namespace {

using Seeds = std::vector<std::pair<std::string, card::Bytes>>;

void add(Seeds& seeds, const std::string& name, const std::string& text) {
    seeds.emplace_back(name, card::Bytes(text.begin(), text.end()));
}

net::OqsAnswer full_answer() {
    net::OqsAnswer answer;
    answer.header.process_execution_time = "20261121101500";
    answer.header.arbitrary_file_identifier = "0f0e0d0c-0b0a-4908-8706-050403020100";
    answer.header.segment_of_result = net::SegmentOfResult::Normal;
    answer.processing_status = net::ProcessingResultStatus::Normal;
    answer.validity = net::QualificationValidity::Valid;
    net::QualificationResult& r = answer.results.emplace_back();
    r.insured_card_classification = "01";
    r.insurer_number = "  138057";
    r.insured_identification_number = "1234-01";
    r.name = "●本　花子";
    r.name_kana = "ﾐﾎﾝ ﾊﾅｺ";
    r.sex1 = std::string("2");
    r.birthdate = "19800101";
    r.qualification_date = "20200401";
    r.insured_partial_contribution_ratio = "030";
    r.elderly_recipient = {"20250801", "20250801", "20260731", "020", {}};
    r.limit_application = {"01", "A03", "20250401", "20250401", "20260731", "", {}};
    r.specific_diseases_flag = std::string("1");
    r.specific_diseases.push_back({"1", "20250401", "20250401", "20260331", "10000", {}});
    r.operation = {"1", "20261121101400", "20261122101400"};
    r.other.push_back({"Future", "", {{"A", "a", {}}, {"A", "b", {{"B", "", {}}}}}});
    answer.other.push_back({"New", "n", {}});
    return answer;
}

net::OqsRequest question() {
    net::OqsRequest request;
    request.header.medical_institution_code = "1312345670";
    request.header.arbitrary_file_identifier = "0001";
    request.insurer_number = net::padded_insurer_number("138057");
    request.insured_card_symbol = "みほん";
    request.insured_identification_number = "1234567";
    request.insured_branch_number = "01";
    request.birthdate = "19800101";
    request.limit_application_flag = std::string("1");
    return request;
}

std::string of_answer(const std::string& body) {
    return "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader><MessageBody>" + body +
           "</MessageBody></XmlMsg>";
}

}  // namespace

std::vector<std::pair<std::string, card::Bytes>> oqs_xml_seeds() {
    Seeds seeds;
    add(seeds, "answer", net::write_answer(full_answer()));
    if (const auto narrow = net::write_answer(full_answer(), net::Encoding::ShiftJis)) {
        add(seeds, "answer-shift-jis", narrow->bytes);
    }
    add(seeds, "question", net::write_request(question()));
    net::OqsRequest reception;
    reception.method = "face";
    reception.confirmed_at = "20261121101400";
    reception.certificate_sha256 = "00ff";
    reception.operation = {"1", "20261121101400", "20261122101400"};
    add(seeds, "reception", net::write_request(reception));
    add(seeds, "repeated-and-mixed",
        of_answer("<ResultList>t<ResultOfQualificationConfirmation><Name> <![CDATA[a&b]]></Name><Name/>"
                  "<Name>&#xD800;&#13;&lt;</Name><ElderlyRecipientCertificateInfo/></ResultOfQualificationConfirmation>"
                  "<X> <Y>y</Y> </X></ResultList><ResultList/><QualificationValidity>12</QualificationValidity>"));
    add(seeds, "doctype", "<!DOCTYPE x [<!ENTITY a \"aa\">]><XmlMsg><MessageHeader>&a;</MessageHeader></XmlMsg>");
    return seeds;
}

std::vector<std::pair<std::string, card::Bytes>> http_answer_seeds() {
    Seeds seeds;
    const std::string date = "Sun, 22 Nov 2026 01:15:00 GMT\n";
    add(seeds, "answered", "200\n\n" + date + net::write_answer(full_answer()));
    add(seeds, "processing", "202\n7\n" + date);
    add(seeds, "busy-until-a-date", "503\nSun, 22 Nov 2026 01:16:30 GMT\n" + date);
    add(seeds, "not-known-there", "404?\n\n" + date);
    add(seeds, "our-certificate", "403\n\n" + date);
    add(seeds, "refused",
        "200\n\n" + date +
            "<XmlMsg><MessageHeader><SegmentOfResult>9</SegmentOfResult><ErrorCode>OQC-OWSE0900000</ErrorCode>"
            "</MessageHeader></XmlMsg>");
    net::OqsAnswer odd = full_answer();
    odd.results[0].disqualification_date = "2026-11-20";
    odd.results[0].birthdate = "昭和55年";
    odd.results[0].reason_of_loss = "04";
    odd.results[0].insured_partial_contribution_ratio = "";
    odd.results.push_back({});
    add(seeds, "remarkable", "200\n\n" + date + net::write_answer(odd));
    add(seeds, "a-web-page", "302\n\n\n<html></html>");
    return seeds;
}

Seeds desk_request_seeds() {
    Seeds seeds;
    add(seeds, "a-page", "/\n127.0.0.1:8443\n\n\n\n");
    add(seeds, "an-action",
        "/api/arrivals/0f0e0d0c-0b0a-4908-8706-050403020100/set-aside?a=1&b=%E5%8F%97\nlocalhost:8443\n"
        "other=1; __Host-desk=0123456789abcdef\napplication/json; charset=utf-8\narrivals.csv\n{\"why\":\"x\"}");
    add(seeds, "upwards",
        "/%2e%2e/..%2fetc/passwd\n[::1]:8443\n__Host-desk=a; __Host-desk=b\ntext/plain\n../../x\n[[[[]]]]");
    return seeds;
}

Seeds audit_line_seeds() {
    Seeds seeds;
    net::internal::AuditLine line;
    line.entry.number = 1;
    line.entry.act = {"sato", "visual-check armed", "condition", "visit 1", "受付"};
    line.boot = "36d249c9-ab86-4a2f-a708-7c3a05f9de29";
    line.up_ms = 60'543'660;
    line.before = net::internal::no_audit_hash;
    std::string text = net::internal::write_audit_line(line);
    text.pop_back();
    add(seeds, "armed", text);
    add(seeds, "cut", text.substr(0, text.size() / 2));
    return seeds;
}

Seeds declaration_seeds() {
    Seeds seeds;
    net::Declaration form;
    form.id = *net::RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100");
    form.name = "見本";
    const auto add_form = [&](const std::string& name) {
        if (const auto bytes = net::encode(form)) seeds.emplace_back(name, card::Bytes(bytes->begin(), bytes->end()));
    };
    add_form("name-only");
    form.name = "髙橋󠄀　ﾊﾅｺ";
    form.name_kana = "タカハシハナコ";
    form.birth_date = "19440514";
    form.sex = net::DeclaredSex::Female;
    form.postal_code = "1000001";
    form.address = "東京都架空区大字みどり町三丁目２番地の10　コーポ架空２０１号室";
    form.phone = "03-0000-0000";
    form.insurance = net::DeclaredInsurance::LaterElderly;
    form.insurer_name = "協会けんぽ";
    form.office_name = "架空商事";
    form.ratio_tenths = 1;
    form.made_at = std::chrono::sys_seconds(std::chrono::seconds(1'795'000'000));
    form.page = {'%', 'P', 'D', 'F'};
    form.signature = {{{0, 0}, {10'000, 10'000}}, {}};
    add_form("everything");
    form.signature.assign(net::declaration_strokes_limit, {{1, 2}});
    form.page.clear();
    add_form("many-strokes");
    return seeds;
}

Seeds keyring_seeds() {
    Seeds seeds;
    const auto key = net::SealingKey::from_bytes(std::array<std::uint8_t, net::SealingKey::size>{1});
    net::internal::KeyringFile file;
    file.device.fill(0xd1);
    file.salt.fill(0x5a);
    file.memory = std::uint64_t{128} << 20;
    file.passes = 3;
    file.destroyed = true;
    add(seeds, "destroyed", net::internal::encode_keyring(file, key));
    file.destroyed = false;
    file.wrong_codes = 2;
    for (const std::size_t members : {1U, 3U}) {
        file.wraps.resize(members);
        for (std::size_t i = 0; i < members; ++i) file.wraps[i].id.fill(static_cast<std::uint8_t>(i));
        file.book.assign(net::internal::keyring_book_size(members), 0xb0);
        add(seeds, members == 1 ? "one-member" : "three-members", net::internal::encode_keyring(file, key));
    }
    return seeds;
}

Seeds care_seeds() {
    Seeds seeds;
    net::CarePatient patient;
    const auto add_patient = [&](const std::string& name) {
        const auto bytes = net::encode(patient);
        seeds.emplace_back(name, card::Bytes(bytes.begin(), bytes.end()));
    };
    add_patient("nothing-yet");
    const std::chrono::sys_seconds at{std::chrono::seconds(1'760'000'000)};
    patient.name = "髙橋󠄀　花子";
    patient.kana = "ﾀｶﾊｼ ﾊﾅｺ";
    patient.birth_date = "19440514";
    patient.certificate_sha256 = std::string(64, 'a');
    patient.base = *net::RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100");
    patient.latest = *net::RequestId::parse("1f0e0d0c-0b0a-4908-8706-050403020100");
    patient.consents = {net::Consent{net::ConsentItem::Operation, true, at},
                        net::Consent{net::ConsentItem::MedicationDiagnosis, true, at},
                        net::Consent{net::ConsentItem::HealthCheckup, false, at}};
    patient.consented_until = at + std::chrono::days(90);
    patient.last_visit = at;
    patient.result = net::CareResult::Confirmed;
    patient.meaning = 1;
    add_patient("in-care");
    patient.withdrawn = patient.pin_locked = true;
    patient.result = net::CareResult::Conflict;
    patient.conflict = net::CareConflict::ConsentsWithdrawn;
    patient.meaning = 31;
    add_patient("withdrawn");
    patient.by_pin = true;
    patient.earlier = {net::grounds_of(patient), net::grounds_of(patient)};
    patient.trouble = net::CareTrouble{patient.latest, net::CareConflict::NoRelation, 31};
    add_patient("renewed-and-in-conflict");
    return seeds;
}

Seeds care_list_seeds() {
    Seeds seeds;
    std::vector<net::CarePatient> patients;
    const auto add_list = [&](const std::string& name) {
        add(seeds, name, net::internal::write_care_list("1312345670", {}, patients));
    };
    add_list("nobody");
    const std::chrono::sys_seconds at{std::chrono::seconds(1'760'000'000)};
    net::CarePatient& one = patients.emplace_back();
    one.name = "髙橋󠄀　花子";
    one.kana = "ﾀｶﾊｼ ﾊﾅｺ";
    one.birth_date = "19440514";
    one.certificate_sha256 = std::string(64, 'a');
    one.base = *net::RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100");
    one.consents = {net::Consent{net::ConsentItem::Operation, true, at},
                    net::Consent{net::ConsentItem::MedicationDiagnosis, true, at},
                    net::Consent{net::ConsentItem::HealthCheckup, false, at}};
    one.consented_until = at + std::chrono::days(90);
    one.last_visit = at;
    add_list("in-care");
    net::CarePatient ended = one;
    ended.certificate_sha256 = std::string(64, 'b');
    ended.name.clear();
    ended.withdrawn = ended.pin_locked = true;
    for (net::Consent& consent : ended.consents) consent.agreed = false;
    patients.push_back(ended);
    add_list("and-withdrawn");
    return seeds;
}

}  // namespace uketsuke::fuzz
