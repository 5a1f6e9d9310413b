#include "app/declaration/printer_trouble.h"

#include <algorithm>
#include <array>

namespace uketsuke::declaration {
namespace {

constexpr std::array<std::string_view, 13> k_somebody_has_to_walk{
    "media-empty",       "media-needed",        "media-jam",         "toner-empty", "marker-supply-empty",
    "marker-waste-full", "developer-empty",     "door-open",         "cover-open",  "interlock-open",
    "output-area-full",  "output-tray-missing", "input-tray-missing"};
constexpr std::array<std::string_view, 8> k_away{"offline", "paused",   "moving-to-paused", "shutdown",
                                                 "stopped", "stopping", "timed-out",        "connecting-to-device"};
constexpr std::array<std::string_view, 10> k_away_in_words{
    "may not exist",  "not responding",   "unreachable",    "Unable to locate", "not connected",
    "現在存在しない", "応答していません", "到達できません", "見つかりません",   "接続されていません"};

std::string_view without_severity(std::string_view reason) {
    for (const std::string_view severity : {"-error", "-warning", "-report"}) {
        if (reason.ends_with(severity)) reason.remove_suffix(severity.size());
    }
    return reason;
}

}  // namespace

std::optional<Printed> trouble_of(std::string_view reason) {
    const std::string_view word = without_severity(reason);
    if (std::ranges::find(k_somebody_has_to_walk, word) != k_somebody_has_to_walk.end()) return Printed::NoPaper;
    if (std::ranges::find(k_away, word) != k_away.end()) return Printed::Offline;
    return std::nullopt;
}

std::optional<Printed> trouble_in(std::string_view message) {
    const bool away = std::ranges::any_of(
        k_away_in_words, [message](std::string_view words) { return message.find(words) != std::string_view::npos; });
    return away ? std::optional{Printed::Offline} : std::nullopt;
}

}  // namespace uketsuke::declaration
