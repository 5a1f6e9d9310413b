#include "app/main/hardening.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace uketsuke::app {

void harden_process() {
    // A core file would hold photo, PIN and names of whoever stands at the kiosk.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    // Libraries free pictures and numbers of faces without wiping them: the allocator overwrites whatever is freed.
    constexpr int k_pattern = 0x5A;
    mallopt(M_PERTURB, k_pattern);
}

}  // namespace uketsuke::app
