#pragma once
// A small private file in the place of the one before it, and what that needs. Any thread; callers take turns.

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "net/error.h"

namespace uketsuke::net::internal {

/// Where replace_file() writes first; a crash may leave it.
std::filesystem::path draft_of(const std::filesystem::path& file);

/// On disk when it returns, mode 0600; else the one before it is in its place. `owner_like`: an open file of whose user
/// it is made; -1: this program's user.
Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes, int owner_like = -1);

/// The folder's names are on disk.
Result<void> sync_folder_of(const std::filesystem::path& file);
Result<void> write_whole(int fd, std::string_view bytes, const std::string& what);

/// An exclusive flock() on an open file, for as long as this lives.
class Turn {
  public:
    /// StorageBusy: another program has held it for `longest`.
    static Result<Turn> take(int fd, const std::string& name, std::chrono::milliseconds longest);
    ~Turn();
    Turn(Turn&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Turn& operator=(Turn&&) = delete;
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    explicit Turn(int fd) : m_fd(fd) {}
    int m_fd = -1;
};

}  // namespace uketsuke::net::internal
