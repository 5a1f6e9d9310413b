// What happened and when, one JSON object a line: {"ms":…,"screen":…,"event":…,"effect":…}. Holds no personal value.
#pragma once

#include <fstream>
#include <string>
#include <tl/expected.hpp>

#include "app/core/step.h"

namespace uketsuke::app {

// One thread.
class Timeline {
  public:
    static tl::expected<Timeline, std::string> open(const std::string& path);

    // One line for this event: the screen after it and the effects it caused ("commit", several joined by ", "). Ticks
    // that change nothing are left out.
    void record(core::Millis at, core::Screen before, core::Screen after, const core::Event& event,
                const core::Effects& effects);

  private:
    explicit Timeline(std::ofstream out) : m_out(std::move(out)) {}
    std::ofstream m_out;
};

}  // namespace uketsuke::app
