#include "app/ime/word_list.h"

#include <algorithm>

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_most_bytes = std::size_t{32} << 20U;
constexpr std::size_t k_most_lines = 500'000;

bool is_high(char c) {
    return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// Whether the bytes beyond ASCII can be characters at all; which ones is seen when they are asked for.
bool well_formed(std::string_view text, Encoding encoding) {
    if (encoding == Encoding::Utf8) return is_utf8(text);
    for (std::size_t i = 0; i < text.size();) {
        if (!is_high(text[i])) {
            ++i;
            continue;
        }
        const std::size_t length = text[i] == '\x8F' ? 3 : 2;
        if (i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if (!is_high(text[i + k])) return false;
        }
        i += length;
    }
    return true;
}

// The row of hiragana; ー may be inside a reading, not at its beginning.
bool begins_with_hiragana(std::string_view reading, Encoding encoding) {
    if (encoding == Encoding::Utf8) return reading.starts_with("\xE3\x81") || reading.starts_with("\xE3\x82");
    return reading.starts_with('\xA4');
}

// Only the first letter of a note is looked at: 姓 or 名.
std::string_view mark_of(std::string_view note, Encoding encoding) {
    const bool utf8 = encoding == Encoding::Utf8;
    if (note.starts_with(utf8 ? "姓" : "\xC0\xAB")) return ";s";
    if (note.starts_with(utf8 ? "名" : "\xCC\xBE")) return ";g";
    return {};
}

Encoding encoding_of(std::string_view text) {
    for (std::size_t lines = 0; !text.empty() && lines < k_most_lines; ++lines) {
        const std::string_view line = take_line(text);
        if (std::any_of(line.begin(), line.end(), is_high)) return is_utf8(line) ? Encoding::Utf8 : Encoding::EucJp;
    }
    return Encoding::Utf8;
}

}  // namespace

tl::expected<WordList, std::string> WordList::load(const std::filesystem::path& file) {
    const auto text = read_bounded(file, k_most_bytes);
    if (!text) return tl::unexpected(text.error());
    WordList list(encoding_of(*text));
    std::string_view rest = *text;
    for (std::size_t lines = 0; !rest.empty(); ++lines) {
        if (lines == k_most_lines) return tl::unexpected(file.string() + ": has too many lines");
        const auto at = static_cast<std::uint32_t>(list.m_entries.size());
        switch (list.keep(take_line(rest))) {
            case Kept::Yes:
                list.m_at.push_back(at);
                break;
            case Kept::Broken:
                ++list.m_broken;
                break;
            case Kept::NotForUs:
                break;
        }
    }
    if (list.m_at.empty()) return tl::unexpected(file.string() + ": holds no word");
    list.m_entries.shrink_to_fit();
    list.m_at.shrink_to_fit();
    const auto by_reading = [&](std::uint32_t a, std::uint32_t b) { return list.reading_at(a) < list.reading_at(b); };
    if (!std::is_sorted(list.m_at.begin(), list.m_at.end(), by_reading)) {
        std::stable_sort(list.m_at.begin(), list.m_at.end(), by_reading);
    }
    return list;
}

WordList::Kept WordList::keep(std::string_view line) {
    if (line.empty() || line.starts_with(';')) return Kept::NotForUs;
    const Encoding encoding = m_charset.encoding();
    const std::size_t space = line.find(' ');
    if (line.size() > Charset::k_longest_line || space == std::string_view::npos || space == 0 ||
        !line.ends_with('/') || line.size() < space + 4 || line[space + 1] != '/' ||
        line.find('\0') != std::string_view::npos || !well_formed(line, encoding)) {
        return Kept::Broken;
    }
    const std::string_view reading = line.substr(0, space);
    if (!begins_with_hiragana(reading, encoding) || !std::all_of(reading.begin(), reading.end(), is_high)) {
        return Kept::NotForUs;
    }
    const std::size_t before = m_entries.size();
    m_entries.append(reading).append(" ");
    std::size_t words = 0;
    for (std::string_view rest = line.substr(space + 2); !rest.empty();) {
        const std::string_view field = rest.substr(0, rest.find('/'));
        rest.remove_prefix(field.size() + 1);
        const std::size_t note = field.find(';');
        const std::string_view word = field.substr(0, note);
        // "(concat …)" is a program of an editor, no word.
        if (word.empty() || word.starts_with('(')) continue;
        m_entries.append("/").append(word);
        if (note != std::string_view::npos) m_entries.append(mark_of(field.substr(note + 1), encoding));
        ++words;
    }
    m_entries.append("/\n");
    if (words > 0) return Kept::Yes;
    m_entries.resize(before);
    return Kept::NotForUs;
}

std::string_view WordList::reading_at(std::uint32_t at) const {
    const std::string_view from = std::string_view(m_entries).substr(at);
    return from.substr(0, from.find(' '));
}

std::vector<std::uint32_t>::const_iterator WordList::first_of(std::string_view key) const {
    return std::lower_bound(m_at.begin(), m_at.end(), key,
                            [&](std::uint32_t at, std::string_view wanted) { return reading_at(at) < wanted; });
}

bool WordList::has(std::string_view hiragana) {
    const auto key = m_charset.from_utf8(hiragana);
    if (!key || key->empty()) return false;
    const auto found = first_of(key->view());
    return found != m_at.end() && reading_at(*found) == key->view();
}

std::vector<Word> WordList::find(std::string_view hiragana) {
    std::vector<Word> words;
    const auto key = m_charset.from_utf8(hiragana);
    if (!key || key->empty()) return words;
    for (auto at = first_of(key->view()); at != m_at.end() && reading_at(*at) == key->view(); ++at) {
        std::string_view rest = std::string_view(m_entries).substr(*at + key->size() + 2);
        rest = rest.substr(0, rest.find('\n'));
        while (!rest.empty() && words.size() < k_most_words) {
            const std::string_view field = rest.substr(0, rest.find('/'));
            rest.remove_prefix(std::min(rest.size(), field.size() + 1));
            const std::size_t note = field.find(';');
            auto text = m_charset.to_utf8(field.substr(0, note));
            if (!text || text->empty()) continue;
            Word word{std::move(*text), Word::Kind::Any};
            if (field.ends_with(";s")) word.kind = Word::Kind::Surname;
            if (field.ends_with(";g")) word.kind = Word::Kind::Given;
            words.push_back(std::move(word));
        }
    }
    return words;
}

}  // namespace uketsuke::ime
