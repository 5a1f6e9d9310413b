// The kiosk's log: what staff and IT should know, never a personal value.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "app/config/config.h"
#include "app/workers/event_queue.h"

namespace uketsuke::app {

// Any thread may call what sink() returns, as long as the Log lives.
class Log {
  public:
    static tl::expected<std::unique_ptr<Log>, std::string> open(const config::LogConfig& config);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    workers::NoticeSink sink();

  private:
    struct Inside;
    explicit Log(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> m_inside;
};

}  // namespace uketsuke::app
