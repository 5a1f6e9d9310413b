#pragma once
// What the tests of net share: a card, a folder, an outbox with a manual clock, and a simulator on a thread.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "app/programs/bench/queue_load.h"
#include "net/declaration.h"
#include "net/drain.h"
#include "net/eligibility_client.h"
#include "net/outbox.h"
#include "net/simulator.h"

namespace uketsuke::net::testing {

using bench::practice_reception;
using bench::practice_request;
using bench::PracticeCard;
using bench::ScratchFolder;

/// One card for the whole program: making RSA keys is slow.
const PracticeCard& card();
SignedRequest signed_request();

/// An insurance about which there is nothing to remark; an invented person, born 1980-01-01.
QualificationResult ordinary_result();

/// A form as it is filled in at the counter, with a signature and a page of `page` bytes; an invented person.
Declaration declared_form(std::size_t page = 3'000);
/// Its request of Method::Declaration, as the kiosk makes it.
SignedRequest declared_request(const Declaration& form);
SignedRequest declared_request();
/// encode() of declared_form() for a row that is there.
std::vector<std::uint8_t> form_of(const RequestId& id, std::size_t page = 3'000);
/// A declaration that says too little to ask the service.
SignedRequest unaskable();
RequestSummary only_row(const Outbox& box);

/// A moment to count from; tests add to it, no clock is read.
WallTime start_time();

/// The value, or a test failure with the error's words and an exception that ends the test.
template <class T>
T must(Result<T> result) {
    if (!result) {
        ADD_FAILURE() << name_of(result.error().fault) << ": " << result.error().where;
        throw std::runtime_error(result.error().where);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class T>
Fault fault_of(const Result<T>& result) {
    EXPECT_FALSE(result.has_value());
    return result ? Fault::Internal : result.error().fault;
}

struct TestOutbox {
    ScratchFolder folder;
    SealingKey key = SealingKey::random();
    std::unique_ptr<Outbox> box;

    std::filesystem::path path() const { return folder / "outbox.db"; }
    Outbox& open(OutboxOptions options = {});
    void close() { box.reset(); }
    Outbox* operator->() const { return box.get(); }
};

class RunningSimulator {
  public:
    explicit RunningSimulator(SimulatorOptions options = {});
    ~RunningSimulator();
    EligibilitySimulator* operator->() const { return m_simulator.get(); }
    ServiceOptions service() const;
    std::unique_ptr<EligibilityClient> client() const { return must(EligibilityClient::create(service())); }

  private:
    std::unique_ptr<EligibilitySimulator> m_simulator;
    std::jthread m_thread;
};

std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, const std::string& bytes);

}  // namespace uketsuke::net::testing
