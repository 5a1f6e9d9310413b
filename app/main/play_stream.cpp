#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

#include "app/main/player.h"
#include "app/main/threads.h"
#include "app/workers/bounded_queue.h"

namespace uketsuke::app {
namespace {

constexpr std::chrono::milliseconds k_slice{20};
constexpr std::size_t k_longest_line = 4096;
constexpr std::size_t k_most_waiting = 64;

// nullopt: the input is over. Full, it keeps the reader waiting, so that an endless input takes no memory.
using Lines = workers::BoundedQueue<std::optional<std::string>>;

// What is longer than a line may be is kept only as far as it takes to see that.
void read_all(std::istream& in, Lines& lines) {
    std::string line;
    for (char c = 0; in.get(c);) {
        if (c == '\n') {
            lines.push(std::exchange(line, {}));
        } else if (line.size() <= k_longest_line) {
            line.push_back(c);
        }
    }
    if (!line.empty()) lines.push(std::move(line));
    lines.push(std::nullopt);
}

tl::expected<std::optional<ScenarioLine>, std::string> parsed(std::string line, int number) {
    if (line.size() > k_longest_line) return tl::unexpected<std::string>("longer than a line may be");
    return parse_line(std::move(line), number, "input");
}

// Empty: it held.
std::string play_one(Player& player, const tl::expected<std::optional<ScenarioLine>, std::string>& command) {
    if (!command) return command.error();
    const auto held = player.play(**command);
    return held ? std::string() : held.error().why;
}

}  // namespace

tl::expected<void, NotPlayed> play_stream(std::istream& in, Runtime& runtime, const PlayOptions& options) {
    Lines lines(k_most_waiting);
    Threads reader;
    reader.start("script", [&] { read_all(in, lines); });
    Player player(runtime, options);
    int failed = 0;
    for (int number = 1;;) {
        auto line = lines.try_pop();
        if (!line) {
            runtime.kiosk().pump_for(k_slice);
            continue;
        }
        if (!*line) break;
        const auto command = parsed(std::move(**line), number);
        if (!command || *command) {
            const std::string why = play_one(player, command);
            if (!why.empty()) ++failed;
            const char* screen = core::name_of(runtime.kiosk().screen());
            if (options.say) {
                options.say(why.empty() ? fmt::format("held {} {}: {}", number, screen, (*command)->text)
                                        : fmt::format("not-held {} {}: {}", number, screen, why));
            }
        }
        ++number;
    }
    if (failed == 0) return {};
    return tl::unexpected(NotPlayed{false, fmt::format("{} lines did not hold", failed)});
}

}  // namespace uketsuke::app
