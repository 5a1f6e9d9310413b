#pragma once
// Text that grows without leaving what it held in freed memory. Pure; any thread.

#include <algorithm>
#include <string>
#include <string_view>

#include "net/sealing.h"

namespace uketsuke::net::internal {

/// As text.append(more); where a larger place is needed, the smaller one is wiped before it is freed.
inline void append_wiping(std::string& text, std::string_view more) {
    const std::size_t needed = text.size() + more.size();
    if (needed > text.capacity()) {
        std::string larger;
        larger.reserve(std::max(needed, 2 * text.capacity()));
        larger = text;
        text.swap(larger);
        wipe(larger);
    }
    text.append(more);
}

}  // namespace uketsuke::net::internal
