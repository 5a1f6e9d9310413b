// The digits typed so far. Wiped when it goes, when it is moved from, and by clear().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace uketsuke::core {

class Pin {
  public:
    static constexpr std::size_t k_digits = 4;

    Pin() = default;
    Pin(const Pin& other) = default;
    Pin(Pin&& other) noexcept;
    Pin& operator=(const Pin& other) = default;
    Pin& operator=(Pin&& other) noexcept;
    ~Pin();

    // Takes a digit 0–9; anything else, and a fifth digit, is ignored.
    void push(std::uint8_t digit);
    void pop();
    void clear();
    std::size_t size() const { return m_count; }
    bool complete() const { return m_count == k_digits; }
    // ASCII digits as the card takes them; meaningful only when complete().
    const std::array<std::uint8_t, k_digits>& ascii() const { return m_ascii; }

  private:
    std::array<std::uint8_t, k_digits> m_ascii{};
    std::uint8_t m_count = 0;
};

}  // namespace uketsuke::core
