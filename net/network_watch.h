#pragma once
// Sleeping until something is to be done: woken by another thread, by the end of a wait, or by the machine's network
// coming up (rtnetlink(7): an address or a route appears). What waits for want of a network is then tried at once.

#include <chrono>
#include <memory>

#include "net/error.h"

namespace uketsuke::net {

enum class Woke {
    Called,     ///< wake() was called, also before the wait began
    NetworkUp,  ///< an address or a route came; a reason to try, no promise
    TimedOut,
};

/// wait() by one thread; wake() from any, and from before the first wait on.
class NetworkWatch {
  public:
    /// Works without the kernel's news (a sandbox may forbid them): then NetworkUp never comes, hears_news() says so.
    /// Internal: no file descriptor is left.
    static Result<std::unique_ptr<NetworkWatch>> open();
    ~NetworkWatch();
    NetworkWatch(const NetworkWatch&) = delete;
    NetworkWatch& operator=(const NetworkWatch&) = delete;

    Woke wait(std::chrono::milliseconds at_most);
    void wake();
    bool hears_news() const;

    struct Parts;

  private:
    explicit NetworkWatch(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net
