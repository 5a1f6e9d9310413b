#pragma once
// Names, kana and addresses as they are compared: what two offices write differently of one person is made alike. Pure;
// any thread. The results are personal; they are wiped when they go.

#include <sodium.h>

#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::net::internal {

/// Code points of somebody's name or address. Wiped when it goes.
class Points {
  public:
    Points() = default;
    explicit Points(std::u32string points) : m_points(std::move(points)) {}
    Points(const Points&) = delete;
    Points& operator=(const Points&) = delete;
    Points(Points&& other) noexcept { m_points.swap(other.m_points); }
    Points& operator=(Points&& other) noexcept {
        m_points.swap(other.m_points);
        return *this;
    }
    ~Points() { sodium_memzero(m_points.data(), m_points.size() * sizeof(char32_t)); }
    std::u32string_view view() const { return m_points; }
    bool empty() const { return m_points.empty(); }

  private:
    std::u32string m_points;
};

/// Without blanks, middle dots and variation selectors; wide letters narrow, narrow kana wide, letters large, variants
/// of one ideograph as one.
Points name_form(std::string_view text);
/// As name_form(), all in large katakana without long marks.
Points kana_form(std::string_view text);

/// A ● (〓, U+FFFD) in `known` stands for any one character.
bool same(std::u32string_view said, std::u32string_view known);
/// `known` stands somewhere in `said`, or the other way round.
bool one_holds_the_other(std::u32string_view said, std::u32string_view known);

/// The digits of a text, wide ones narrow: of a postal code, of a date.
std::string digits_of(std::string_view text);

/// A place: its prefecture apart, its numbers in their order (三丁目 is 3), and the words before, between and after
/// them as kana_form() spells them.
struct Place {
    Points prefecture;  ///< empty: none was said
    std::vector<int> numbers;
    std::vector<Points> words;  ///< one more than there are numbers
};
Place place_of(std::string_view address);
/// What one side leaves out at the beginning (the prefecture, the town) or at the end (a building, a room) does not
/// differ.
bool same_place(const Place& said, const Place& known);

}  // namespace uketsuke::net::internal
