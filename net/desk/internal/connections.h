#pragma once
// The connections of libmicrohttpd: collects each request, hands it to the router, and cuts off who takes too long.
// The server's thread.

#include <microhttpd.h>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "net/desk/internal/desk_router.h"
#include "net/desk/internal/event_streams.h"

namespace uketsuke::net::internal {

class Connections {
  public:
    /// Sign-ins that wait for their turn.
    static constexpr std::size_t k_most_waiting = 16;

    /// A request, its reply included, may take `longest` from the connection's beginning or the reply before it.
    Connections(DeskRouter& router, EventStreams& streams, DeskHouse& house, std::chrono::milliseconds longest)
        : m_router(router), m_streams(streams), m_house(house), m_longest(longest) {}
    ~Connections();
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    std::size_t count() const { return m_open.size(); }
    bool has_waiting() const { return !m_waiting.empty(); }
    /// Lets the sign-in go on whose turn it is.
    void next_turn();
    /// Ends what took too long.
    void cut_off_slow();
    /// All go on and nobody waits any more, so that the daemon may stop.
    void wake_all();

    // Callbacks for libmicrohttpd, with this object as their closure.
    static void changed(void* cls, MHD_Connection* connection, void** context, MHD_ConnectionNotificationCode code);
    static void* target_came(void* cls, const char* target, MHD_Connection* connection);
    static MHD_Result request(void* cls, MHD_Connection* connection, const char* url, const char* method,
                              const char* version, const char* data, std::size_t* size, void** context);
    static void completed(void* cls, MHD_Connection* connection, void** context, MHD_RequestTerminationCode code);

  private:
    struct Open;
    static Open* open_of(MHD_Connection* connection);
    MHD_Result begin(Open& open, const char* method, const char* version);
    MHD_Result take_body(Open& open, const char* data, std::size_t size);
    MHD_Result finish(Open& open);

    DeskRouter& m_router;
    EventStreams& m_streams;
    DeskHouse& m_house;
    std::chrono::milliseconds m_longest;
    std::unordered_set<Open*> m_open;
    std::deque<Open*> m_waiting;
    bool m_stopping = false;
};

}  // namespace uketsuke::net::internal
