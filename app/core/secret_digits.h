// Digits typed so far that nobody else may learn: the PIN, the number printed on the card. Wiped when they go, when
// they are moved from, and by clear().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace uketsuke::core {

template <std::size_t N>
class SecretDigits {
  public:
    static constexpr std::size_t k_digits = N;

    SecretDigits() = default;
    SecretDigits(const SecretDigits& other) = default;
    SecretDigits(SecretDigits&& other) noexcept : m_ascii(other.m_ascii), m_count(other.m_count) { other.clear(); }
    SecretDigits& operator=(const SecretDigits& other) = default;
    SecretDigits& operator=(SecretDigits&& other) noexcept {
        if (this != &other) {
            m_ascii = other.m_ascii;
            m_count = other.m_count;
            other.clear();
        }
        return *this;
    }
    ~SecretDigits() { clear(); }

    // Takes a digit 0–9; anything else, and a digit too many, is ignored.
    void push(std::uint8_t digit) {
        if (digit > 9 || complete()) return;
        m_ascii[m_count++] = static_cast<std::uint8_t>('0' + digit);
    }
    void pop() {
        if (m_count == 0) return;
        m_ascii[--m_count] = 0;
    }
    void clear() {
        // explicit_bzero: a plain assignment before the end of life may be optimised away.
        explicit_bzero(m_ascii.data(), m_ascii.size());
        m_count = 0;
    }
    std::size_t size() const { return m_count; }
    bool complete() const { return m_count == N; }
    // ASCII digits as the card takes them; meaningful only when complete().
    const std::array<std::uint8_t, N>& ascii() const { return m_ascii; }

  private:
    std::array<std::uint8_t, N> m_ascii{};
    std::uint8_t m_count = 0;
};

using Pin = SecretDigits<4>;
using PrintedNumber = SecretDigits<14>;  // 照合番号B (facts §1.3)

}  // namespace uketsuke::core
