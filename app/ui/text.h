// The sentences of the screens, in every language.
//
// Source: assets/locale/<language>/uketsuke.po, compiled by msgfmt to <dir>/<language>/LC_MESSAGES/uketsuke.mo.
// Message ids are symbolic ("choose_method.title"). In a text, '\n' ends a line, '|' marks a place where a line may end
// (Japanese has no spaces) and is never drawn, "{n}", "{m}", "{name}" and "{quoted}" are filled by the caller.
// The Japanese catalogues carry the reading of every kanji as Aozora Bunko writes it: 漢字《かんじ》, with ｜ before
// the base where it is not the whole run of kanji before the 《. The compiled catalogues are read by our own bounded
// reader: glibc's gettext() switches languages by changing the environment of the whole process, and no library lists
// the strings that tests look through for missing glyphs.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/core/vocabulary.h"

namespace uketsuke::ui {

using Messages = std::map<std::string, std::string, std::less<>>;

// The folder of the language's catalogue: its name, but Japanese with and without readings are one catalogue.
const char* catalogue_of(core::Language language);

// Immutable after load(); any thread.
class Text {
  public:
    // `dir` holds <catalogue>/LC_MESSAGES/uketsuke.mo for every core::Language. Japanese loses its readings here;
    // Japanese with furigana and plain Japanese keep them. Errors name the file and what is wrong.
    static tl::expected<Text, std::string> load(const std::string& dir);

    // The text, or the key itself when the catalogue lacks it.
    std::string_view get(core::Language language, std::string_view key) const;
    const Messages& messages(core::Language language) const;

  private:
    std::array<Messages, core::k_languages.size()> m_messages;
};

// Reads a compiled catalogue (GNU gettext manual, "The Format of GNU MO Files"), either byte order; refuses what
// points outside of `bytes`. The header entry (empty id) is left out.
tl::expected<Messages, std::string> read_catalogue(std::string_view bytes);

// Replaces every "{name}".
std::string fill(std::string_view text, std::string_view name, int value);
std::string fill(std::string_view text, std::string_view name, std::string_view value);

// What is not of a catalogue, with letters that look the same in place of a catalogue's marks.
std::string without_marks(std::string_view words);

// The next code point of well-formed UTF-8, advancing `rest`; U+FFFD for a byte that is not.
char32_t take_code_point(std::string_view& rest);

}  // namespace uketsuke::ui
