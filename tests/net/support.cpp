#include "tests/net/support.h"

#include <fstream>
#include <sstream>

namespace uketsuke::net::testing {

const PracticeCard& card() {
    static const PracticeCard one;
    return one;
}

SignedRequest signed_request() {
    return practice_request(card());
}

QualificationResult ordinary_result() {
    QualificationResult result;
    result.insured_card_classification = "01";
    result.insurer_number = "  138057";
    result.insured_identification_number = "1234567";
    result.insured_branch_number = "01";
    result.name = "試験　一郎";
    result.birthdate = "19800101";
    result.qualification_date = "20200401";
    result.insured_partial_contribution_ratio = "030";
    result.limit_application.classification_flag = "A03";
    return result;
}

Declaration declared_form(std::size_t page) {
    Declaration form;
    form.id = make_request_id();
    form.name = "佐藤　花子";
    form.name_kana = "サトウハナコ";
    form.birth_date = "19440514";
    form.sex = DeclaredSex::Female;
    form.postal_code = "1000001";
    form.address = "東京都架空区みどり町1-2-3";
    form.phone = "03-0000-0000";
    form.insurance = DeclaredInsurance::LaterElderly;
    form.ratio_tenths = 1;
    form.signature = {{{100, 200}, {300, 400}}, {{500, 600}}};
    form.made_at = std::chrono::floor<std::chrono::seconds>(start_time());
    for (std::size_t i = 0; i < page; ++i) form.page.push_back(static_cast<std::uint8_t>(i * 31 + i / 256));
    return form;
}

SignedRequest declared_request(const Declaration& form) {
    SignedRequest request;
    request.id = form.id;
    request.method = Method::Declaration;
    if (const auto question = must(query_text(form, "1312345670")))
        request.body.assign(question->begin(), question->end());
    request.holder_birthdate = form.birth_date;
    request.declaration = must(encode(form));
    return request;
}

SignedRequest declared_request() {
    return declared_request(declared_form());
}

WallTime start_time() {
    return WallTime(std::chrono::seconds(1'760'000'000));
}

Outbox& TestOutbox::open(OutboxOptions options) {
    box.reset();
    box = must(Outbox::open(path(), key.share(), options));
    return *box;
}

namespace {

// The practice requests were confirmed then, and the service takes nothing in that is older than two weeks.
SimulatorOptions at_start_time(SimulatorOptions options) {
    if (!options.now) options.now = start_time;
    return options;
}

}  // namespace

RunningSimulator::RunningSimulator(SimulatorOptions options)
    : m_simulator(must(EligibilitySimulator::create(at_start_time(std::move(options))))) {
    m_thread = std::jthread([this] { m_simulator->run(); });
}

RunningSimulator::~RunningSimulator() {
    m_simulator->stop();
}

ServiceOptions RunningSimulator::service() const {
    ServiceOptions options;
    options.url = m_simulator->url();
    options.ca_pem = m_simulator->ca_pem();
    options.connect_limit = std::chrono::seconds(5);
    options.total_limit = std::chrono::seconds(20);
    return options;
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<std::uint8_t> form_of(const RequestId& id, std::size_t page) {
    Declaration form = declared_form(page);
    form.id = id;
    return must(encode(form));
}

SignedRequest unaskable() {
    Declaration form = declared_form();
    form.birth_date.clear();
    return declared_request(form);
}

RequestSummary only_row(const Outbox& box) {
    return must(box.list()).at(0);
}

}  // namespace uketsuke::net::testing
