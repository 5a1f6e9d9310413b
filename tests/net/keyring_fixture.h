#pragma once
// A tablet's keyring in a folder of its own, with as little work for a code as the file allows.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/internal/keyring_store.h"
#include "net/keyring.h"
#include "tests/net/support.h"

namespace uketsuke::net::testing {

struct KeyringFixture : ::testing::Test {
    ScratchFolder folder{std::filesystem::exists("/dev/shm") ? "/dev/shm" : ""};
    std::filesystem::path path = folder / "tour.keyring";
    SealingKey device_key = SealingKey::random();
    const std::string code = "314159";
    const std::string name = "訪問看護 山田";

    static KeyringOptions quick() {
        KeyringOptions options;
        options.work_passes = 1;
        options.work_memory = std::size_t{8} << 20;
        return options;
    }
    std::unique_ptr<Keyring> make() { return must(Keyring::create(path, device_key.share(), name, code, quick())); }
    std::unique_ptr<Keyring> open() { return must(Keyring::open(path, device_key.share(), quick())); }
    static Keyring::Opened opened(Keyring& ring, std::string_view with) {
        auto attempt = must(ring.try_code(with));
        if (!attempt.opened) throw std::runtime_error("the code opens nothing");
        return std::move(*attempt.opened);
    }
    static std::string text_of(const SealingKey& key) { return {key.bytes().begin(), key.bytes().end()}; }
    /// Every byte of every file here.
    std::string everything() const {
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(path.parent_path())) {
            all += entry.path().filename().string() + "\n" + read_file(entry.path()) + "\n";
        }
        return all;
    }
};

}  // namespace uketsuke::net::testing
