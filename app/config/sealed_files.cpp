#include "app/config/sealed_files.h"

#include <initializer_list>
#include <string>
#include <system_error>

namespace uketsuke::config {

std::vector<std::filesystem::path> sealed_files(const Config& config) {
    std::vector<std::filesystem::path> files;
    const auto with = [&](const std::filesystem::path& file, std::initializer_list<const char*> suffixes) {
        for (const char* suffix : suffixes) files.emplace_back(file.string() + suffix);
    };
    const auto& outbox = config.outbox.path;
    with(outbox, {"", "-wal", "-shm", "-journal", ".lock"});
    std::error_code error;
    // Copies of damaged files, as net/outbox.h keeps them.
    for (int n = 1; std::filesystem::exists(outbox.string() + ".damaged-" + std::to_string(n), error); ++n) {
        with(outbox.string() + ".damaged-" + std::to_string(n), {"", "-wal", "-shm"});
    }
    const auto beside = [&](const char* name) { return outbox.parent_path() / name; };
    with(config.audit.path.empty() ? beside("audit.log") : config.audit.path, {"", ".head", ".torn"});
    with(beside("refused-numbers"), {"", ".damaged"});
    if (!config.visit.client_key.empty()) files.push_back(config.visit.client_key);
    return files;
}

}  // namespace uketsuke::config
