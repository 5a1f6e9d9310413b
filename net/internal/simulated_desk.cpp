// What the simulated service answers beside receptions, and how it is looked at and told what to do.

#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "net/internal/base64.h"
#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/internal/simulated_answer.h"
#include "net/internal/simulated_service.h"
#include "net/internal/simulator_faults.h"
#include "net/internal/simulator_people.h"

namespace uketsuke::net::internal {
namespace {

std::vector<std::string> serials_of(const SimulatedPerson& person) {
    std::vector<std::string> serials;
    if (!person.serial.empty()) serials.push_back(normal_serial(person.serial));
    for (const std::string& serial : person.other_serials) serials.push_back(normal_serial(serial));
    return serials;
}

}  // namespace

std::string http_date(std::chrono::sys_seconds at) {
    const std::time_t seconds = at.time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    // %a and %b are English in the "C" locale alone, and a kiosk may run in another.
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                  months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                  parts.tm_sec);
    return text.data();
}

std::string SimulatedService::retry_after() const {
    if (m_faults.retry_after.count() == 0) return "";
    if (!m_faults.retry_after_as_date) return std::to_string(m_faults.retry_after.count());
    return http_date(service_time() + m_faults.retry_after);
}

ServiceAnswer SimulatedService::registration(const std::string& certificate_sha256, const std::string& certificate) {
    std::unique_lock lock(m_mutex);
    Cut cut = Cut::None;
    if (auto done = arrive(lock, "", cut)) return *done;
    auto serial = m_book.serial_of_card(certificate_sha256);
    if (!certificate.empty()) {
        const auto der = from_base64(certificate);
        const Digest digest = sha256(der.value_or(std::vector<std::uint8_t>{}));
        const auto read = read_certificate(der.value_or(std::vector<std::uint8_t>{}));
        if (!read || to_hex(digest) != certificate_sha256) {
            return refuse("", {400, refused::document, "the certificate is none, or not the one that is asked for"});
        }
        serial = serial_of(read->get());
        m_book.know_card(certificate_sha256, *serial);
        m_book.changed();
    }
    if (!serial) return {404, "", "", cut};
    const Person person = m_faults.answer_as.empty() ? person_of(*serial) : person_called(m_faults.answer_as);
    const bool known = person ? person->registered : m_options.unknown_person == UnknownPerson::Valid;
    const bool registered = known || m_book.is_registered(*serial);
    ServiceAnswer answer = sent(with_body_element(short_answer(service_time(), "", SegmentOfResult::Normal),
                                                  "HealthCardRegistration", registered ? "1" : "2"),
                                person && person->shift_jis);
    answer.cut = cut;
    return answer;
}

SimulatedService::Person SimulatedService::person_of(const std::string& serial) const {
    const auto found = m_by_serial.find(serial);
    return found == m_by_serial.end() ? nullptr : found->second;
}

SimulatedService::Person SimulatedService::person_called(const std::string& id) const {
    const auto found = std::find_if(m_people.begin(), m_people.end(), [&](const auto& one) { return one->id == id; });
    return found == m_people.end() ? nullptr : *found;
}

void SimulatedService::add_person(const SimulatedPerson& person) {
    const std::lock_guard lock(m_mutex);
    const auto serials = serials_of(person);
    std::erase_if(m_people, [&](const Person& one) {
        if (!person.id.empty() && one->id == person.id) return true;
        const auto theirs = serials_of(*one);
        return std::any_of(theirs.begin(), theirs.end(), [&](const std::string& serial) {
            return std::find(serials.begin(), serials.end(), serial) != serials.end();
        });
    });
    m_people.push_back(std::make_shared<const SimulatedPerson>(person));
    m_by_serial.clear();
    for (const Person& one : m_people) {
        for (const std::string& serial : serials_of(*one)) m_by_serial.insert_or_assign(serial, one);
    }
}

std::vector<SimulatedPerson> SimulatedService::people() const {
    const std::lock_guard lock(m_mutex);
    std::vector<SimulatedPerson> list;
    for (const Person& person : m_people) list.push_back(*person);
    return list;
}

Result<void> SimulatedService::introduce_card(std::span<const std::uint8_t> certificate_der) {
    const auto certificate = read_certificate(certificate_der);
    if (!certificate) return tl::unexpected(certificate.error());
    const std::lock_guard lock(m_mutex);
    m_book.know_card(to_hex(sha256(certificate_der)), serial_of(certificate->get()));
    m_book.changed();
    return {};
}

Result<void> SimulatedService::set_fault(const SimulatorFaults& faults) {
    if (auto checked = check_ranges(faults); !checked) return checked;
    const std::lock_guard lock(m_mutex);
    if (!faults.answer_as.empty() && !person_called(faults.answer_as)) {
        return fail(Fault::BadOptions, "faults: answer_as names nobody in the table");
    }
    m_faults = faults;
    return {};
}

SimulatorFaults SimulatedService::fault() const {
    const std::lock_guard lock(m_mutex);
    return m_faults;
}

std::vector<ReceivedReception> SimulatedService::receptions() const {
    const std::lock_guard lock(m_mutex);
    return m_book.receptions();
}

std::vector<ReceivedQuery> SimulatedService::queries() const {
    const std::lock_guard lock(m_mutex);
    return m_book.queries();
}

std::vector<RefusedCall> SimulatedService::refused() const {
    const std::lock_guard lock(m_mutex);
    return m_book.refused();
}

std::string SimulatedService::state_json() const {
    const std::lock_guard lock(m_mutex);
    return m_book.to_json();
}

std::int64_t SimulatedService::calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

bool SimulatedService::wait_for_calls(std::int64_t n, std::chrono::milliseconds limit) const {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, limit, [&] { return m_calls >= n; });
}

std::chrono::sys_seconds SimulatedService::now() const {
    const std::lock_guard lock(m_mutex);
    return service_time();
}

void SimulatedService::idle() {
    const std::lock_guard lock(m_mutex);
    m_book.write_if_waiting();
}

void SimulatedService::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_book.write_if_waiting();
    m_changed.notify_all();
}

}  // namespace uketsuke::net::internal
