#pragma once
// Answers as libmicrohttpd sends them, each with the headers that every reply carries.

#include <microhttpd.h>

#include "net/desk/internal/exchange.h"

namespace uketsuke::net::internal {

/// Queues it; its body is overwritten once it was sent. MHD_NO closes the connection.
MHD_Result send(MHD_Connection* connection, Answer&& answer);

/// The headers of every reply.
void add_common_headers(MHD_Response* response);

}  // namespace uketsuke::net::internal
