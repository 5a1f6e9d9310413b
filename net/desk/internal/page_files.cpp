#include "net/desk/internal/page_files.h"

#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include "net/internal/place_file.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t k_most = 256;
constexpr std::size_t k_largest = 4u << 20;
constexpr std::size_t k_largest_together = 32u << 20;

constexpr std::array<std::pair<std::string_view, const char*>, 14> k_types{
    {{".html", "text/html; charset=utf-8"},
     {".css", "text/css; charset=utf-8"},
     {".js", "text/javascript; charset=utf-8"},
     {".mjs", "text/javascript; charset=utf-8"},
     {".json", "application/json"},
     {".webmanifest", "application/manifest+json"},
     {".svg", "image/svg+xml"},
     {".png", "image/png"},
     {".ico", "image/x-icon"},
     {".woff2", "font/woff2"},
     {".wav", "audio/wav"},
     {".mp3", "audio/mpeg"},
     {".ogg", "audio/ogg"},
     {".txt", "text/plain; charset=utf-8"}}};

const char* type_of(const std::filesystem::path& file) {
    const std::string extension = file.extension().string();
    for (const auto& [known, type] : k_types) {
        if (extension == known) return type;
    }
    return nullptr;
}

}  // namespace

Result<PageFiles> read_page_files(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    const auto bad = [&](const std::string& why) { return fail(Fault::BadOptions, folder.string() + ": " + why); };
    PageFiles files;
    std::size_t together = 0;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const fs::path& path = entry->path();
        if (path.filename().string().starts_with('.')) {
            entry.disable_recursion_pending();
            continue;
        }
        const char* type = type_of(path);
        if (type == nullptr || entry->is_symlink() || !entry->is_regular_file(error)) continue;
        auto bytes = read_plain_file(path, k_largest);
        if (!bytes) return bad(bytes.error().where);
        together += bytes->size();
        if (files.size() >= k_most || together > k_largest_together) return bad("too many or too large files");
        files["/" + path.lexically_relative(folder).generic_string()] = {type, std::move(*bytes)};
    }
    if (error) return bad(error.message());
    const auto index = files.find("/index.html");
    if (index == files.end()) return bad("no index.html");
    files["/"] = index->second;
    return files;
}

}  // namespace uketsuke::net::internal
