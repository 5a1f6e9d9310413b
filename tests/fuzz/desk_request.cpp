// What a stranger's browser sends to the desk, a field a line: target, Host, Cookie, Content-Type, file name, and the
// body behind them.
#include <array>
#include <string>
#include <string_view>

#include "net/desk/internal/request_text.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {
namespace {

void target_is_harmless(std::string_view raw) {
    const auto target = net::internal::target_of(raw);
    if (!target) return;
    promise(raw.size() <= 2048 && target->path.starts_with('/'), "a path that begins elsewhere");
    promise(target->path.find("..") == std::string::npos || target->path.find("/../") == std::string::npos,
            "a path that leads upwards");
    promise(!target->path.ends_with("/.."), "a path that ends upwards");
    for (const char c : target->path) {
        promise(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '\\', "a control character in a path");
    }
    promise(target->query.size() <= 16, "more members than allowed");
}

}  // namespace

int run_desk_request(Input bytes) {
    const auto input = exact_copy(bytes);
    std::string_view rest(reinterpret_cast<const char*>(input.data()), input.size());
    std::array<std::string_view, 5> fields;
    for (auto& field : fields) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        field = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    target_is_harmless(fields[0]);
    if (const auto host = net::internal::host_name_of(fields[1])) {
        promise(!host->empty() && host->find('/') == std::string::npos, "a host that is a path");
    }
    if (const auto cookie = net::internal::cookie_of(fields[2], "__Host-desk")) {
        promise(cookie->find(';') == std::string::npos, "two cookies as one");
    }
    net::internal::is_json_type(fields[3]);
    const std::string name = net::internal::safe_download_name(fields[4]);
    promise(name.find_first_of("/\\\"\r\n;") == std::string::npos, "a file name that is more than one");
    net::internal::is_bounded_json(rest);
    return 0;
}

}  // namespace uketsuke::fuzz
