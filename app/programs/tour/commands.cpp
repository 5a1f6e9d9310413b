#include "app/programs/tour/commands.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/config/sealed_files.h"
#include "app/programs/tour/common.h"

namespace uketsuke::tour {
namespace {

constexpr std::size_t longest_key = 32'768;

std::string words_for(const net::Keyring::Member& member) {
    return fmt::format("member {} {}", member.number, member.name);
}

// What lies there was sealed under a key that is gone, and would never open again.
std::string leftover(const Tablet& tablet) {
    for (const auto& path : {tablet.config.outbox.path, tablet.audit()}) {
        std::error_code error;
        if (std::filesystem::exists(path, error)) return path.string();
    }
    return "";
}

net::Result<std::vector<std::uint8_t>> read_key(const std::string& file) {
    const auto failed = [&] { return net::fail(net::Fault::BadKey, file + ": " + std::strerror(errno)); };
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return failed();
    // One byte more than it may have, so that a longer one shows.
    std::vector<std::uint8_t> bytes(longest_key + 1);
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < bytes.size() && (got = ::read(fd, bytes.data() + size, bytes.size() - size)) > 0) {
        size += static_cast<std::size_t>(got);
    }
    const bool read = got >= 0;
    const auto error = failed();
    ::close(fd);
    bytes.resize(size);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const bool fits = size <= longest_key && text.find("PRIVATE KEY-----") != std::string_view::npos;
    const bool locked = text.find("ENCRYPTED") != std::string_view::npos;
    if (read && fits && !locked) return bytes;
    net::wipe(bytes);
    if (!read) return error;
    if (locked)
        return net::fail(net::Fault::BadKey, file + ": take its passphrase off first, the kiosk cannot ask for it");
    return net::fail(net::Fault::BadKey, file + ": it is no private key in PEM");
}

// Noise over the whole file, then it goes. Empty: done.
std::string overwrite(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) return path.string() + ": " + error.message();
    const auto noise = net::SealingKey::random();
    std::ofstream out(path, std::ios::binary | std::ios::in);
    for (std::uintmax_t at = 0; at < size; at += net::SealingKey::size) {
        out.write(reinterpret_cast<const char*>(noise.bytes().data()), net::SealingKey::size);
    }
    out.close();
    if (!out) return path.string() + ": cannot be overwritten";
    std::filesystem::remove(path, error);
    return error ? path.string() + ": " + error.message() : std::string();
}

}  // namespace

int set_up(const Arguments& a) {
    const auto tablet = Tablet::load(a.config, net::KeyCreation::IfAbsent);
    if (!tablet) return trouble(tablet.error());
    if (const auto there = tablet->open_keyring(); there && !(*there)->destroyed()) {
        return trouble(tablet->config.visit.keyring.string() + ": this tablet is set up; enrol adds a member");
    }
    if (const std::string path = leftover(*tablet); !path.empty()) {
        return trouble(path + ": sealed under another key, or not at all; put it away first");
    }
    const Code code = Code::ask_new("Code of the first member, 6 to 12 digits");
    const auto made =
        net::Keyring::create(tablet->config.visit.keyring, tablet->device_key.share(), a.name, code.text());
    if (!made) return trouble(made.error());
    auto attempt = (*made)->try_code(code.text());
    if (!attempt) return trouble(attempt.error());
    if (!attempt->opened) return trouble("the new keyring does not open");
    fmt::print("{} is member 1\ndevice {}\nNote the device where the clinic can report it as lost.\n", a.name,
               (*made)->device());
    return recorded(*tablet, *attempt->opened, "tablet set up", words_for(attempt->opened->member));
}

int enrol(const Arguments& a) {
    const auto session = Session::begin(a.config);
    if (!session) return trouble(session.error());
    const Code code = Code::ask_new("Code of the new member, 6 to 12 digits");
    const auto member = session->keyring->enrol(session->opened, a.name, code.text());
    if (!member) return trouble(member.error());
    fmt::print("{} is member {}\n", member->name, member->number);
    return recorded(session->tablet, session->opened, "tour member enrolled", words_for(*member));
}

int list(const Arguments& a) {
    const auto session = Session::begin(a.config);
    if (!session) return trouble(session.error());
    const auto members = session->keyring->list(session->opened.key);
    if (!members) return trouble(members.error());
    for (const net::Keyring::Member& member : *members) fmt::print("{}\t{}\n", member.number, member.name);
    return 0;
}

int remove(const Arguments& a) {
    const auto session = Session::begin(a.config);
    if (!session) return trouble(session.error());
    if (auto gone = session->keyring->remove(session->opened.key, a.number); !gone) return trouble(gone.error());
    fmt::print("member {} is removed\n", a.number);
    return recorded(session->tablet, session->opened, "tour member removed", fmt::format("member {}", a.number));
}

int seal_client_key(const Arguments& a) {
    const auto session = Session::begin(a.config);
    if (!session) return trouble(session.error());
    const std::filesystem::path& target = session->tablet.config.visit.client_key;
    if (target.empty()) return trouble("visit.client_key is empty: it says where the sealed key goes");
    std::error_code error;
    if (std::filesystem::equivalent(a.source, target, error)) return trouble("the source is visit.client_key itself");
    auto key = read_key(a.source);
    if (!key) return trouble(key.error());
    const auto sealed = net::write_sealed_file(target, session->opened.key, net::client_key_seal, *key);
    net::wipe(*key);
    if (!sealed) return trouble(sealed.error());
    fmt::print("{} is sealed as {}\nNow remove {} from this machine: it is readable as it lies there.\n", a.source,
               target.string(), a.source);
    return recorded(session->tablet, session->opened, "client key sealed", "");
}

int device(const Arguments& a) {
    const auto tablet = Tablet::load(a.config, net::KeyCreation::Never);
    if (!tablet) return trouble(tablet.error());
    const auto keyring = tablet->open_keyring();
    if (!keyring) return trouble(keyring.error());
    fmt::print("device {}\n{}\n", (*keyring)->device(),
               (*keyring)->destroyed()
                   ? std::string("destroyed")
                   : fmt::format("members {}\ntries left {}", (*keyring)->members(), (*keyring)->tries_left()));
    return 0;
}

int destroy(const Arguments& a) {
    const auto tablet = Tablet::load(a.config, net::KeyCreation::Never);
    if (!tablet) return trouble(tablet.error());
    const auto keyring = tablet->open_keyring();
    if (keyring) {
        if (auto gone = (*keyring)->destroy(); !gone) return trouble(gone.error());
        fmt::print("device {}\n", (*keyring)->device());
    } else if (keyring.error().fault == net::Fault::BadPayload) {
        // One that cannot be read opens nothing; it only stands in the way.
        if (const std::string why = overwrite(tablet->config.visit.keyring); !why.empty()) return trouble(why);
    } else {
        return trouble(keyring.error());
    }
    for (const auto& file : config::sealed_files(tablet->config)) {
        std::error_code error;
        std::filesystem::remove(file, error);
        if (error) return trouble(file.string() + ": " + error.message());
    }
    fmt::print("destroyed: what was sealed on this tablet is lost for good\n");
    return 0;
}

}  // namespace uketsuke::tour
