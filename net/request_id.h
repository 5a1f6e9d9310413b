#pragma once
// The identity of one reception: a UUID version 4, made once on the kiosk. It is the row's key, the Idempotency-Key
// towards the service and the ArbitraryIdentifier inside the signed document.

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace uketsuke::net {

class RequestId {
  public:
    RequestId() = default;  ///< the nil id; never queued
    /// Lower-case 8-4-4-4-12 hexadecimal with version 4 and RFC 4122 variant; empty otherwise.
    static std::optional<RequestId> parse(std::string_view text);

    const std::string& text() const { return m_text; }
    bool is_nil() const;
    auto operator<=>(const RequestId&) const = default;

  private:
    explicit RequestId(std::string text) : m_text(std::move(text)) {}
    std::string m_text = "00000000-0000-0000-0000-000000000000";
};

/// A fresh id from the system's random generator.
RequestId make_request_id();

}  // namespace uketsuke::net

template <>
struct std::hash<uketsuke::net::RequestId> {
    std::size_t operator()(const uketsuke::net::RequestId& id) const { return std::hash<std::string>{}(id.text()); }
};
