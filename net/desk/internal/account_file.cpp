#include "net/desk/internal/account_file.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

namespace uketsuke::net::internal {
namespace {

using nlohmann::json;

constexpr int k_version = 1;
constexpr std::string_view k_alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

Result<AccountRow> row_from(const json& entry) {
    const auto bad = [] { return fail(Fault::BadOptions, "the accounts file: an entry is not as it was written"); };
    if (!entry.is_object() || entry.size() != 6) return bad();
    AccountRow row;
    row.name = entry.at("name").get<std::string>();
    row.must_change = entry.at("must_change").get<bool>();
    row.password_hash = entry.at("password").get<std::string>();
    row.code_hash = entry.at("kiosk_code").get<std::string>();
    if (!entry.at("generation").is_number_unsigned()) return bad();
    row.generation = entry.at("generation").get<std::uint64_t>();
    const auto role = role_named(entry.at("role").get<std::string>());
    if (!role || !is_account_name(row.name) || row.generation == 0) return bad();
    if (!is_slow_hash(row.password_hash) || (!row.code_hash.empty() && !is_slow_hash(row.code_hash))) return bad();
    row.role = *role;
    return row;
}

}  // namespace

std::string to_text(const AccountRows& rows) {
    json accounts = json::array();
    for (const AccountRow& row : rows) {
        accounts.push_back({{"name", row.name},
                            {"role", name_of(row.role)},
                            {"must_change", row.must_change},
                            {"password", row.password_hash},
                            {"kiosk_code", row.code_hash},
                            {"generation", row.generation}});
    }
    return json{{"version", k_version}, {"accounts", std::move(accounts)}}.dump(1) + "\n";
}

Result<AccountRows> rows_from(std::string_view text) {
    const auto bad = [](const std::string& why) { return fail(Fault::BadOptions, "the accounts file: " + why); };
    AccountRows rows;
    try {
        const json file = json::parse(text);
        if (file.at("version") != k_version) return bad("made by another version");
        const json& accounts = file.at("accounts");
        if (!accounts.is_array() || accounts.size() > StaffAccounts::k_most) return bad("too many accounts");
        std::set<std::string> names;
        for (const json& entry : accounts) {
            auto row = row_from(entry);
            if (!row) return tl::unexpected(row.error());
            if (!names.insert(row->name).second) return bad("a name twice");
            rows.push_back(std::move(*row));
        }
    } catch (const json::exception&) {
        return bad("damaged");
    }
    const bool led = std::any_of(rows.begin(), rows.end(), [](const AccountRow& r) { return r.role == Role::Manager; });
    if (!led) return bad("no manager");
    return rows;
}

const AccountRow* row_named(const AccountRows& rows, std::string_view name) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const AccountRow& r) { return r.name == name; });
    return row == rows.end() ? nullptr : &*row;
}

AccountRow* row_named(AccountRows& rows, std::string_view name) {
    return const_cast<AccountRow*>(row_named(std::as_const(rows), name));
}

Result<std::string> slow_hash(std::string_view secret) {
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), secret.data(), secret.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        return fail(Fault::Internal, "not enough memory for Argon2id");
    }
    return std::string(hash.data());
}

bool slow_hash_matches(const std::string& hash, std::string_view secret) {
    return crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
}

bool is_slow_hash(const std::string& hash) {
    return hash.size() < crypto_pwhash_STRBYTES && hash.starts_with("$argon2id$") &&
           hash.find('\0') == std::string::npos &&
           crypto_pwhash_str_needs_rehash(hash.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                          crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
}

std::string random_password() {
    std::string password;
    for (int i = 0; i < 16; ++i) {
        if (i != 0 && i % 4 == 0) password += '-';
        password += k_alphabet[randombytes_uniform(static_cast<std::uint32_t>(k_alphabet.size()))];
    }
    return password;
}

std::uint64_t random_generation() {
    std::uint64_t value = 0;
    // 53 bits: any program that reads the file as JSON keeps the number.
    while (value == 0) {
        randombytes_buf(&value, sizeof value);
        value >>= 11;
    }
    return value;
}

}  // namespace uketsuke::net::internal
