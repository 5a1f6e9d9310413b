#include "app/programs/tour/common.h"

#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace uketsuke::tour {
namespace {

std::string tries(int left) {
    return left == 1 ? "one try is left, and then everything on this tablet is lost"
                     : fmt::format("{} tries are left", left);
}

}  // namespace

int trouble(const std::string& what) {
    fmt::print(stderr, "uketsuke-tour: {}\n", what);
    return 1;
}

int trouble(const net::Error& error) {
    return trouble(fmt::format("{}: {}", net::name_of(error.fault), error.where));
}

Code::Code(Code&& other) noexcept : m_text(other.m_text) {
    net::wipe(other.m_text);
}

Code::~Code() {
    net::wipe(m_text);
}

Code Code::ask(const char* prompt) {
    termios before{};
    const bool terminal = ::isatty(STDIN_FILENO) != 0 && ::tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
        fmt::print(stderr, "{}: ", prompt);
    }
    std::string line;
    std::getline(std::cin, line);
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
        fmt::print(stderr, "\n");
    }
    Code code(line);
    net::wipe(line);
    return code;
}

Code Code::ask_new(const char* prompt) {
    Code first = ask(prompt);
    if (::isatty(STDIN_FILENO) == 0) return first;
    const Code second = ask("Once more");
    return first.text() == second.text() ? std::move(first) : Code("");
}

net::Result<Tablet> Tablet::load(const std::string& file, net::KeyCreation creation) {
    auto config = config::load_config(file);
    if (!config) return net::fail(net::Fault::BadOptions, config.error().text());
    if (!config->visit.enabled) return net::fail(net::Fault::BadOptions, file + ": visit.enabled is not true");
    auto key = net::SealingKey::load_any(config->outbox.key_credential, config->outbox.key_file, creation);
    if (!key) return tl::unexpected(key.error());
    return Tablet{std::move(*config), std::move(*key)};
}

net::Result<std::unique_ptr<net::Keyring>> Tablet::open_keyring() const {
    return net::Keyring::open(config.visit.keyring, device_key.share());
}

std::filesystem::path Tablet::audit() const {
    return config.audit.path.empty() ? config.outbox.path.parent_path() / "audit.log" : config.audit.path;
}

net::Result<Session> Session::begin(const std::string& file) {
    auto tablet = Tablet::load(file, net::KeyCreation::Never);
    if (!tablet) return tl::unexpected(tablet.error());
    auto keyring = tablet->open_keyring();
    if (!keyring) return tl::unexpected(keyring.error());
    const char* const destroyed = "the key is destroyed: what was sealed on this tablet is lost";
    if ((*keyring)->destroyed()) return net::fail(net::Fault::BadKey, destroyed);
    const Code code = Code::ask("Your code");
    // An empty line is a slip, no code.
    if (code.text().empty()) return net::fail(net::Fault::BadOptions, "no code was given");
    auto attempt = (*keyring)->try_code(code.text());
    if (!attempt) return tl::unexpected(attempt.error());
    if (attempt->destroyed) return net::fail(net::Fault::BadKey, destroyed);
    if (!attempt->opened) return net::fail(net::Fault::BadKey, "wrong code; " + tries(attempt->tries_left));
    return Session{std::move(*tablet), std::move(*keyring), std::move(*attempt->opened)};
}

int recorded(const Tablet& tablet, const net::Keyring::Opened& by, const std::string& what, const std::string& more) {
    net::AuditOptions options;
    options.sealed = true;
    const auto log = net::AuditLog::open(tablet.audit(), by.key.share(), std::move(options));
    const auto done = log ? (*log)->append({by.member.name, what, "", "", more}) : tl::unexpected(log.error());
    return done ? 0 : trouble("it is done, and not recorded: " + done.error().where);
}

}  // namespace uketsuke::tour
