#include "app/core/pin.h"

#include <cstring>

namespace uketsuke::core {

Pin::Pin(Pin&& other) noexcept : m_ascii(other.m_ascii), m_count(other.m_count) {
    other.clear();
}

Pin& Pin::operator=(Pin&& other) noexcept {
    if (this != &other) {
        m_ascii = other.m_ascii;
        m_count = other.m_count;
        other.clear();
    }
    return *this;
}

Pin::~Pin() {
    clear();
}

void Pin::push(std::uint8_t digit) {
    if (digit > 9 || complete()) return;
    m_ascii[m_count++] = static_cast<std::uint8_t>('0' + digit);
}

void Pin::pop() {
    if (m_count == 0) return;
    m_ascii[--m_count] = 0;
}

void Pin::clear() {
    // explicit_bzero: a plain assignment before the end of life may be optimised away.
    explicit_bzero(m_ascii.data(), m_ascii.size());
    m_count = 0;
}

}  // namespace uketsuke::core
