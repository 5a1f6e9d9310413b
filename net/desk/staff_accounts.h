#pragma once
// Who of staff may use the desk's page: names, roles and Argon2id hashes (libsodium) in one file, mode 0600, replaced
// as a whole. A tool may change it while the kiosk runs: it is read again when it changed. Any thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"

namespace uketsuke::net {

enum class Role : std::uint8_t {
    Desk,     ///< receives patients
    Manager,  ///< also reads the audit log, exports, and puts the kiosk out of service
};
const char* name_of(Role role);  ///< "desk", "manager"
std::optional<Role> role_named(std::string_view name);

struct Account {
    std::string name;
    Role role = Role::Desk;
    bool must_change = false;  ///< the password was made by a program: the first sign-in replaces it
    bool has_kiosk_code = false;
    bool operator==(const Account&) const = default;
};

/// 1 to 32 characters: letters of any script, digits, '.', '-', '_' and single spaces inside. NFC is not enforced.
bool is_account_name(std::string_view name);
/// Why it may not be a password; nullopt: it may. 12 to 128 characters, any of them; not the account's name, not one
/// character repeated, not a row of the keyboard, of the alphabet or of the digits, not among the most common ones.
std::optional<std::string> why_not_a_password(std::string_view password, std::string_view account);

class StaffAccounts {
  public:
    static constexpr std::size_t k_most = 100;

    struct Made {
        std::string name;
        std::string password;  ///< shown once, wiped by who shows it
    };

    /// A missing file is made with one manager and a random password: made() says both. BadOptions: a file that is not
    /// as this class writes it (nothing is changed then), or one that others may read.
    static Result<std::unique_ptr<StaffAccounts>> open(const std::filesystem::path& file);
    ~StaffAccounts();
    StaffAccounts(const StaffAccounts&) = delete;
    StaffAccounts& operator=(const StaffAccounts&) = delete;

    /// Once: what open() made. Empty afterwards.
    std::optional<Made> take_made();

    std::vector<Account> list() const;
    std::optional<Account> find(std::string_view name) const;
    /// Costs the same time whether the account exists or not (Argon2id, INTERACTIVE limits: 64 MiB, some 50 ms).
    bool password_matches(std::string_view name, std::string_view password) const;
    /// Changes with every change of an account's password, role or existence: a session of an older one is over.
    std::uint64_t generation(std::string_view name) const;

    /// NotFound, BadOptions (why_not_a_password), StorageFailed.
    Result<void> change_password(std::string_view name, std::string_view password);
    /// With a random password to be changed at the first sign-in. Conflict: the name is taken; BadOptions: no name.
    Result<Made> add(std::string_view name, Role role);
    Result<Made> reset_password(std::string_view name);
    /// Conflict: the last manager.
    Result<void> remove(std::string_view name);
    /// The code with which this person opens the staff functions at the kiosk: 6 to 12 digits; empty takes it away.
    /// Conflict: somebody else's.
    Result<void> set_kiosk_code(std::string_view name, std::string_view code);
    /// Whose code it is. Costs one Argon2id check for each account that has one: not on a thread that draws.
    std::optional<std::string> who_has_code(std::string_view code) const;

    struct Parts;

  private:
    explicit StaffAccounts(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net
