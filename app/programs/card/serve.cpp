#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "app/programs/card/commands.h"
#include "card/authority.h"
#include "card/jp2.h"
#include "card/virtual_card.h"
#include "card/vpcd.h"
#ifdef UKETSUKE_DRAWN_PHOTOS
#include "app/demo/persona_photo.h"
#endif

namespace uketsuke::card_tool {
namespace {

std::atomic<bool> g_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

void stop(int) {
    g_stop = true;
}

int complain(const std::string& what) {
    fmt::print(stderr, "uketsuke-card: {}\n", what);
    return k_bad_input;
}

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

std::optional<Address> parse_address(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    Address out{text.substr(0, colon), 0};
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data() + colon + 1, end, out.port);
    if (error != std::errc{} || at != end || out.port == 0) return std::nullopt;
    return out;
}

card::Result<card::Bytes> photo_of(const card::Persona& persona, const std::string& path) {
    if (!persona.has_front()) return card::Bytes{};
    if (!path.empty()) {
        std::ifstream file(path, std::ios::binary);
        card::Bytes photo(std::istreambuf_iterator<char>(file), {});
        const auto size = card::jp2_size(photo);
        if (!size) return card::fail(card::Fault::BadConfig, path + ": " + size.error().where);
        return photo;
    }
#ifdef UKETSUKE_DRAWN_PHOTOS
    return demo::persona_photo(persona);
#else
    return card::fail(card::Fault::BadConfig, "this build draws no faces: give --photo FILE.jp2");
#endif
}

bool write_authority(const std::string& path) {
    const auto authority = card::Authority::shared();
    if (!authority) return false;
    std::ofstream file(path);
    file << (*authority)->certificate_pem();
    return static_cast<bool>(file.flush());
}

}  // namespace

int serve(const ServeOptions& options) {
    const auto address = parse_address(options.vpcd);
    if (!address) return complain("--vpcd wants HOST:PORT, not \"" + options.vpcd + "\"");
    const bool is_path = options.persona.ends_with(".toml");
    const auto path = is_path ? options.persona : options.folder + "/" + options.persona + ".toml";
    if (!std::filesystem::exists(path)) return complain(path + ": no such persona");
    const auto persona = card::load_persona(path);
    if (!persona) return complain(describe(persona.error()));
    auto photo = photo_of(*persona, options.photo);
    if (!photo) return complain(describe(photo.error()));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto card = card::VirtualCard::make(*persona, std::move(*photo), now);
    if (!card) return complain(describe(card.error()));
    if (!options.authority.empty() && !write_authority(options.authority)) {
        return complain(options.authority + ": cannot be written");
    }
    std::signal(SIGINT, stop);
    std::signal(SIGTERM, stop);
    fmt::print("{} goes onto the reader of vpcd at {}; Ctrl-C takes it away\n", persona->id, options.vpcd);
    std::fflush(stdout);
    const auto served = card::serve_vpcd(**card, address->host, address->port, g_stop);
    if (!served) {
        fmt::print(stderr, "uketsuke-card: {}\n", describe(served.error()));
        return k_no_card;
    }
    return k_done;
}

}  // namespace uketsuke::card_tool
