#pragma once
// The streams of live events. A stream with nothing to say is suspended and costs nothing; it holds at most the event
// it is sending and the newest board, however slowly its browser reads. The server's thread; count() any.

#include <microhttpd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "net/desk/internal/sessions.h"

namespace uketsuke::net::internal {

class EventStreams {
  public:
    static constexpr int k_most_of_session = 4;

    EventStreams();
    ~EventStreams();
    EventStreams(const EventStreams&) = delete;
    EventStreams& operator=(const EventStreams&) = delete;

    /// Begins with this board. The session's oldest stream ends when there are too many.
    MHD_Result open(MHD_Connection* connection, const SessionKey& session, const std::string& board);
    void tell(const std::string& board);
    void end_those(const std::function<bool(const SessionKey&)>& is_over);
    void end_all();  ///< and of those that would begin

    int count() const { return m_count; }

    struct Stream;

  private:
    static ssize_t read(void* cls, std::uint64_t position, char* buffer, std::size_t most);
    static void drop(void* cls);
    static void wake(Stream& stream);
    static void end(Stream& stream);

    std::list<std::unique_ptr<Stream>> m_streams;
    std::atomic<int> m_count{0};
    bool m_ended = false;
};

}  // namespace uketsuke::net::internal
