#include "card/virtual_command.h"

namespace uketsuke::card {

std::optional<VirtualCommand> parse_command(std::span<const std::uint8_t> command) {
    if (command.size() < 4) return std::nullopt;
    VirtualCommand out{command[0], command[1], command[2], command[3], {}, std::nullopt};
    auto body = command.subspan(4);
    if (body.empty()) return out;
    const bool extended = body[0] == 0 && body.size() >= 3;
    const auto u16 = [](std::span<const std::uint8_t> at) { return static_cast<std::size_t>(at[0] << 8 | at[1]); };
    const std::size_t le_size = extended ? 2 : 1;
    const std::size_t le_all = extended ? 0x10000 : 0x100;
    const auto le_at = [&](std::span<const std::uint8_t> at) {
        const std::size_t value = extended ? u16(at) : at[0];
        return value == 0 ? le_all : value;
    };
    if (extended) body = body.subspan(1);
    if (body.size() == le_size) {
        out.le = le_at(body);
        return out;
    }
    const std::size_t lc = extended ? u16(body) : body[0];
    body = body.subspan(le_size);
    if (lc == 0 || body.size() < lc) return std::nullopt;
    out.data = body.first(lc);
    body = body.subspan(lc);
    if (body.size() == le_size) {
        out.le = le_at(body);
    } else if (!body.empty()) {
        return std::nullopt;
    }
    return out;
}

Bytes status_answer(unsigned word) {
    return {static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word)};
}

Bytes data_answer(std::span<const std::uint8_t> data, unsigned word) {
    Bytes out(data.begin(), data.end());
    out.push_back(static_cast<std::uint8_t>(word >> 8));
    out.push_back(static_cast<std::uint8_t>(word));
    return out;
}

}  // namespace uketsuke::card
