#include "net/internal/audit_line.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "net/internal/hex.h"
#include "net/internal/place_file.h"
#include "net/internal/sha256.h"

namespace uketsuke::net::internal {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_text = 200;
constexpr std::size_t hash_size = 64;
constexpr std::string_view hash_key = ",\"hash\":\"";
// What follows the hashed part: the key, the hash, a quote and a brace.
constexpr std::size_t tail_size = hash_key.size() + hash_size + 2;

struct Character {
    char32_t code = 0;
    std::size_t size = 0;  ///< 0: no UTF-8
};

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
    char32_t code = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        code = code << 6 | (byte(i) & 0x3FU);
    }
    const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (overlong || surrogate || code > 0x10FFFF) return {};
    return {code, size};
}

bool is_unprintable(char32_t code) {
    const bool control = code < 0x20 || (code >= 0x7F && code <= 0x9F);
    const bool line_or_direction = (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
                                   code == 0x200E || code == 0x200F || code == 0x061C || code == 0xFEFF;
    return control || line_or_direction;
}

void add_text(std::string& line, std::string_view key, std::string_view text) {
    line += ",\"";
    line += key;
    line += "\":\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') line += '\\';
        line += c;
    }
    line += '"';
}

std::string hashed_part(const AuditLine& line) {
    const AuditEntry& entry = line.entry;
    std::string text = "{\"n\":" + std::to_string(entry.number);
    add_text(text, "at", audit_time(entry.at));
    add_text(text, "boot", line.boot);
    text += ",\"up_ms\":" + std::to_string(line.up_ms);
    add_text(text, "who", entry.act.who);
    add_text(text, "what", entry.act.what);
    add_text(text, "why", entry.act.why);
    add_text(text, "on", entry.act.on);
    add_text(text, "more", entry.act.more);
    add_text(text, "before", line.before);
    return text;
}

std::string hash_of(const std::string& hashed) {
    return to_hex(sha256(hashed + "}"));
}

int number_in(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

// Whether it is one in this spelling is seen by writing it again.
WallTime moment_of(std::string_view text) {
    if (text.size() != 24) return {};
    const auto part = [&](std::size_t at, std::size_t size) { return number_in(text.substr(at, size)); };
    const std::chrono::year_month_day date{std::chrono::year{part(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                           std::chrono::day{static_cast<unsigned>(part(8, 2))}};
    if (!date.ok()) return {};
    return WallTime(std::chrono::sys_days{date}) + std::chrono::hours(part(11, 2)) + std::chrono::minutes(part(14, 2)) +
           std::chrono::seconds(part(17, 2)) + std::chrono::milliseconds(part(20, 3));
}

bool read_values(const Json& json, AuditLine& line) {
    const auto text = [&](const char* key, std::string& into) {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_string()) return false;
        into = found->get<std::string>();
        return true;
    };
    const auto number = json.find("n");
    const auto up = json.find("up_ms");
    if (number == json.end() || !number->is_number_unsigned() || up == json.end() || !up->is_number_integer()) {
        return false;
    }
    line.entry.number = number->get<std::uint64_t>();
    line.up_ms = up->get<std::int64_t>();
    std::string at;
    AuditAct& act = line.entry.act;
    if (!text("at", at) || !text("boot", line.boot) || !text("who", act.who) || !text("what", act.what) ||
        !text("why", act.why) || !text("on", act.on) || !text("more", act.more) || !text("before", line.before)) {
        return false;
    }
    line.entry.at = moment_of(at);
    return true;
}

}  // namespace

const std::string no_audit_hash(hash_size, '0');

std::string audit_text(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const Character character = first_character(text);
        const std::size_t size = std::max<std::size_t>(character.size, 1);
        std::string_view shown = text.substr(0, size);
        if (character.size == 0) {
            shown = "?";
        } else if (is_unprintable(character.code)) {
            shown = " ";
        }
        if (clean.size() + shown.size() > longest_text) break;
        clean += shown;
        text.remove_prefix(size);
    }
    return clean;
}

std::string audit_time(WallTime at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 64> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string write_audit_line(AuditLine& line) {
    AuditAct& act = line.entry.act;
    for (std::string* text : {&act.who, &act.what, &act.why, &act.on, &act.more, &line.boot}) *text = audit_text(*text);
    std::string text = hashed_part(line);
    line.entry.hash = hash_of(text);
    text += hash_key;
    text += line.entry.hash + "\"}\n";
    return text;
}

std::optional<AuditLine> read_audit_line(std::string_view text, AuditLineFault& fault) {
    fault = AuditLineFault::Unreadable;
    if (text.size() <= tail_size || text.size() >= longest_audit_line) return std::nullopt;
    const std::string hashed(text.substr(0, text.size() - tail_size));
    const std::string_view tail = text.substr(text.size() - tail_size);
    if (!tail.starts_with(hash_key) || !tail.ends_with("\"}")) return std::nullopt;
    const std::string hash(tail.substr(hash_key.size(), hash_size));
    if (!from_hex<hash_size / 2>(hash)) return std::nullopt;
    if (hash != hash_of(hashed)) {
        fault = AuditLineFault::Altered;
        return std::nullopt;
    }
    AuditLine line;
    const Json json = Json::parse(hashed + "}", nullptr, false);
    if (!json.is_object() || !read_values(json, line)) return std::nullopt;
    if (hashed_part(line) != hashed) return std::nullopt;
    line.entry.hash = hash;
    return line;
}

Result<void> each_audit_line(int fd, std::uint64_t from, const std::string& name,
                             const std::function<bool(std::string_view, std::uint64_t, bool)>& each) {
    std::string line;
    std::uint64_t at = from;
    bool begun = false;
    std::array<char, 65'536> chunk{};
    for (;;) {
        const ssize_t size = ::pread(fd, chunk.data(), chunk.size(), static_cast<off_t>(at));
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return tl::unexpected(folder_error(errno, name));
        if (size == 0) break;
        for (std::string_view rest(chunk.data(), static_cast<std::size_t>(size)); !rest.empty();) {
            const std::size_t end = rest.find('\n');
            const std::string_view part = rest.substr(0, end);
            line += part.substr(0, longest_audit_line - std::min(line.size(), longest_audit_line));
            at += part.size();
            begun = true;
            if (end == std::string_view::npos) break;
            ++at;
            rest.remove_prefix(end + 1);
            if (!each(line, at, true)) return {};
            line.clear();
            begun = false;
        }
    }
    if (begun) each(line, at, false);
    return {};
}

}  // namespace uketsuke::net::internal
