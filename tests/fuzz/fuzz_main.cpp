// libFuzzer's entry, one program a target.
#include <cstdlib>

#include "tests/fuzz/targets.h"

namespace {

auto find_target() {
    for (const auto& target : uketsuke::fuzz::k_targets) {
        if (target.name == UKETSUKE_FUZZ_TARGET) return target.run;
    }
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto k_run = find_target();
    return k_run({data, size});
}
