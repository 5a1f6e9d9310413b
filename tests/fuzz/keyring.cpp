// A tablet's keyring as a thief or a bad disk may have left it. The digests stand between a stranger and the parts, so
// that they are also put right: what is then believed must be written as it was read.
#include <algorithm>
#include <array>

#include "net/internal/keyring_file.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {
namespace {

const net::SealingKey& key() {
    static constexpr std::array<std::uint8_t, net::SealingKey::size> bytes{1};
    static const net::SealingKey one = net::SealingKey::from_bytes(bytes);
    return one;
}

void believe(Input bytes) {
    const auto file = net::internal::decode_keyring(bytes, key());
    if (!file) return;
    promise(file->memory <= net::internal::most_keyring_memory && file->passes <= net::internal::most_keyring_passes,
            "work that would hold the tablet up");
    promise(file->wraps.size() <= net::internal::most_keyring_wraps, "more members than there may be");
    const std::string again = net::internal::encode_keyring(*file, key());
    const std::size_t compared = file->destroyed ? again.size() : bytes.size();
    promise(again.size() == compared &&
                std::equal(again.begin(), again.end(), bytes.begin(),
                           [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }),
            "a second spelling is believed");
}

}  // namespace

int run_keyring(Input bytes) {
    const auto input = exact_copy(bytes);
    believe(input);
    const std::string sealed =
        net::internal::with_keyring_digests({reinterpret_cast<const char*>(input.data()), input.size()}, key());
    believe({reinterpret_cast<const std::uint8_t*>(sealed.data()), sealed.size()});
    return 0;
}

}  // namespace uketsuke::fuzz
