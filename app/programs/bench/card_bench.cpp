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
#include <optional>
#include <string>
#include <thread>
#include <vector>

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

bool right(const card::Result<card::PinAnswer>& answer) {
    return answer && answer->verdict == card::PinVerdict::Right;
}

bool full_read(card::Channel& channel, const card::NumberB& number, card::Traffic& traffic) {
    card::MyNumberCard session(channel);
    const bool whole = session.identify() && session.pin_status() && session.read_certificate() &&
                       right(session.verify_number_b(number)) && session.read_face_record() &&
                       session.read_attributes();
    traffic = session.traffic();
    return whole;
}

// The least that the data need: what each command and its answer must hold, and no command twice.
class Least {
  public:
    card::Traffic traffic;
    void select_application() { exchange(5 + 10, 2); }
    void select_file() { exchange(5 + 2, 2); }
    void query() { exchange(4, 2); }
    void verify(std::size_t secret) { exchange(5 + secret, 2); }
    void read(std::size_t size) {
        for (std::size_t at = 0; at < size; at += 256) exchange(5, std::min<std::size_t>(256, size - at) + 2);
    }

  private:
    void exchange(std::size_t command, std::size_t answer) {
        ++traffic.apdus;
        traffic.sent += command;
        traffic.received += answer;
    }
};

// Sizes of the objects in the files of the application that the session has selected last.
std::optional<std::size_t> size_of(card::MyNumberCard& session, std::uint16_t file, card::ObjectStart start) {
    if (!session.engine().select_file(file, "file")) return std::nullopt;
    const auto object = session.engine().read_object(start, "file");
    if (!object) return std::nullopt;
    return object->size();
}

std::optional<card::Traffic> least_traffic(card::Channel& channel, const card::NumberB& number) {
    using card::ObjectStart;
    card::MyNumberCard session(channel);
    const auto certificate = session.read_certificate();
    if (!certificate || !right(session.verify_number_b(number))) return std::nullopt;
    const auto record = size_of(session, 0x0002, ObjectStart::Ff20AfterStrayBytes);
    const auto issuer_key = size_of(session, 0x0004, ObjectStart::FirstByte);
    if (!session.read_attributes()) return std::nullopt;
    const auto attributes = size_of(session, 0x0002, ObjectStart::Ff20AfterStrayBytes);
    if (!record || !issuer_key || !attributes) return std::nullopt;
    constexpr std::size_t k_token_label = 64;
    Least least;
    least.select_application();
    least.select_file();
    least.read(k_token_label);
    least.select_file();
    least.query();
    least.select_file();
    least.read(certificate->der.size());
    for (const auto& files : {std::vector{*record, *issuer_key}, std::vector{*attributes}}) {
        least.select_application();
        least.select_file();
        least.query();
        least.verify(number.ascii().size());
        for (const std::size_t size : files) {
            least.select_file();
            least.read(size);
        }
    }
    return least.traffic;
}

void count(BenchOutput& out, card::Channel& channel, const card::NumberB& number) {
    card::Traffic ours;
    const auto least = least_traffic(channel, number);
    if (!least || !full_read(channel, number, ours)) {
        return out.skipped("card.full_read.apdus", "the card could not be read");
    }
    constexpr const char* k_least =
        "each application and each file selected once, size/256 reads of each, one query of each counter and one "
        "VERIFY of 照合番号B for each application, from the sizes of the files on this card";
    const auto row = [&](const char* name, const char* unit, std::uint64_t value, std::uint64_t floor,
                         const char* floor_is) {
        out.row({name,
                 unit,
                 static_cast<double>(value),
                 static_cast<double>(value),
                 static_cast<double>(floor),
                 floor_is,
                 {}});
    };
    row("card.full_read.apdus", "apdus", ours.apdus, least->apdus, k_least);
    row("card.full_read.bytes", "bytes", ours.bytes(), least->bytes(), k_least);

    card::MyNumberCard session(channel);
    bool read = session.identify().has_value();
    const auto choice = session.traffic().apdus;
    read = read && session.pin_status() && session.read_certificate();
    if (!read) return out.skipped("card.identify_to_choice", "the card could not be read");
    row("card.identify_to_choice", "apdus", choice, session.traffic().apdus,
        "identity, tries left and certificate read before the patient may choose");
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
        if (const auto channel = reader.connect()) count(out, **channel, *number);
        measure(out, name, reader, *number, 200);
    }
    measure_through_service(out, *card, *number);
}

}  // namespace uketsuke::bench
