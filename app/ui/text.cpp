#include "app/ui/text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "app/ui/ruby.h"

namespace uketsuke::ui {

namespace {

constexpr std::size_t k_largest_catalogue = 4U << 20U;
constexpr std::uint32_t k_magic = 0x950412de;

std::uint32_t swapped(std::uint32_t value) {
    return __builtin_bswap32(value);
}

std::optional<std::uint32_t> number_at(std::string_view bytes, std::size_t offset, bool swap) {
    if (bytes.size() < 4 || offset > bytes.size() - 4) return std::nullopt;
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return swap ? swapped(value) : value;
}

// The string that the length-and-offset pair at `entry` describes.
std::optional<std::string_view> string_at(std::string_view bytes, std::size_t entry, bool swap) {
    const auto length = number_at(bytes, entry, swap);
    const auto offset = number_at(bytes, entry + 4, swap);
    if (!length || !offset || *offset > bytes.size() || *length > bytes.size() - *offset) return std::nullopt;
    return bytes.substr(*offset, *length);
}

}  // namespace

tl::expected<Messages, std::string> read_catalogue(std::string_view bytes) {
    const auto magic = number_at(bytes, 0, false);
    if (!magic || (*magic != k_magic && swapped(*magic) != k_magic)) {
        return tl::unexpected<std::string>("not a compiled message catalogue");
    }
    const bool swap = *magic != k_magic;
    const auto count = number_at(bytes, 8, swap);
    const auto ids = number_at(bytes, 12, swap);
    const auto texts = number_at(bytes, 16, swap);
    if (!count || !ids || !texts || *count > bytes.size() / 8) {
        return tl::unexpected<std::string>("damaged header of a message catalogue");
    }
    Messages messages;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto id = string_at(bytes, std::size_t{*ids} + std::size_t{i} * 8, swap);
        const auto text = string_at(bytes, std::size_t{*texts} + std::size_t{i} * 8, swap);
        if (!id || !text) {
            return tl::unexpected<std::string>("message " + std::to_string(i) + " lies outside of the catalogue");
        }
        if (!id->empty()) messages.emplace(*id, *text);
    }
    return messages;
}

const char* catalogue_of(core::Language language) {
    return core::name_of(language == core::Language::JapaneseFurigana ? core::Language::Japanese : language);
}

tl::expected<Text, std::string> Text::load(const std::string& dir) {
    Text text;
    for (const core::Language language : core::k_languages) {
        const std::string path = dir + "/" + catalogue_of(language) + "/LC_MESSAGES/uketsuke.mo";
        std::ifstream file(path, std::ios::binary | std::ios::ate);
        if (!file) return tl::unexpected<std::string>("catalogue " + path + ": cannot be opened");
        const std::streamoff size = file.tellg();
        if (size < 0 || static_cast<std::size_t>(size) > k_largest_catalogue) {
            return tl::unexpected<std::string>("catalogue " + path + ": larger than a catalogue can be");
        }
        std::string bytes(static_cast<std::size_t>(size), '\0');
        file.seekg(0);
        if (!file.read(bytes.data(), size)) return tl::unexpected<std::string>("catalogue " + path + ": read failed");
        auto messages = read_catalogue(bytes);
        if (!messages) return tl::unexpected<std::string>("catalogue " + path + ": " + messages.error());
        if (language == core::Language::Japanese) {
            for (auto& [key, message] : *messages) message = without_ruby(message);
        }
        text.m_messages[static_cast<std::size_t>(language)] = std::move(*messages);
    }
    return text;
}

std::string_view Text::get(core::Language language, std::string_view key) const {
    const Messages& known = messages(language);
    const auto found = known.find(key);
    return found == known.end() ? key : std::string_view(found->second);
}

const Messages& Text::messages(core::Language language) const {
    return m_messages[static_cast<std::size_t>(language)];
}

std::string fill(std::string_view text, std::string_view name, int value) {
    std::string mark("{");
    mark.append(name).append("}");
    std::string filled(text);
    for (auto at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at)) {
        filled.replace(at, mark.size(), std::to_string(value));
    }
    return filled;
}

std::string fill(std::string_view text, std::string_view name, std::string_view value) {
    std::string mark("{");
    mark.append(name).append("}");
    std::string filled(text);
    for (auto at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at + value.size())) {
        filled.replace(at, mark.size(), value);
    }
    return filled;
}

std::string without_marks(std::string_view words) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_marks{
        {{"|", "¦"}, {"｜", "¦"}, {"《", "〈"}, {"》", "〉"}}};
    std::string plain;
    while (!words.empty()) {
        const auto mark = std::ranges::find_if(k_marks, [&](const auto& one) { return words.starts_with(one.first); });
        plain += mark != k_marks.end() ? mark->second : words.substr(0, 1);
        words.remove_prefix(mark != k_marks.end() ? mark->first.size() : 1);
    }
    return plain;
}

char32_t take_code_point(std::string_view& rest) {
    const auto lead = static_cast<unsigned char>(rest.front());
    const std::size_t length = lead < 0x80          ? 1
                               : (lead >> 5U) == 6  ? 2
                               : (lead >> 4U) == 14 ? 3
                               : (lead >> 3U) == 30 ? 4
                                                    : 0;
    if (length == 0 || length > rest.size()) {
        rest.remove_prefix(1);
        return 0xFFFD;
    }
    char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(rest[i]);
        if ((next & 0xC0U) != 0x80) {
            rest.remove_prefix(1);
            return 0xFFFD;
        }
        point = (point << 6U) | (next & 0x3FU);
    }
    rest.remove_prefix(length);
    return point;
}

}  // namespace uketsuke::ui
