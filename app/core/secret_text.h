// Text that somebody types or a card says of its holder. Wiped when it goes, when it is moved from, when it grows out
// of its place, and by clear().
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace uketsuke::core {

class SecretText {
  public:
    static constexpr std::size_t k_longest = 600;  // bytes of UTF-8: 200 kana

    SecretText() = default;
    // Longer than k_longest: empty, since half a text says something else.
    explicit SecretText(std::string_view text) { append(text); }
    SecretText(const SecretText& other) { append(other.view()); }
    SecretText(SecretText&& other) noexcept : m_text(std::move(other.m_text)) { other.clear(); }
    SecretText& operator=(const SecretText& other) {
        if (this != &other) {
            clear();
            append(other.view());
        }
        return *this;
    }
    SecretText& operator=(SecretText&& other) noexcept {
        if (this != &other) {
            clear();
            m_text.swap(other.m_text);
            other.clear();
        }
        return *this;
    }
    SecretText& operator=(std::string_view text) { return *this = SecretText(text); }
    ~SecretText() { clear(); }

    // False, and nothing happens, when it would become longer than k_longest.
    bool append(std::string_view text) {
        if (m_text.size() + text.size() > k_longest) return false;
        if (m_text.size() + text.size() > m_text.capacity()) {
            std::string roomier;
            roomier.reserve(std::max<std::size_t>(2 * (m_text.size() + text.size()), 64));
            roomier.append(m_text).append(text);
            clear();
            m_text.swap(roomier);
        } else {
            m_text.append(text);
        }
        return true;
    }
    // Keeps so many bytes.
    void truncate(std::size_t bytes) {
        if (bytes >= m_text.size()) return;
        explicit_bzero(m_text.data() + bytes, m_text.size() - bytes);
        m_text.resize(bytes);
    }
    void clear() {
        // To the end of what the string holds: a short one leaves its characters in place when it is moved away.
        m_text.resize(m_text.capacity());
        explicit_bzero(m_text.data(), m_text.size());
        m_text.clear();
    }
    bool empty() const { return m_text.empty(); }
    std::size_t size() const { return m_text.size(); }
    std::string_view view() const { return m_text; }
    friend bool operator==(const SecretText&, const SecretText&) = default;
    friend bool operator==(const SecretText& text, std::string_view other) { return text.view() == other; }

  private:
    std::string m_text;
};

}  // namespace uketsuke::core
