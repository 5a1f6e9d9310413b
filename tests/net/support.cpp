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

WallTime start_time() {
    return WallTime(std::chrono::seconds(1'760'000'000));
}

Outbox& TestOutbox::open(OutboxOptions options) {
    box.reset();
    box = must(Outbox::open(path(), key.share(), options));
    return *box;
}

RunningSimulator::RunningSimulator(SimulatorOptions options)
    : m_simulator(must(EligibilitySimulator::create(options))) {
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

}  // namespace uketsuke::net::testing
