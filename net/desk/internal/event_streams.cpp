#include "net/desk/internal/event_streams.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "net/desk/internal/replies.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t k_block = 16 * 1024;
constexpr unsigned k_seconds_of_silence = 30;

using Text = std::shared_ptr<const std::string>;

// Names in it are overwritten with the last stream that sends it.
Text shared(std::string text) {
    return {new std::string(std::move(text)), [](const std::string* gone) {
                auto* owned = const_cast<std::string*>(gone);
                sodium_memzero(owned->data(), owned->size());
                delete owned;
            }};
}

Text event_of(const std::string& board) {
    std::string text = "event: board\ndata: " + board;
    std::replace_if(
        text.begin() + 13, text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return shared(text + "\n\n");
}

}  // namespace

struct EventStreams::Stream {
    EventStreams* owner = nullptr;
    MHD_Connection* connection = nullptr;
    SessionKey session{};
    Text sending;
    std::size_t sent = 0;
    Text next;
    bool ending = false;
    bool suspended = false;
};

EventStreams::EventStreams() = default;
EventStreams::~EventStreams() = default;

MHD_Result EventStreams::open(MHD_Connection* connection, const SessionKey& session, const std::string& board) {
    Stream* oldest = nullptr;
    int of_session = 0;
    for (const auto& stream : m_streams) {
        if (stream->session != session || stream->ending) continue;
        if (oldest == nullptr) oldest = stream.get();
        ++of_session;
    }
    if (of_session >= k_most_of_session) end(*oldest);
    auto stream = std::make_unique<Stream>();
    stream->owner = this;
    stream->connection = connection;
    stream->session = session;
    stream->sending = shared("retry: 2000\n\n");
    stream->next = event_of(board);
    stream->ending = m_ended;
    MHD_Response* response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, k_block, &read, stream.get(), &drop);
    if (response == nullptr) return MHD_NO;
    m_streams.push_back(std::move(stream));
    ++m_count;
    add_common_headers(response);
    MHD_add_response_header(response, "Content-Type", "text/event-stream");
    MHD_add_response_header(response, "Connection", "close");
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, k_seconds_of_silence);
    const auto queued = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return queued;
}

ssize_t EventStreams::read(void* cls, std::uint64_t, char* buffer, std::size_t most) {
    auto& stream = *static_cast<Stream*>(cls);
    if (stream.sent >= stream.sending->size()) {
        if (stream.ending) return MHD_CONTENT_READER_END_OF_STREAM;
        if (!stream.next) {
            stream.suspended = true;
            MHD_suspend_connection(stream.connection);
            return 0;
        }
        stream.sending = std::move(stream.next);
        stream.next = nullptr;
        stream.sent = 0;
    }
    const std::size_t size = std::min(most, stream.sending->size() - stream.sent);
    std::memcpy(buffer, stream.sending->data() + stream.sent, size);
    stream.sent += size;
    return static_cast<ssize_t>(size);
}

void EventStreams::drop(void* cls) {
    auto* stream = static_cast<Stream*>(cls);
    EventStreams& owner = *stream->owner;
    std::erase_if(owner.m_streams, [&](const auto& other) { return other.get() == stream; });
    --owner.m_count;
}

void EventStreams::wake(Stream& stream) {
    if (!stream.suspended) return;
    stream.suspended = false;
    MHD_resume_connection(stream.connection);
}

void EventStreams::end(Stream& stream) {
    stream.ending = true;
    stream.next = nullptr;
    wake(stream);
}

void EventStreams::tell(const std::string& board) {
    if (m_streams.empty()) return;
    const Text event = event_of(board);
    for (const auto& stream : m_streams) {
        if (stream->ending) continue;
        stream->next = event;
        wake(*stream);
    }
}

void EventStreams::end_those(const std::function<bool(const SessionKey&)>& is_over) {
    for (const auto& stream : m_streams) {
        if (!stream->ending && is_over(stream->session)) end(*stream);
    }
}

void EventStreams::end_all() {
    m_ended = true;
    for (const auto& stream : m_streams) end(*stream);
}

}  // namespace uketsuke::net::internal
