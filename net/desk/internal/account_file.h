#pragma once
// The staff's accounts as bytes in a file. One thread at a time.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/desk/staff_accounts.h"

namespace uketsuke::net::internal {

struct AccountRow {
    std::string name;
    Role role = Role::Desk;
    bool must_change = false;
    std::string password_hash;
    std::string code_hash;  ///< of the kiosk code; empty: none
    std::uint64_t generation = 0;
};
using AccountRows = std::vector<AccountRow>;

std::string to_text(const AccountRows& rows);
/// BadOptions: not exactly what to_text() writes, more accounts than may be, two of one name, or no manager.
Result<AccountRows> rows_from(std::string_view text);

const AccountRow* row_named(const AccountRows& rows, std::string_view name);
AccountRow* row_named(AccountRows& rows, std::string_view name);

/// Argon2id at libsodium's INTERACTIVE limits. Internal: no memory.
Result<std::string> slow_hash(std::string_view secret);
bool slow_hash_matches(const std::string& hash, std::string_view secret);
/// Exactly such a hash: another one could cost any time and memory to check.
bool is_slow_hash(const std::string& hash);

/// 16 letters and digits of an alphabet without look-alikes, in groups of four: 79 bits.
std::string random_password();
/// Never 0, which stands for "no such account".
std::uint64_t random_generation();

}  // namespace uketsuke::net::internal
