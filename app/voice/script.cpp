#include "app/voice/script.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "app/voice/segments.h"

namespace uketsuke::voice {
namespace {

constexpr std::array<std::string_view, 4> k_engines{"ja", "ja@easy", "en", "pt_BR"};
// The same sentences as "ja": what differs is for the eye.
constexpr std::string_view k_with_readings = "ja@furigana";

Grammar grammar_of(core::Language language) {
    return std::string_view{core::name_of(language)}.starts_with("ja") ? Grammar::Japanese : Grammar::Other;
}

int value_of(const Segment& segment, const ui::Message& message) {
    return segment.number == 'n' ? message.n : message.m;
}

std::string number_clip(int number) {
    return "number-" + std::to_string(number);
}

std::string number_clip(int number, const Counter& counter) {
    return number_clip(number).append("-").append(counter.code);
}

std::string counter_clip(const Counter& counter) {
    return std::string{"counter-"}.append(counter.code);
}

void add_number(int number, std::vector<std::string>& clips) {
    if (number <= k_last_whole_number) {
        clips.push_back(number_clip(number));
    } else if (number <= 999) {
        clips.push_back(number_clip(number / 100 * 100));
        if (number % 100 != 0) clips.push_back(number_clip(number % 100));
    } else {
        for (const char digit : std::to_string(number)) clips.push_back(number_clip(digit - '0'));
    }
}

void add_number(int number, const Counter* counter, std::vector<std::string>& clips) {
    if (counter != nullptr && number <= counter->together) {
        clips.push_back(number_clip(number, *counter));
        return;
    }
    add_number(number, clips);
    if (counter != nullptr && !counter->alone.empty()) clips.push_back(counter_clip(*counter));
}

void add_number_prompts(std::map<std::string, std::string>& found) {
    const auto add = [&](int number) { found.emplace(number_clip(number), std::to_string(number)); };
    for (int number = 0; number <= k_last_whole_number; ++number) add(number);
    for (int number = 200; number <= 900; number += 100) add(number);
}

void add_counter_prompts(const Counter& counter, std::map<std::string, std::string>& found) {
    for (int number = 0; number <= counter.together; ++number) {
        found.emplace(number_clip(number, counter), std::to_string(number).append(counter.said));
    }
    if (!counter.alone.empty()) found.emplace(counter_clip(counter), counter.alone);
}

// Null when the catalogue lacks the message.
const std::string* find(const ui::Text& text, core::Language language, std::string_view key) {
    const ui::Messages& known = text.messages(language);
    const auto found = known.find(key);
    return found == known.end() ? nullptr : &found->second;
}

std::string word_clip(std::string_view key, int part) {
    return std::string{key}.append(".").append(std::to_string(part));
}

}  // namespace

std::string_view folder_of(core::Language language) {
    const std::string_view name = core::name_of(language);
    return name == k_with_readings ? k_engines.front() : name;
}

bool has_engine(core::Language language) {
    return std::find(k_engines.begin(), k_engines.end(), folder_of(language)) != k_engines.end();
}

std::vector<std::string> clips_of(const ui::Text& text, core::Language language, const ui::Message& message) {
    const std::string* found = find(text, language, message.key);
    if (found == nullptr) return {};
    std::vector<std::string> clips;
    int part = 0;
    for (const Segment& segment : segments_of(*found, grammar_of(language))) {
        if (segment.is_number()) {
            if (value_of(segment, message) < 0) return {};
            add_number(value_of(segment, message), segment.counter, clips);
        } else {
            if (can_be_spoken(segment.words)) clips.push_back(word_clip(message.key, part));
            ++part;
        }
    }
    return clips;
}

std::string sentence_of(const ui::Text& text, core::Language language, const ui::Message& message) {
    const std::string* found = find(text, language, message.key);
    if (found == nullptr) return {};
    const bool spaced = grammar_of(language) != Grammar::Japanese;
    std::string sentence;
    for (const Segment& segment : segments_of(*found, grammar_of(language))) {
        std::string piece = segment.words;
        if (segment.is_number()) {
            if (value_of(segment, message) < 0) return {};
            piece = std::to_string(value_of(segment, message));
            if (segment.counter != nullptr) piece += segment.counter->written;
        }
        if (spaced && !sentence.empty() && !piece.empty()) sentence += ' ';
        sentence += piece;
    }
    return sentence;
}

std::vector<Prompt> prompts(const ui::Text& text, core::Language language) {
    std::map<std::string, std::string> found;
    std::set<const Counter*> counters;
    for (const auto& [key, words] : text.messages(language)) {
        int part = 0;
        for (const Segment& segment : segments_of(words, grammar_of(language))) {
            if (segment.is_number()) {
                if (segment.counter != nullptr) counters.insert(segment.counter);
            } else {
                if (can_be_spoken(segment.words)) found.emplace(word_clip(key, part), segment.words);
                ++part;
            }
        }
    }
    add_number_prompts(found);
    for (const Counter* counter : counters) add_counter_prompts(*counter, found);
    std::vector<Prompt> list;
    list.reserve(found.size());
    for (auto& [clip, words] : found) list.push_back({clip, std::move(words)});
    return list;
}

}  // namespace uketsuke::voice
