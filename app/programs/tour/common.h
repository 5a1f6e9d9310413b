// What the commands of uketsuke-tour share.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/config/config.h"
#include "net/audit_log.h"
#include "net/keyring.h"

namespace uketsuke::tour {

// Says it on standard error; 1.
int trouble(const std::string& what);
int trouble(const net::Error& error);

// A code that wipes itself.
class Code {
  public:
    // A line of standard input, which a terminal does not show.
    static Code ask(const char* prompt);
    // The same; a terminal asks twice, since nobody sees what was typed. Empty: the two differ.
    static Code ask_new(const char* prompt);
    Code(Code&& other) noexcept;
    Code& operator=(Code&&) = delete;
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    ~Code();
    const std::string& text() const { return m_text; }

  private:
    explicit Code(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

// The configuration of a tablet, with the key of the device.
struct Tablet {
    config::Config config;
    net::SealingKey device_key;
    static net::Result<Tablet> load(const std::string& file, net::KeyCreation creation);
    net::Result<std::unique_ptr<net::Keyring>> open_keyring() const;
    std::filesystem::path audit() const;
};

// A tablet whose keyring a member's code has opened.
struct Session {
    Tablet tablet;
    std::unique_ptr<net::Keyring> keyring;
    net::Keyring::Opened opened;
    // Asks for the code. BadKey: it is wrong; it says how many tries are left.
    static net::Result<Session> begin(const std::string& file);
};

// Into the tablet's sealed record. Says so when it cannot; the exit code.
int recorded(const Tablet& tablet, const net::Keyring::Opened& by, const std::string& what, const std::string& more);

}  // namespace uketsuke::tour
