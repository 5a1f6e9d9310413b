// What the process gives up before it touches anything personal.
#pragma once

namespace uketsuke::app {

// No core file and no ptrace by others of the same user. Call first.
void harden_process();

}  // namespace uketsuke::app
