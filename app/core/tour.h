// A tour: from a member of staff's code until the tablet is put away. While none is open, nothing on the device can be
// read, and nobody is received.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/core/care.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

// The tablet's battery.
struct Power {
    int percent = 100;
    bool charging = false;
    friend bool operator==(const Power&, const Power&) = default;
};
inline constexpr int k_battery_low = 20;  // percent

struct Tour {
    bool open = false;       // the key is in memory
    bool locked = false;     // the list and what staff may do want the code again
    bool destroyed = false;  // the key is gone for good: the device must be set up anew
    bool from_afar = false;  // destroyed because the clinic has reported the device as lost
    StaffId who{};
    std::string name;  // of whoever signed in
    Millis opened{};   // when
    SecretText code;   // being typed
    bool with_keyring = false;
    bool wrong = false;
    bool failed = false;            // the code was right, and the files cannot be opened
    std::optional<int> tries_left;  // after a wrong code
    bool back = false;              // the code was asked for from the page that waits: it can be left again
    bool list_wanted = false;       // the right code leads to the list
    std::vector<CareEntry> list;    // empty unless it is shown
    bool listed = false;            // it has come
    std::optional<CareId> patient;  // whose page is shown
    std::size_t first_shown = 0;
    std::optional<CareId> writing;  // whose consents are on their way to the disk
    bool busy = false;              // consents are being renewed or withdrawn
    bool not_saved = false;         // the disk did not take that
    friend bool operator==(const Tour&, const Tour&) = default;
};

}  // namespace uketsuke::core
