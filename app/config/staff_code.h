// The code with which staff open the visual check, kept only as an Argon2id hash. Stateless; any thread.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace uketsuke::config {

// 4 to 12 digits: what the kiosk takes in.
bool is_staff_code(std::string_view code);

// The text for staff.visual_check_code_hash (libsodium crypto_pwhash_str at INTERACTIVE limits: 64 MiB, some 50 ms).
// Error: not a staff code, or no memory.
tl::expected<std::string, std::string> hash_staff_code(std::string_view code);

// Takes as long as the hash says, whatever the answer: keep it off the ui thread.
bool staff_code_matches(const std::string& hash, std::string_view code);

// Whether it is an Argon2id hash that can be checked here in reasonable time: at most 256 MiB and 10 passes.
bool is_staff_code_hash(const std::string& hash);

}  // namespace uketsuke::config
