#include "app/main/small_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>

namespace uketsuke::app {
namespace {

constexpr std::size_t k_longest = 64;

}  // namespace

std::optional<std::string> read_small(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    std::array<char, k_longest> bytes{};
    const auto got = ::read(fd, bytes.data(), bytes.size());
    ::close(fd);
    if (got < 0) return std::nullopt;
    std::string text(bytes.data(), static_cast<std::size_t>(got));
    text.resize(text.find_last_not_of(" \n") + 1);
    return text;
}

std::optional<std::int64_t> read_number(const std::filesystem::path& file) {
    const auto text = read_small(file);
    if (!text) return std::nullopt;
    std::int64_t value = 0;
    const char* const last = text->data() + text->size();
    const auto [end, error] = std::from_chars(text->data(), last, value);
    if (error != std::errc{} || end != last || value < 0) return std::nullopt;
    return value;
}

bool write_number(const std::filesystem::path& file, std::int64_t value) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_TRUNC | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return false;
    const std::string text = std::to_string(value) + '\n';
    const bool whole = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    return ::close(fd) == 0 && whole;
}

}  // namespace uketsuke::app
