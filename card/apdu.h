// The one APDU engine: builds commands, follows 61xx and 6Cxx, reads long files, counts what goes over the wire.
// Source of the commands: ISO/IEC 7816-4 and facts §1.4. Reader driver, virtual card and tests all sit below Channel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "card/channel.h"
#include "card/error.h"
#include "card/secret.h"

namespace uketsuke::card {

struct Command {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    std::span<const std::uint8_t> data{};            // 0 to 65,535 bytes; above 255 the extended form is used
    std::optional<std::uint32_t> expected_length{};  // Le: 1 to 65,536; above 256 the extended form is used
};

struct Answer {
    SecretBytes data;
    std::uint16_t status_word = 0;
};

struct Traffic {
    std::uint64_t apdus = 0;  // exchanges with the card, GET RESPONSE and repeats included
    std::uint64_t sent = 0;   // bytes
    std::uint64_t received = 0;
    std::uint64_t bytes() const { return sent + received; }
};

// A session that needs more than this is broken (CardSilent): no card keeps its caller busy by giving one byte at a
// time. A whole read takes some 50; 32 KiB by 32 bytes, each asked for twice, some 2,000.
inline constexpr std::uint64_t k_most_exchanges = 4'096;

// Where a file's TLV object begins: at its first byte, or at an FF20 that may come up to two bytes late (facts §1.7).
enum class ObjectStart : std::uint8_t { FirstByte, Ff20AfterStrayBytes };

struct ApduOptions {
    // READ BINARY with up to 4,096 bytes, for readers known to carry it. A card that answers 6700 or the like to the
    // first one is read with 256 bytes from then on.
    bool extended_reads = false;
    std::size_t largest_file = 64 * 1024;  // a file that claims more is BadData
};

// Command bytes as they go over the wire; BadData when a part does not fit.
Result<SecretBytes> encode(const Command& command);

// Owner: one card session; refers to the channel, which must outlive it. Thread: one.
// After an exchange whose answer was lost the engine is broken: every later call returns that same error and sends
// nothing, so that no command is ever repeated into an unknown state. 6Cxx repeats only commands that carry an Le.
class ApduEngine {
  public:
    explicit ApduEngine(Channel& channel, ApduOptions options = {});

    // The answer with any status word; an error only when the answer is lost or malformed. `where` goes into errors.
    Result<Answer> exchange(const Command& command, std::string_view where);

    // The same, and a status word other than 9000 is an error.
    Result<SecretBytes> expect_ok(const Command& command, std::string_view where);

    Result<void> select_application(std::span<const std::uint8_t> aid, std::string_view where);
    Result<void> select_file(std::uint16_t file, std::string_view where);  // EF, key or PIN object

    // The one BER-TLV object of the selected file, header included, stray bytes and padding left away. Reads 256 bytes
    // at a time (4,096 with extended_reads), nothing twice, and goes on after short reads.
    Result<SecretBytes> read_object(ObjectStart start, std::string_view where);
    // The first `size` bytes of the selected file, fewer at its end.
    Result<SecretBytes> read_start(std::size_t size, std::string_view where);

    const Traffic& traffic() const { return m_traffic; }
    // The error that broke the engine, if any.
    const std::optional<Error>& broken() const { return m_broken; }

  private:
    Result<Answer> exchange_once(const Command& command, std::string_view where);
    Result<Answer> read_at(std::size_t offset, std::size_t length, std::string_view where);

    Channel& m_channel;
    ApduOptions m_options;
    Traffic m_traffic;
    std::optional<Error> m_broken;
};

}  // namespace uketsuke::card
