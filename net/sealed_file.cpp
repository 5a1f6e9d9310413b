#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"
#include "net/keyring.h"

namespace uketsuke::net {
namespace {

constexpr std::size_t longest_file = std::size_t{64} << 10;

SealingKey key_for(const SealingKey& key) {
    return key.derive("sealed file");
}

}  // namespace

Result<void> write_sealed_file(const std::filesystem::path& path, const SealingKey& key, std::string_view what,
                               std::span<const std::uint8_t> plain) {
    if (plain.size() > longest_file - seal_overhead) {
        return fail(Fault::BadOptions, path.string() + ": more than 64 KiB are not sealed as one file");
    }
    const auto sealed = seal(key_for(key), plain, what);
    return internal::replace_file(path, {reinterpret_cast<const char*>(sealed.data()), sealed.size()});
}

Result<std::vector<std::uint8_t>> read_sealed_file(const std::filesystem::path& path, const SealingKey& key,
                                                   std::string_view what) {
    const auto bytes = internal::read_plain_file(path, longest_file);
    if (!bytes && bytes.error().fault == Fault::AnswerTooBig) return fail(Fault::BadPayload, bytes.error().where);
    if (!bytes) return tl::unexpected(bytes.error());
    auto plain = unseal(key_for(key), {reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()}, what);
    if (!plain) return fail(Fault::BadPayload, path.string() + ": altered, sealed as something else, or another key");
    return plain;
}

}  // namespace uketsuke::net
