#include "net/internal/audit_seal.h"

#include <vector>

#include "net/internal/base64.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view associated = "audit line";
constexpr std::uint8_t sealed_version = 1;

std::optional<std::vector<std::uint8_t>> sealed_bytes(std::string_view text) {
    if (text.empty() || text.front() == '{' || text.size() >= longest_audit_line) return std::nullopt;
    auto bytes = from_base64(std::string(text));
    if (!bytes || bytes->size() <= seal_overhead || bytes->front() != sealed_version) return std::nullopt;
    return bytes;
}

}  // namespace

SealingKey audit_line_key(const SealingKey& key) {
    return key.derive(associated);
}

std::string seal_audit_line(const SealingKey& line_key, std::string_view line) {
    line.remove_suffix(1);
    const std::span plain(reinterpret_cast<const std::uint8_t*>(line.data()), line.size());
    return to_base64(seal(line_key, plain, associated)) + "\n";
}

bool is_sealed_audit_line(std::string_view text) {
    return sealed_bytes(text).has_value();
}

std::optional<std::string> open_audit_line(const SealingKey& line_key, std::string_view text) {
    const auto sealed = sealed_bytes(text);
    if (!sealed) return std::nullopt;
    const auto plain = unseal(line_key, *sealed, associated);
    if (!plain) return std::nullopt;
    return std::string(plain->begin(), plain->end());
}

std::optional<AuditLine> read_stored_audit_line(std::string_view text, const SealingKey* line_key,
                                                AuditLineFault& fault) {
    if (!is_sealed_audit_line(text)) return read_audit_line(text, fault);
    fault = AuditLineFault::Sealed;
    if (line_key == nullptr) return std::nullopt;
    fault = AuditLineFault::Altered;
    const auto line = open_audit_line(*line_key, text);
    return line ? read_audit_line(*line, fault) : std::nullopt;
}

}  // namespace uketsuke::net::internal
