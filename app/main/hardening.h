// What the process gives up before it touches anything personal.
#pragma once

namespace uketsuke::app {

// No core file, no ptrace by others of the same user, freed memory overwritten. Call first.
void harden_process();

}  // namespace uketsuke::app
