// What the commands of uketsuke-queue share.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/programs/queue/commands.h"

namespace uketsuke::queue {

using Json = nlohmann::ordered_json;
using Opened = net::Result<std::unique_ptr<net::Outbox>>;

// Says it on standard error; 1.
int trouble(const net::Error& error);
Opened open(const Arguments& a, net::OutboxAccess access);
net::Result<net::RequestId> id_of(const Arguments& a);
// "seen, set aside"
std::string marks_of(const net::RequestSummary& row);
// The kiosk's record of what staff do: as named, else the one that lies beside the outbox; empty: there is none.
std::string audit_of(const Arguments& a);
// Into that record, which needs the key.
net::Result<void> record(const Arguments& a, const std::string& what, const std::string& on, const std::string& more);
// A row without its personal part.
Json json_of(const net::RequestSummary& row);
std::string utc(net::WallTime at);

}  // namespace uketsuke::queue
