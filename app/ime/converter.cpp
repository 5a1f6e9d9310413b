#include "app/ime/converter.h"

#include <algorithm>
#include <optional>

#include "app/core/code_points.h"
#include "app/ime/engine.h"
#include "app/ime/names.h"
#include "app/ime/tiling.h"

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_most_whole = 44;     // the rest of the room is for its beginning
constexpr std::size_t k_most_joined = 10;    // of several words one after the other
constexpr std::size_t k_few_joined = 4;      // of them, where the lists know better
constexpr std::size_t k_most_of_a_word = 6;  // of a word within a longer reading
constexpr std::size_t k_most_of_beginning = 8;

bool is_hiragana(std::string_view text) {
    while (!text.empty()) {
        const auto point = core::take_code_point(text);
        if (!point) return false;
        const bool kana = (*point >= 0x3041 && *point <= 0x3096) || *point == 0x309D || *point == 0x309E;
        if (!kana && *point != 0x30FC) return false;
    }
    return true;
}

Ways texts_of(Ways ways, std::vector<Word> words) {
    for (Word& word : words) ways.push_back(std::move(word.text));
    return ways;
}

Ways joined(const std::vector<Segment>& segments, std::size_t most) {
    std::vector<Ways> parts;
    parts.reserve(segments.size());
    for (const Segment& segment : segments) parts.push_back(segment.candidates);
    return best_joined(parts, "", most);
}

}  // namespace

struct Converter::Inside {
    std::unique_ptr<Engine> engine;
    std::optional<WordList> people;
    std::optional<WordList> full_names;
    std::optional<WordList> places;
    OwnWords own;
    std::vector<std::string> missing;

    void load(std::optional<WordList>& list, const std::filesystem::path& file);
    void load_own(const std::filesystem::path& file);
    bool is_word(std::string_view part, core::KanaHint hint);
    Ways word(std::string_view part, core::KanaHint hint);
    // False: no word in it is known.
    bool add_tiled(std::string_view reading, core::KanaHint hint, CandidateList& list);
    void add_whole(std::string_view reading, core::KanaHint hint, CandidateList& list);
    void add_beginnings(std::string_view reading, core::KanaHint hint, CandidateList& list);
};

namespace {

void tell_broken(std::size_t lines, const std::filesystem::path& file, std::vector<std::string>& missing) {
    if (lines > 0) missing.push_back(file.string() + ": " + std::to_string(lines) + " broken lines are left out");
}

}  // namespace

void Converter::Inside::load(std::optional<WordList>& list, const std::filesystem::path& file) {
    auto loaded = WordList::load(file);
    if (!loaded) {
        missing.push_back(loaded.error());
        return;
    }
    tell_broken(loaded->broken_lines(), file, missing);
    list.emplace(std::move(*loaded));
}

void Converter::Inside::load_own(const std::filesystem::path& file) {
    auto loaded = OwnWords::load(file);
    if (!loaded) {
        missing.push_back(loaded.error());
        return;
    }
    tell_broken(loaded->broken_lines(), file, missing);
    own = std::move(*loaded);
}

bool Converter::Inside::is_word(std::string_view part, core::KanaHint hint) {
    switch (hint) {
        case core::KanaHint::Place:
            return (places && places->has(part)) || !own.places(part).empty();
        case core::KanaHint::Organisation:
            return !own.organisations(part).empty();
        case core::KanaHint::PersonName:
            return false;
    }
    return false;
}

Ways Converter::Inside::word(std::string_view part, core::KanaHint hint) {
    switch (hint) {
        case core::KanaHint::Place:
            return texts_of(own.places(part), places ? places->find(part) : std::vector<Word>{});
        case core::KanaHint::Organisation:
            return own.organisations(part);
        case core::KanaHint::PersonName:
            return {};
    }
    return {};
}

bool Converter::Inside::add_tiled(std::string_view reading, core::KanaHint hint, CandidateList& list) {
    const auto tiles = tile(reading, [&](std::string_view part) { return is_word(part, hint); });
    std::vector<Ways> parts;
    bool any = false;
    for (const Tile& one : tiles) {
        const std::string_view part = reading.substr(one.from, one.bytes);
        Ways ways = one.known ? word(part, hint) : joined(engine->segments(part), k_most_of_a_word);
        if (ways.empty()) ways.emplace_back(part);
        if (ways.size() > k_most_of_a_word) ways.resize(k_most_of_a_word);
        parts.push_back(std::move(ways));
        any = any || one.known;
    }
    if (any) list.add(best_joined(parts, "", k_most_joined), core::characters_in(reading));
    return any;
}

void Converter::Inside::add_whole(std::string_view reading, core::KanaHint hint, CandidateList& list) {
    const std::size_t length = core::characters_in(reading);
    bool known = false;
    if (hint == core::KanaHint::PersonName) {
        Names names(own, people, full_names);
        const bool single = names.add_single(reading, list);
        known = names.add_divided(reading, single, list) || single;
    } else {
        list.add(word(reading, hint), length);
        known = add_tiled(reading, hint, list);
    }
    const auto segments = engine->segments(reading);
    // What the word lists know is likelier than several words of the engine's.
    const bool one_word = segments.size() == 1;
    list.add(joined(segments, one_word ? Engine::k_most_candidates : (known ? k_few_joined : k_most_joined)), length);
    const core::SecretText kana(reading);
    list.add(kana, length);
    list.add(core::katakana(kana), length);
}

void Converter::Inside::add_beginnings(std::string_view reading, core::KanaHint hint, CandidateList& list) {
    if (hint == core::KanaHint::PersonName) {
        Names(own, people, full_names).add_beginnings(reading, list);
    } else {
        for (std::size_t at = core::characters_in(reading) - 1; at >= 2; --at) {
            list.add(word(core::first_characters(reading, at), hint), at, k_most_of_beginning);
        }
    }
    const auto segments = engine->segments(reading);
    if (segments.size() > 1) list.add(segments.front().candidates, segments.front().characters, k_most_of_beginning);
}

Converter::Converter(std::unique_ptr<Inside> inside) : m_inside(std::move(inside)) {}
Converter::~Converter() = default;

tl::expected<std::unique_ptr<Converter>, std::string> Converter::open(const ConverterOptions& options) {
    auto inside = std::make_unique<Inside>();
    auto engine = Engine::open();
    if (!engine) return tl::unexpected(engine.error());
    inside->engine = std::move(*engine);
    inside->load(inside->people, options.word_lists / "SKK-JISYO.jinmei");
    inside->load(inside->full_names, options.word_lists / "SKK-JISYO.fullname");
    inside->load(inside->places, options.word_lists / "SKK-JISYO.geo");
    if (!options.own_words.empty()) inside->load_own(options.own_words);
    // Its dictionary is mapped: the first look into it waits for the disk.
    inside->engine->forget();
    return std::unique_ptr<Converter>(new Converter(std::move(inside)));
}

std::vector<core::Candidate> Converter::convert(std::string_view hiragana, core::KanaHint hint) {
    const std::size_t length = core::characters_in(hiragana);
    if (length == 0 || length > core::k_most_composed || !is_hiragana(hiragana)) return {};
    CandidateList list;
    list.set_room(k_most_whole);
    m_inside->add_whole(hiragana, hint, list);
    list.set_room(core::k_most_candidates);
    if (length > 1) m_inside->add_beginnings(hiragana, hint, list);
    return list.take();
}

void Converter::forget() {
    m_inside->engine->forget();
}

const std::vector<std::string>& Converter::missing() const {
    return m_inside->missing;
}

}  // namespace uketsuke::ime
