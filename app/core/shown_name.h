// A patient's name on its way to the last screen. Wiped when it goes, when it is moved from, and by clear().
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace uketsuke::core {

class ShownName {
  public:
    static constexpr std::size_t k_longest = 255;  // bytes of UTF-8

    ShownName() = default;
    // Longer than k_longest: empty, since half a name is somebody else's.
    explicit ShownName(std::string_view text) : m_text(text.size() <= k_longest ? text : std::string_view{}) {}
    ShownName(const ShownName& other) : m_text(other.m_text) {}
    ShownName(ShownName&& other) noexcept : m_text(std::move(other.m_text)) { other.clear(); }
    ShownName& operator=(const ShownName& other) {
        if (this != &other) {
            clear();
            m_text = other.m_text;
        }
        return *this;
    }
    ShownName& operator=(ShownName&& other) noexcept {
        if (this != &other) {
            clear();
            m_text = std::move(other.m_text);
            other.clear();
        }
        return *this;
    }
    ~ShownName() { clear(); }

    void clear() {
        // To the end of what the string holds: a short one leaves its characters in place when it is moved away.
        m_text.resize(m_text.capacity());
        explicit_bzero(m_text.data(), m_text.size());
        m_text.clear();
    }
    bool empty() const { return m_text.empty(); }
    std::string_view view() const { return m_text; }
    friend bool operator==(const ShownName&, const ShownName&) = default;

  private:
    std::string m_text;
};

}  // namespace uketsuke::core
