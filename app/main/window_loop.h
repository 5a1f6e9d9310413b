// The ui thread's loop: draws what the state says, hands back what people touch, sleeps in between.
#pragma once

#include <atomic>

#include "app/main/runtime.h"
#include "app/main/sound.h"
#include "app/main/tablet.h"
#include "app/ui/window.h"

namespace uketsuke::app {

// Until the window is closed or `quit` is set. With `demo` the bar to place cards and choose what the camera sees.
void run_window(Runtime& runtime, ui::Window& window, Sound& sound, Tablet& tablet, bool demo,
                const std::atomic<bool>& quit);

}  // namespace uketsuke::app
