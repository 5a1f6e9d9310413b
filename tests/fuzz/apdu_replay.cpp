#include <array>

#include "card/my_number_card.h"
#include "card/pin_lock.h"
#include "tests/card/fixtures.h"
#include "tests/fuzz/replay_channel.h"

namespace uketsuke::fuzz {
namespace {

using Run = ReplayOptions::Run;

// Everything that the kiosk may ask of a card, errors or not.
void whole_session(ReplayChannel& channel, bool extended_reads) {
    card::MyNumberCardOptions options;
    options.apdu.extended_reads = extended_reads;
    card::MyNumberCard session(channel, options);
    const std::array<std::uint8_t, 4> pin{1, 2, 3, 4};
    const std::array<std::uint8_t, 32> digest{};
    static const card::NumberB k_number = *card::testing::test_persona().number_b();
    (void)session.identify();
    (void)session.token_manufacturer();
    (void)session.read_certificate();
    (void)session.read_issuer();
    const auto tries = session.pin_status();
    promise(!tries || tries->locked == (tries->tries == 0), "locked and tries disagree");
    const auto answer = session.verify_pin(pin, tries ? tries->tries : 3);
    if (answer && answer->verdict == card::PinVerdict::Locked) {
        promise(answer->tries_left == 0, "locked with tries left");
    }
    const auto signature = session.sign(digest);
    promise(!signature || signature->size() == 256, "signature size");
    (void)session.number_b_status();
    (void)session.verify_number_b(k_number);
    (void)session.verify_number_b(k_number);
    (void)session.read_face_record();
    (void)session.read_attributes();
    promise(!channel.lost() || session.engine().broken(), "a lost answer went unnoticed");
}

void lock(ReplayChannel& channel) {
    const auto report = card::lock_pins(channel);
    promise(!channel.lost() || report.stopped_by, "a lost answer went unnoticed");
    for (const card::PinLockOutcome& one : report.pins) {
        const auto told = channel.tries_told(card::name_of(one.pin));
        switch (one.state) {
            case card::PinLockState::Locked:
            case card::PinLockState::WasLockedAlready:
                promise(told == 0 && one.after == 0, "locked, and the card has not said so");
                break;
            case card::PinLockState::NotLocked:
                promise(told && *told > 0 && one.after && *one.after > 0, "tries left, and the card has not said so");
                break;
            case card::PinLockState::Unconfirmed:
                promise(one.trouble && one.before && one.after, "unconfirmed without a reason");
                break;
            case card::PinLockState::Untouched:
            case card::PinLockState::Absent:
                promise(!one.before && !one.after, "tries of what was not asked");
                break;
        }
    }
}

}  // namespace

int run_apdu_replay(Input bytes) {
    if (bytes.empty()) return 0;
    const auto options = ReplayOptions::from(bytes[0]);
    ReplayChannel channel(bytes.subspan(1), options);
    switch (options.run) {
        case Run::Session:
            whole_session(channel, options.extended_reads);
            break;
        case Run::Lock:
            lock(channel);
            break;
        case Run::Survey:
            (void)card::survey_pins(channel);
            break;
        case Run::SurveyAndLock:
            if (card::survey_pins(channel) && !channel.lost()) lock(channel);
            break;
    }
    return 0;
}

}  // namespace uketsuke::fuzz
