// How long a whole card takes: in the process, and through a real PC/SC service with a virtual reader.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "app/demo/persona_photo.h"
#include "app/programs/bench/bench.h"
#include "card/my_number_card.h"
#include "card/virtual_reader.h"
#include "card/vpcd.h"

namespace uketsuke::bench {
namespace {

using std::chrono::milliseconds;

constexpr const char* k_virtual_reader = "Virtual PCD 00 00";
constexpr std::uint16_t k_vpcd_port = 35963;  // of the distribution's own reader entry
constexpr const char* k_service = "/usr/sbin/pcscd";
constexpr const char* k_floor = "as many bare SELECTs of the JPKI application through the same stack";

bool full_read(card::Channel& channel, const card::NumberB& number, card::Traffic& traffic) {
    card::MyNumberCard session(channel);
    const auto right = [](const card::Result<card::PinAnswer>& answer) {
        return answer && answer->verdict == card::PinVerdict::Right;
    };
    const bool whole = session.identify() && session.read_certificate() && session.pin_status() &&
                       right(session.verify_number_b(number)) && session.read_face_record() &&
                       session.read_attributes();
    traffic = session.traffic();
    return whole;
}

void measure(BenchOutput& out, const std::string& name, card::Reader& reader, const card::NumberB& number,
             std::size_t runs) {
    auto channel = reader.connect();
    card::Traffic traffic;
    if (!channel || !full_read(**channel, number, traffic)) {
        return out.skipped(name, channel ? "the card could not be read" : describe(channel.error()));
    }
    constexpr std::array<std::uint8_t, 15> k_select{0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0,
                                                    0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
    bool failed = false;
    const auto times = time_paired_ms(
        runs, 5, [&] { failed |= !full_read(**channel, number, traffic); },
        [&] {
            for (std::uint64_t i = 0; i < traffic.apdus; ++i) failed |= !(*channel)->transmit(k_select);
        });
    if (failed) return out.skipped(name, "an exchange failed while measuring");
    Row row{name, "ms", median(times.ours_ms), percentile(times.ours_ms, 99), median(times.floor_ms), k_floor, {}};
    row.extra["reader"] = reader.name();
    row.extra["apdus"] = static_cast<double>(traffic.apdus);
    row.extra["bytes"] = static_cast<double>(traffic.bytes());
    row.extra["apdu_us"] = row.floor * 1000 / static_cast<double>(traffic.apdus);
    out.row(row);
}

// A pcscd of our own, where none runs and we may start one. Ends with the object.
class Service {
  public:
    Service() {
        posix_spawn_file_actions_t quiet;
        posix_spawn_file_actions_init(&quiet);
        posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        std::string name = k_service;
        std::string option = "--foreground";
        std::array<char*, 3> arguments{name.data(), option.data(), nullptr};
        if (posix_spawn(&m_pid, k_service, &quiet, nullptr, arguments.data(), environ) != 0) m_pid = -1;
        posix_spawn_file_actions_destroy(&quiet);
    }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service() {
        if (m_pid <= 0) return;
        kill(m_pid, SIGTERM);
        waitpid(m_pid, nullptr, 0);
    }

  private:
    pid_t m_pid = -1;
};

card::Presence settle(card::Reader& reader, card::Presence until, milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    auto seen = card::Presence::NoService;
    while (seen != until) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
        const auto next = reader.wait(seen, std::max(left, milliseconds(0)));
        if (!next || left.count() <= 0) break;
        seen = *next;
    }
    return seen;
}

void measure_through_service(BenchOutput& out, const std::shared_ptr<card::VirtualCard>& card,
                             const card::NumberB& number) {
    const std::string name = "card.full_read";
    const auto reader = card::open_pcsc_reader(k_virtual_reader);
    std::unique_ptr<Service> service;
    if (settle(*reader, card::Presence::Empty, milliseconds(100)) == card::Presence::NoService) {
        service = std::make_unique<Service>();
    }
    if (settle(*reader, card::Presence::Empty, milliseconds(3000)) != card::Presence::Empty) {
        return out.skipped(name, "no PC/SC service with vsmartcard's reader: install pcscd and vsmartcard-vpcd");
    }
    std::atomic<bool> stop{false};
    std::thread server([&] { (void)card::serve_vpcd(*card, "127.0.0.1", k_vpcd_port, stop); });
    if (settle(*reader, card::Presence::Card, milliseconds(3000)) == card::Presence::Card) {
        measure(out, name, *reader, number, 40);
    } else {
        out.skipped(name, "the virtual card did not appear on the reader");
    }
    stop = true;
    server.join();
}

}  // namespace

void run_card_bench(BenchOutput& out) {
    const std::string name = "card.full_read.in_process";
    const auto persona = card::load_persona(paths().source_dir + "/assets/personas/sato.toml");
    if (!persona) return out.skipped(name, describe(persona.error()));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto card = card::VirtualCard::make(*persona, demo::persona_photo(*persona), now);
    const auto number = persona->number_b();
    if (!card || !number) return out.skipped(name, describe(card ? number.error() : card.error()));
    {
        card::VirtualReader reader;
        reader.place(*card);
        measure(out, name, reader, *number, 200);
    }
    measure_through_service(out, *card, *number);
}

}  // namespace uketsuke::bench
