// Today's receptions as staff see them, read from the outbox: it is the only store of them, so that a kiosk that was
// restarted shows what it showed before.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "net/declaration.h"
#include "net/meaning.h"
#include "net/outbox.h"

namespace uketsuke::desk {

enum class ArrivalState : std::uint8_t { Queued, Confirmed, Problem, SetAside };
const char* name_of(ArrivalState state);  // "queued", "confirmed", "problem", "set-aside"

struct Arrival {
    net::RequestSummary summary;
    net::Method method = net::Method::Pin;
    ArrivalState state = ArrivalState::Queued;
    std::string masked_name;  // 山○ 太○; as the service named them, else as their form does; empty: nobody was named
    std::optional<int> age;
    std::optional<net::Meaning> meaning;
    std::vector<net::Remark> remarks;
    std::optional<net::Reconciled> check;  // of the form that is kept with it; nullopt: there is none
};

// Of whom the service named, in full. Personal: wiped when it goes.
struct Person {
    net::QualificationResult result;
    std::optional<int> age;
    Person() = default;
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;
    Person(Person&&) = default;
    Person& operator=(Person&&) = default;
    ~Person();
};

struct ArrivalsOptions {
    std::function<net::WallTime()> now;
    std::function<bool(char32_t)> covers;  // as net::RemarkContext
    std::int64_t at_most = 200;
};

// Of all forms that are not reconciled, also of those that the list leaves out.
struct DeclaredCounts {
    std::int64_t confirmed = 0;      // is_confirmed()
    std::int64_t differs = 0;        // of the confirmed ones
    std::int64_t not_confirmed = 0;  // all others, and any beyond the two thousand newest
    bool operator==(const DeclaredCounts&) const = default;
};

// The service knows them, and an insurance that holds: one that ended confirms nobody.
bool is_confirmed(const net::Reconciled& check);

struct ArrivalLists {
    // Of today in Japan, and older ones that still need staff.
    std::vector<Arrival> today;
    // Whose form is not reconciled, of any day; at most ArrivalsOptions::at_most, the newest.
    std::vector<Arrival> declarations;
    DeclaredCounts declared;
};

// Any thread.
class Arrivals {
  public:
    Arrivals(const net::Outbox& outbox, ArrivalsOptions options);

    // Newest first. Empty when the outbox does not answer.
    ArrivalLists lists();
    std::vector<Arrival> today() { return lists().today; }
    // nullopt: no such request. Without a result: nobody was named.
    std::optional<Person> person(const net::RequestId& id) const;

  private:
    // What an answer said. Nothing in it names anybody: the name is masked.
    struct Known {
        net::RequestState state{};
        int attempts = 0;
        net::WallTime changed{};
        decltype(net::RequestSummary::marks) marks{};  // another form for the same reception changes them
        std::optional<net::WallTime> declared;
        Arrival arrival;
    };
    struct Judged {
        net::Judgement judgement;
        std::optional<Person> person;
    };
    std::optional<Judged> judged(const net::RequestDetail& detail) const;
    void compare_form(const net::RequestDetail& detail, Arrival& arrival) const;
    Arrival look(const net::RequestSummary& summary) const;
    Arrival& taken_in(const net::RequestSummary& row, std::map<std::string, Known>& known);
    static bool same(const Known& before, const Known& now);

    const net::Outbox& m_outbox;
    ArrivalsOptions m_options;
    std::mutex m_mutex;
    std::map<std::string, Known> m_known;  // by request id; those of the last list
};

// Whole years between two dates yyyyMMdd; nullopt when one is none, or it gives no age of a person.
std::optional<int> age_on(const std::string& birth_date, const std::string& day);

}  // namespace uketsuke::desk
