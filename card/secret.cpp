#include "card/secret.h"

#include <cstring>

namespace uketsuke::card {

void wipe(void* memory, std::size_t size) noexcept {
    if (memory != nullptr && size != 0) explicit_bzero(memory, size);
}

}  // namespace uketsuke::card
