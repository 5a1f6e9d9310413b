// Bytes and text that are wiped when they are freed: on destruction and on every reallocation.
// Plain values: movable and copyable (a copy is wiped on its own), no thread ownership.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace uketsuke::card {

// Overwrites memory in a way that the compiler does not remove.
void wipe(void* memory, std::size_t size) noexcept;

template <class T>
struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U>
    WipingAllocator(const WipingAllocator<U>&) noexcept {}
    T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
    void deallocate(T* memory, std::size_t count) noexcept {
        wipe(memory, count * sizeof(T));
        std::allocator<T>{}.deallocate(memory, count);
    }
    friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

using SecretBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

// UTF-8 text of a person. Never empty-terminated; take what is needed through view() and let it go.
class SecretText {
  public:
    SecretText() = default;
    explicit SecretText(std::string_view text) : m_bytes(text.begin(), text.end()) {}
    explicit SecretText(std::span<const std::uint8_t> utf8) : m_bytes(utf8.begin(), utf8.end()) {}
    std::string_view view() const { return {reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()}; }
    bool empty() const { return m_bytes.empty(); }
    friend bool operator==(const SecretText& a, const SecretText& b) { return a.view() == b.view(); }

  private:
    SecretBytes m_bytes;
};

// Wipes an ordinary buffer when the scope ends (an answer that a Channel returned, a command with a PIN in it).
class WipeAtEnd {
  public:
    explicit WipeAtEnd(std::vector<std::uint8_t>& buffer) : m_buffer(buffer) {}
    WipeAtEnd(const WipeAtEnd&) = delete;
    WipeAtEnd& operator=(const WipeAtEnd&) = delete;
    ~WipeAtEnd() { wipe(m_buffer.data(), m_buffer.size()); }

  private:
    std::vector<std::uint8_t>& m_buffer;
};

}  // namespace uketsuke::card
