// What the tests of Japanese input share.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/ime/converter.h"

namespace uketsuke::ime {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int k_random_readings = 2'000;
#else
inline constexpr int k_random_readings = 20'000;
#endif

inline const std::filesystem::path k_word_lists = "/usr/share/skk";

bool has_word_lists();
// The kiosk's own words, in the source tree.
std::filesystem::path own_words();
// One in a process: libanthy has one state.
Converter& shared_converter();

std::vector<std::string> texts_of(const std::vector<core::Candidate>& candidates);

// A folder that goes with it.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path write(const std::string& name, std::string_view bytes) const;

  private:
    std::filesystem::path m_path;
};

// In kB, of this process: "VmRSS", "RssAnon".
long memory_of(const std::string& what);

}  // namespace uketsuke::ime
