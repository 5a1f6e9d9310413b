// The card thread: sees cards come and go, reads them, asks for the PIN and for the signature.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/core/effect.h"
#include "app/workers/bounded_queue.h"
#include "app/workers/event_queue.h"
#include "app/workers/session_vault.h"
#include "card/attestation.h"
#include "card/front.h"
#include "card/my_number_card.h"
#include "card/reader.h"

namespace uketsuke::workers {

struct CardWorkerOptions {
    std::string institution_code;
    int number_b_floor = 3;
    // The time of day, for the certificate's dates. Any thread.
    std::function<std::chrono::sys_seconds()> now;
    // Takes the chip's photo (JP2) as soon as it is read. Card thread.
    std::function<void(core::SessionId, card::SecretBytes)> photo_read;
};

// run() is the card thread's whole life; everything else may be called from any thread. Refers to what it is given.
class CardWorker {
  public:
    CardWorker(card::Reader& reader, card::CardFront& front, card::Attestation& attestation, SessionVault& vault,
               EventQueue& events, NoticeSink notice, CardWorkerOptions options);
    ~CardWorker();

    void run();
    void stop();

    void read_card(core::SessionId session);
    void verify_pin(core::effect::VerifyPin request);
    void sign(core::effect::SignReception request);
    void wipe(core::SessionId session);

  private:
    struct Read {
        core::SessionId session{};
    };
    struct Forget {
        core::SessionId session{};
    };
    using Command = std::variant<Read, core::effect::VerifyPin, core::effect::SignReception, Forget>;
    struct Open;  // one connection to one card

    void post(Command command);
    void perform(Command& command);
    void presence_changed(card::Presence from, card::Presence to);
    void read(core::SessionId session);
    card::Result<core::CardFacts> read_facts(Open& open);
    bool open_photo(Open& open);
    void read_photo(core::SessionId session, Open& open);
    void verify(core::effect::VerifyPin& request);
    void sign_now(core::effect::SignReception& request);
    Open* open_for(core::SessionId session);

    card::Reader& m_reader;
    card::CardFront& m_front;
    card::Attestation& m_attestation;
    SessionVault& m_vault;
    EventQueue& m_events;
    NoticeSink m_notice;
    CardWorkerOptions m_options;
    BoundedQueue<Command> m_commands{32};
    std::atomic<bool> m_stopping{false};

    // Card thread only.
    std::unique_ptr<Open> m_open;
    core::SessionId m_placed{0};  // the session of the card that lies there
};

}  // namespace uketsuke::workers
