#include "card/apdu.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "card/status_word.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr std::size_t k_short_read = 256;
constexpr std::size_t k_extended_read = 4096;
constexpr std::size_t k_offset_limit = 0x8000;  // READ BINARY addresses 15 bits

}  // namespace

Result<SecretBytes> encode(const Command& command) {
    const std::size_t data_size = command.data.size();
    const std::uint32_t le = command.expected_length.value_or(0);
    if (data_size > 0xFFFF || le > 0x10000 || (command.expected_length && le == 0)) {
        return fail(Fault::BadData, "APDU length out of range");
    }
    const bool extended = data_size > 0xFF || le > 0x100;
    SecretBytes out;
    out.reserve(data_size + 10);
    out.assign({command.cla, command.ins, command.p1, command.p2});
    const auto high = [](std::size_t value) { return static_cast<std::uint8_t>((value >> 8) & 0xFF); };
    const auto low = [](std::size_t value) { return static_cast<std::uint8_t>(value & 0xFF); };
    if (data_size != 0) {
        if (extended) out.insert(out.end(), {0, high(data_size)});
        out.push_back(low(data_size));
        out.insert(out.end(), command.data.begin(), command.data.end());
    }
    if (command.expected_length) {
        if (extended && data_size == 0) out.push_back(0);
        if (extended) out.push_back(high(le));
        out.push_back(low(le));
    }
    return out;
}

ApduEngine::ApduEngine(Channel& channel, ApduOptions options) : m_channel(channel), m_options(options) {}

Result<Answer> ApduEngine::exchange_once(const Command& command, std::string_view where) {
    if (!m_broken && m_traffic.apdus >= k_most_exchanges) {
        m_broken = Error{Fault::CardSilent, 0, std::string(where) + ": the card keeps on answering and never ends"};
    }
    if (m_broken) return tl::unexpected(*m_broken);
    auto wire = encode(command);
    if (!wire) return tl::unexpected(wire.error());
    ++m_traffic.apdus;
    m_traffic.sent += wire->size();
    auto raw = m_channel.transmit(*wire);
    if (!raw) {
        m_broken = raw.error();
        m_broken->where = std::string(where) + ": " + m_broken->where;
        return tl::unexpected(*m_broken);
    }
    const WipeAtEnd wiped(*raw);
    m_traffic.received += raw->size();
    if (raw->size() < 2 || raw->size() > 0x10000 + 2) {
        m_broken = Error{Fault::CardSilent, 0, std::string(where) + ": the answer is no APDU"};
        return tl::unexpected(*m_broken);
    }
    Answer answer;
    answer.data.assign(raw->begin(), raw->end() - 2);
    answer.status_word = static_cast<std::uint16_t>((*raw)[raw->size() - 2] << 8 | raw->back());
    return answer;
}

Result<Answer> ApduEngine::exchange(const Command& command, std::string_view where) {
    auto answer = exchange_once(command, where);
    if (!answer) return answer;
    if (status_of(answer->status_word) == Status::WrongLength && command.expected_length) {
        Command again = command;
        const std::uint32_t length = answer->status_word & 0xFF;
        again.expected_length = length == 0 ? 256 : length;
        answer = exchange_once(again, where);
        if (!answer) return answer;
    }
    while (status_of(answer->status_word) == Status::MoreData) {
        const std::uint32_t length = answer->status_word & 0xFF;
        Command more{0x00, 0xC0, 0x00, 0x00, {}, length == 0 ? 256 : length};
        auto part = exchange_once(more, where);
        if (!part) return part;
        if (part->data.empty() && status_of(part->status_word) == Status::MoreData) {
            return fail(Fault::BadData, std::string(where) + ": GET RESPONSE brings nothing", part->status_word);
        }
        answer->data.insert(answer->data.end(), part->data.begin(), part->data.end());
        answer->status_word = part->status_word;
        if (answer->data.size() > m_options.largest_file) {
            return fail(Fault::BadData, std::string(where) + ": the answer does not end");
        }
    }
    return answer;
}

Result<SecretBytes> ApduEngine::expect_ok(const Command& command, std::string_view where) {
    auto answer = exchange(command, where);
    if (!answer) return tl::unexpected(answer.error());
    if (status_of(answer->status_word) != Status::Ok) {
        return tl::unexpected(error_of(answer->status_word, std::string(where)));
    }
    return std::move(answer->data);
}

Result<void> ApduEngine::select_application(std::span<const std::uint8_t> aid, std::string_view where) {
    auto answer = expect_ok({0x00, 0xA4, 0x04, 0x0C, aid}, where);
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

Result<void> ApduEngine::select_file(std::uint16_t file, std::string_view where) {
    const std::array<std::uint8_t, 2> id{static_cast<std::uint8_t>(file >> 8), static_cast<std::uint8_t>(file)};
    auto answer = expect_ok({0x00, 0xA4, 0x02, 0x0C, id}, where);
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

Result<Answer> ApduEngine::read_at(std::size_t offset, std::size_t length, std::string_view where) {
    if (offset >= k_offset_limit) return fail(Fault::BadData, std::string(where) + ": the file is too long to address");
    const auto high = static_cast<std::uint8_t>(offset >> 8);
    const auto low = static_cast<std::uint8_t>(offset);
    auto answer = exchange({0x00, 0xB0, high, low, {}, static_cast<std::uint32_t>(length)}, where);
    if (!answer) return answer;
    const Status status = status_of(answer->status_word);
    if (status != Status::Ok && status != Status::EndOfFile) {
        return tl::unexpected(error_of(answer->status_word, std::string(where)));
    }
    if (answer->data.size() > length) return fail(Fault::BadData, std::string(where) + ": more than was asked for");
    return answer;
}

Result<SecretBytes> ApduEngine::read_start(std::size_t size, std::string_view where) {
    SecretBytes out;
    out.reserve(size);
    while (out.size() < size) {
        auto part = read_at(out.size(), std::min(size - out.size(), k_short_read), where);
        if (!part) return tl::unexpected(part.error());
        if (part->data.empty()) break;
        out.insert(out.end(), part->data.begin(), part->data.end());
        if (status_of(part->status_word) == Status::EndOfFile) break;
    }
    return out;
}

Result<SecretBytes> ApduEngine::read_object(ObjectStart object_start, std::string_view where) {
    std::size_t chunk = m_options.extended_reads ? k_extended_read : k_short_read;
    auto first = read_at(0, chunk, where);
    if (!first && !m_broken && chunk > k_short_read && first.error().fault == Fault::NotThisCard) {
        m_options.extended_reads = false;
        chunk = k_short_read;
        first = read_at(0, chunk, where);
    }
    if (!first) return tl::unexpected(first.error());
    std::size_t start = 0;
    if (object_start == ObjectStart::Ff20AfterStrayBytes) {
        const auto found = find_ff20(first->data);
        if (!found) return fail(Fault::BadData, std::string(where) + ": no FF20 object");
        start = *found;
    }
    const auto header = read_tlv_header(std::span<const std::uint8_t>(first->data).subspan(start));
    if (!header) return fail(Fault::BadData, std::string(where) + ": " + header.error().where);
    const std::size_t total = start + header->size();
    if (total > m_options.largest_file) return fail(Fault::BadData, std::string(where) + ": the file claims too much");

    SecretBytes file = std::move(first->data);
    file.reserve(total);
    while (file.size() < total) {
        auto part = read_at(file.size(), std::min(total - file.size(), chunk), where);
        if (!part) return tl::unexpected(part.error());
        if (part->data.empty()) {
            return fail(Fault::BadData, std::string(where) + ": the file ends after " + std::to_string(file.size()) +
                                            " of " + std::to_string(total) + " bytes");
        }
        file.insert(file.end(), part->data.begin(), part->data.end());
    }
    SecretBytes object(file.begin() + static_cast<std::ptrdiff_t>(start),
                       file.begin() + static_cast<std::ptrdiff_t>(total));
    return object;
}

}  // namespace uketsuke::card
