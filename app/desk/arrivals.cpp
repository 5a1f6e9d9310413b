#include "app/desk/arrivals.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/core/masked_name.h"
#include "net/eligibility_client.h"
#include "net/remarks.h"

namespace uketsuke::desk {
namespace {

constexpr int k_oldest = 130;
constexpr std::int64_t k_most_rows = 1'000;
constexpr std::int64_t k_most_forms = 2'000;

std::string today_of(net::WallTime now) {
    return net::jst_date(std::chrono::floor<std::chrono::seconds>(now));
}

std::string_view text_of(const std::vector<std::uint8_t>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

ArrivalState state_of(const net::RequestSummary& summary, std::optional<net::Meaning> meaning) {
    if (summary.has(net::Mark::SetAside)) return ArrivalState::SetAside;
    switch (summary.state) {
        case net::RequestState::Due:
        case net::RequestState::InFlight:
        case net::RequestState::Processing:
            return ArrivalState::Queued;
        case net::RequestState::NeedsStaff:
            return ArrivalState::Problem;
        case net::RequestState::Delivered:
            break;
    }
    if (!meaning) return ArrivalState::Problem;
    switch (net::row_of(*meaning).patient) {
        case net::PatientReads::Confirmed:
            return ArrivalState::Confirmed;
        case net::PatientReads::ConfirmedLater:
            return ArrivalState::Queued;
        case net::PatientReads::SeeTheDesk:
            return ArrivalState::Problem;
    }
    return ArrivalState::Problem;
}

std::string masked(const std::string& name) {
    const core::ShownName shown = core::shown_name(name, core::NameDisplay::Masked);
    return std::string(shown.view());
}

void forget(net::RequestDetail& detail) {
    net::wipe(detail.request);
    net::wipe(detail.answer);
}

}  // namespace

const char* name_of(ArrivalState state) {
    switch (state) {
        case ArrivalState::Queued:
            return "queued";
        case ArrivalState::Confirmed:
            return "confirmed";
        case ArrivalState::Problem:
            return "problem";
        case ArrivalState::SetAside:
            return "set-aside";
    }
    return "";
}

bool is_confirmed(const net::Reconciled& check) {
    return check.result != net::Reconciliation::Unknown && check.claim == net::ClaimCase::CurrentNumber;
}

std::optional<int> age_on(const std::string& birth_date, const std::string& day) {
    const auto number = [](const std::string& date) -> std::optional<int> {
        if (date.size() != 8 || date.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
        return std::stoi(date);
    };
    const auto born = number(birth_date);
    const auto now = number(day);
    if (!born || !now || *now < *born) return std::nullopt;
    const int years = (*now - *born) / 10'000;
    return years <= k_oldest ? std::optional(years) : std::nullopt;
}

Person::~Person() {
    net::OqsAnswer answer;
    answer.results.push_back(std::move(result));
    net::wipe(answer);
}

Arrivals::Arrivals(const net::Outbox& outbox, ArrivalsOptions options)
    : m_outbox(outbox), m_options(std::move(options)) {}

std::optional<Arrivals::Judged> Arrivals::judged(const net::RequestDetail& detail) const {
    auto answer = net::read_answer(text_of(detail.answer));
    if (!answer) return std::nullopt;
    net::Reply reply;
    const bool refused = detail.summary.state == net::RequestState::NeedsStaff;
    reply.kind = refused ? net::ReplyKind::Refused : net::ReplyKind::Answered;
    reply.answer = std::move(*answer);
    net::Expected expected;
    expected.id = detail.summary.id;
    expected.holder_birthdate = detail.request.holder_birthdate;
    expected.remarks.today = today_of(detail.summary.queued_at);
    expected.remarks.covers = m_options.covers;
    expected.remarks.consents = net::consents_given(text_of(detail.request.body));
    Judged judged{net::judge(reply, expected), std::nullopt};
    net::wipe(expected.holder_birthdate);
    // Somebody else's name is nobody's business.
    const bool theirs =
        judged.judgement.meaning != net::Meaning::OtherPerson && judged.judgement.meaning != net::Meaning::OtherRequest;
    if (theirs && reply.answer->results.size() == 1) {
        Person& person = judged.person.emplace();
        person.result = std::move(reply.answer->results.front());
        person.age = age_on(person.result.birthdate, today_of(m_options.now()));
    }
    net::wipe(*reply.answer);
    return judged;
}

Arrival Arrivals::look(const net::RequestSummary& summary) const {
    Arrival arrival;
    auto detail = m_outbox.show(summary.id);
    if (!detail) return arrival;
    arrival.method = detail->request.method;
    if (auto known = judged(*detail)) {
        arrival.meaning = known->judgement.meaning;
        arrival.remarks = std::move(known->judgement.remarks);
        if (known->person) {
            arrival.masked_name = masked(known->person->result.name);
            arrival.age = known->person->age;
        }
    }
    if (summary.has_declaration) compare_form(*detail, arrival);
    forget(*detail);
    return arrival;
}

void Arrivals::compare_form(const net::RequestDetail& detail, Arrival& arrival) const {
    arrival.check.emplace();
    auto bytes = m_outbox.declaration(detail.summary.id);
    if (!bytes) return;
    auto form = net::decode_declaration(*bytes);
    net::wipe(*bytes);
    if (!form) return;
    auto answer = net::read_answer(text_of(detail.answer));
    // What the service said of somebody else says nothing of whoever filled in the form.
    const bool of_another =
        arrival.meaning == net::Meaning::OtherPerson || arrival.meaning == net::Meaning::OtherRequest;
    arrival.check = net::reconcile(*form, answer && !of_another ? &*answer : nullptr);
    if (answer) net::wipe(*answer);
    if (arrival.masked_name.empty()) {
        arrival.masked_name = masked(form->name);
        arrival.age = age_on(form->birth_date, today_of(m_options.now()));
    }
    net::wipe(*form);
}

// With what the last list knew of it, where nothing changed since. Under the lock.
Arrival& Arrivals::taken_in(const net::RequestSummary& row, std::map<std::string, Known>& known) {
    const std::string id = row.id.text();
    if (const auto here = known.find(id); here != known.end()) return here->second.arrival;
    auto before = m_known.extract(id);
    Known now{row.state, row.attempts, row.next_at, row.marks, row.declared_at, {}};
    now.arrival = !before.empty() && same(before.mapped(), now) ? std::move(before.mapped().arrival) : look(row);
    now.arrival.summary = row;
    now.arrival.state = state_of(row, now.arrival.meaning);
    return known.emplace(id, std::move(now)).first->second.arrival;
}

ArrivalLists Arrivals::lists() {
    ArrivalLists lists;
    const auto rows = m_outbox.latest(k_most_rows);
    const auto forms = m_outbox.open_forms(k_most_forms);
    const auto open = m_outbox.open_form_count();
    if (!rows || !forms || !open) return lists;
    const std::string today = today_of(m_options.now());
    const std::lock_guard lock(m_mutex);
    std::map<std::string, Known> known;
    const auto room = [this](const std::vector<Arrival>& list) {
        return static_cast<std::int64_t>(list.size()) < m_options.at_most;
    };
    for (const auto& row : *rows) {
        const bool needs_staff = row.state == net::RequestState::NeedsStaff && !row.has(net::Mark::SetAside);
        if (today_of(row.queued_at) != today && !needs_staff) continue;
        const Arrival& arrival = taken_in(row, known);
        // However many came after it, what needs staff is not pushed off the list.
        if (room(lists.today) || arrival.state == ArrivalState::Problem) lists.today.push_back(arrival);
    }
    for (const auto& row : *forms) {
        const Arrival& arrival = taken_in(row, known);
        if (arrival.check && is_confirmed(*arrival.check)) {
            ++lists.declared.confirmed;
            if (arrival.check->result == net::Reconciliation::Differs) ++lists.declared.differs;
        }
        if (room(lists.declarations)) lists.declarations.push_back(arrival);
    }
    lists.declared.not_confirmed = std::max<std::int64_t>(0, *open - lists.declared.confirmed);
    m_known = std::move(known);
    return lists;
}

bool Arrivals::same(const Known& before, const Known& now) {
    return before.state == now.state && before.attempts == now.attempts && before.changed == now.changed &&
           before.declared == now.declared && (!now.declared || before.marks == now.marks);
}

std::optional<Person> Arrivals::person(const net::RequestId& id) const {
    auto detail = m_outbox.show(id);
    if (!detail) return std::nullopt;
    auto known = judged(*detail);
    forget(*detail);
    if (!known || !known->person) return Person{};
    return std::move(*known->person);
}

}  // namespace uketsuke::desk
