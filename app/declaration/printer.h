// Paper, by CUPS. Nothing touches the disk on this side; the job's title holds nothing of the patient.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace uketsuke::declaration {

enum class Printed : std::uint8_t {
    Done,
    NoPaper,    // also toner, a jam, an open cover: somebody has to walk there
    Offline,    // switched off, unplugged, stopped
    NoPrinter,  // CUPS does not know it, or CUPS itself is away
    Refused,    // the job was aborted or cancelled
    TooLong,    // no end within the limit
    Cancelled,  // stop asked for
};
const char* name_of(
    Printed printed);  // "done", "no-paper", "offline", "no-printer", "refused", "too-long", "cancelled"

struct PrinterOptions {
    std::string queue;  // the printer's name in CUPS
    std::string
        id;  // of the form's row: its first eight characters stand in the job's title, after this machine's name
    std::string server;  // "host:port" or a socket's path; empty: as CUPS is configured
    std::chrono::milliseconds limit{60'000};
    std::chrono::milliseconds patience{12'000};  // trouble that the printer tells of for so long is what came of it
    std::chrono::milliseconds poll{250};
    std::function<bool()> stop;  // asked between polls; may be empty
};

// Blocks until the paper is out or is not going to be. Whatever did not come out is cancelled before this returns, as
// far as CUPS answers: no form comes out of a printer an hour later, when nobody waits for it. What did is taken from
// CUPS's spool, which would keep it for a day. One call lasts `limit` at most, or as long as CUPS takes to answer what
// it was asked (five seconds). What take_away_left() finds goes first. Any thread, one at a time.
Printed print(std::span<const std::uint8_t> pdf, const PrinterOptions& options);

// A process that is killed leaves its job with CUPS, which would print it whenever it can, before nobody, and keeps it
// as plain text until then. Takes away every job on the queue that this machine's kiosk made; not while one prints.
// False: CUPS does not answer or did not do it; ask again later.
bool take_away_left(const PrinterOptions& options);

}  // namespace uketsuke::declaration
