#include "app/config/staff_code.h"

#include <array>
#include <charconv>
#include <cstdint>

#include <sodium.h>

namespace uketsuke::config {
namespace {

constexpr std::size_t k_shortest = 4;
constexpr std::size_t k_longest = 12;
constexpr std::string_view k_form = "$argon2id$v=19$m=";
constexpr std::uint64_t k_most_memory_kib = 256 * 1024;
constexpr std::uint64_t k_most_passes = 10;

// Reads "<number><after>" off the front.
bool take_number(std::string_view& rest, std::string_view after, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc{}) return false;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (!rest.starts_with(after)) return false;
    rest.remove_prefix(after.size());
    return true;
}

}  // namespace

bool is_staff_code(std::string_view code) {
    return code.size() >= k_shortest && code.size() <= k_longest &&
           code.find_first_not_of("0123456789") == std::string_view::npos;
}

tl::expected<std::string, std::string> hash_staff_code(std::string_view code) {
    if (!is_staff_code(code)) return tl::unexpected<std::string>("a staff code has 4 to 12 digits");
    if (sodium_init() < 0) return tl::unexpected<std::string>("libsodium does not start");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), code.data(), code.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        return tl::unexpected<std::string>("not enough memory for hashing the staff code");
    }
    return std::string{hash.data()};
}

bool staff_code_matches(const std::string& hash, std::string_view code) {
    if (!is_staff_code(code) || !is_staff_code_hash(hash) || sodium_init() < 0) return false;
    return crypto_pwhash_str_verify(hash.c_str(), code.data(), code.size()) == 0;
}

bool is_staff_code_hash(const std::string& hash) {
    std::string_view rest = hash;
    if (rest.size() >= crypto_pwhash_STRBYTES || !rest.starts_with(k_form)) return false;
    rest.remove_prefix(k_form.size());
    std::uint64_t memory_kib = 0;
    std::uint64_t passes = 0;
    if (!take_number(rest, ",t=", memory_kib) || !take_number(rest, ",p=1$", passes)) return false;
    if (memory_kib > k_most_memory_kib || passes > k_most_passes) return false;
    // The library alone knows the rest of the form; −1 is "not a hash".
    return sodium_init() >= 0 && crypto_pwhash_str_needs_rehash(hash.c_str(), passes, memory_kib * 1024) != -1;
}

}  // namespace uketsuke::config
