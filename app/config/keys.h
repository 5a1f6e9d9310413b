// The one table of what can be configured. Internal to app/config.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/config/config.h"

namespace uketsuke::config {

template <class T>
using Place = std::function<T&(Config&)>;

// "portal notice" in order; nullopt: another word, or one twice.
std::optional<std::vector<core::OtherWay>> other_ways_of(std::string_view words);

struct BoolField {
    Place<bool> of;
};

struct IntField {
    Place<int> of;
    int least;
    int most;
};

struct NumberField {
    Place<double> of;
    double least;
    double most;
    bool above_least = false;  // `least` itself is out of range
};

struct TimeField {
    std::function<std::chrono::milliseconds(const Config&)> get;
    std::function<void(Config&, std::chrono::milliseconds)> set;
    std::chrono::milliseconds unit;  // of the number in the file
    int least;
    int most;
};

struct WordField {
    std::function<std::size_t(const Config&)> get;  // index into words
    std::function<void(Config&, std::size_t)> set;
    std::vector<std::string_view> words;
};

struct TextField {
    Place<std::string> of;
    std::string_view form;           // what fits, in words
    bool (*fits)(std::string_view);  // called only for text without control characters, at most k_longest_text bytes
    bool number_too = false;         // a whole number from 0 is taken as its digits
};

// Where a relative path of the file starts.
enum class Base : std::uint8_t { ConfigFile, Assets };

struct PathField {
    Place<std::filesystem::path> of;
    Base base;
    std::string_view standard;  // the default, as the file would say it; empty: none
};

using Field = std::variant<BoolField, IntField, NumberField, TimeField, WordField, TextField, PathField>;

struct Key {
    std::string_view table;  // empty: before the first [table]
    std::string_view name;
    Field field;
    std::string_view explanation;  // one sentence without its full stop

    std::string full_name() const;  // "card.reader"
};

inline constexpr std::size_t k_longest_text = 1024;  // bytes

// In the order of the reference. Keys of one table stand together; asset_dir is first, since others start at it.
const std::vector<Key>& keys();

// What a table is about, one sentence without its full stop.
std::string_view about_table(std::string_view table);

std::string type_of(const Key& key);     // "whole number"
std::string range_of(const Key& key);    // "160 to 7680"
std::string default_of(const Key& key);  // as TOML: "1280", "\"pcsc\""

}  // namespace uketsuke::config
