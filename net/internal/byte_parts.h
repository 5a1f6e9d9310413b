#pragma once
// Byte strings made of parts with their lengths (four bytes, big end first), and a reader that believes no length
// before it has compared it with what is there. Pure; any thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::net::internal {

inline void put_number(std::vector<std::uint8_t>& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

inline void put_part(std::vector<std::uint8_t>& out, std::span<const std::uint8_t> part) {
    put_number(out, part.size(), 4);
    out.insert(out.end(), part.begin(), part.end());
}

inline void put_part(std::vector<std::uint8_t>& out, std::string_view text) {
    put_part(out, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

/// Each call takes from the front, or takes nothing and says false.
class PartReader {
  public:
    explicit PartReader(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    bool take(std::size_t count, std::span<const std::uint8_t>& out) {
        if (count > m_bytes.size()) return false;
        out = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return true;
    }
    template <class Number>
    bool take_number(int bytes, Number& out) {
        std::span<const std::uint8_t> digits;
        if (!take(static_cast<std::size_t>(bytes), digits)) return false;
        std::uint64_t number = 0;
        for (const std::uint8_t digit : digits) number = number << 8 | digit;
        out = static_cast<Number>(number);
        return true;
    }
    /// Into a vector or a string, at most `longest` bytes of it.
    template <class Bytes>
    bool take_part(std::size_t longest, Bytes& out) {
        std::uint32_t length = 0;
        std::span<const std::uint8_t> part;
        if (!take_number(4, length) || length > longest || !take(length, part)) return false;
        out.assign(part.begin(), part.end());
        return true;
    }
    std::size_t left() const { return m_bytes.size(); }
    bool done() const { return m_bytes.empty(); }

  private:
    std::span<const std::uint8_t> m_bytes;
};

}  // namespace uketsuke::net::internal
