#include "net/internal/audit_head.h"

#include <array>
#include <vector>

#include "net/internal/hex.h"
#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view associated = "audit log head";
constexpr std::size_t hash_size = 32;
constexpr std::size_t plain_size = 8 + 2 * hash_size;

void append_hash(std::vector<std::uint8_t>& bytes, const std::string& hash) {
    const auto raw = from_hex<hash_size>(hash).value_or(std::array<std::uint8_t, hash_size>{});
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

}  // namespace

std::filesystem::path audit_head_file(const std::filesystem::path& log) {
    return log.string() + ".head";
}

SealingKey audit_head_key(const SealingKey& key) {
    return key.derive(associated);
}

Result<AuditHead> read_audit_head(const std::filesystem::path& log, const SealingKey& head_key) {
    const std::filesystem::path file = audit_head_file(log);
    const auto sealed = read_plain_file(file, plain_size + seal_overhead);
    const auto foreign = [&] {
        return fail(Fault::BadPayload, file.string() + ": its seal does not hold: altered, or of another key");
    };
    if (!sealed) return sealed.error().fault == Fault::AnswerTooBig ? foreign() : tl::unexpected(sealed.error());
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(sealed->data()), sealed->size());
    const auto plain = unseal(head_key, bytes, associated);
    if (!plain || plain->size() != plain_size) return foreign();
    AuditHead head;
    for (std::size_t i = 0; i < 8; ++i) head.entries |= std::uint64_t{(*plain)[i]} << (8 * i);
    head.hash = to_hex(std::span(*plain).subspan(8, hash_size));
    head.next = to_hex(std::span(*plain).subspan(8 + hash_size));
    return head;
}

Result<void> write_audit_head(const std::filesystem::path& log, const SealingKey& head_key, const AuditHead& head,
                              int owner_like) {
    std::vector<std::uint8_t> plain;
    plain.reserve(plain_size);
    for (std::size_t i = 0; i < 8; ++i) plain.push_back(static_cast<std::uint8_t>(head.entries >> (8 * i)));
    append_hash(plain, head.hash);
    append_hash(plain, head.next);
    const std::vector<std::uint8_t> sealed = seal(head_key, plain, associated);
    return replace_file(audit_head_file(log), {reinterpret_cast<const char*>(sealed.data()), sealed.size()},
                        owner_like);
}

}  // namespace uketsuke::net::internal
