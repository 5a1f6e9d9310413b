// Places by postal code. Read from Japan Post's utf_ken_all.csv (or ken_all.csv, Shift_JIS) as a clinic downloads it,
// or from SKK-JISYO.zipcode of Debian's skkdic-extra (EUC-JP or UTF-8); told apart by content.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace uketsuke::ime {

// Constant once loaded; any thread.
class PostalCodes {
  public:
    // Bounded: 64 MiB, 400,000 lines. What stands in brackets (以下に掲載がない場合, 次のビルを除く) is left out of a
    // place. Error: in words, with the line.
    static tl::expected<PostalCodes, std::string> load(const std::filesystem::path& file);

    // "1250051" → {"東京都葛飾区新宿"}; at most 30, in the order of the file; empty for an unknown one and for anything
    // but seven digits.
    std::vector<std::string> find(std::string_view code) const;
    std::size_t size() const { return m_places.size(); }

  private:
    struct Place {
        std::uint32_t code = 0;
        std::uint32_t at = 0;  // in m_text
        std::uint16_t length = 0;
    };
    std::vector<Place> m_places;  // by code, then by order
    std::string m_text;
};

}  // namespace uketsuke::ime
