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
#include "app/workers/signing.h"
#include "card/attestation.h"
#include "card/my_number_card.h"
#include "card/reader.h"

namespace uketsuke::workers {

struct CardWorkerOptions {
    WireTerms terms;
    card::MyNumberCardOptions card;
    // The time of day, for the certificate's dates. Any thread.
    std::function<std::chrono::sys_seconds()> now;
    // Has the front of the card read; number_read() brings what came of it. Card thread. Empty: no camera looks there.
    std::function<void(core::SessionId)> read_front;
    // Takes the certificate (DER) as soon as it is read. Card thread; returns at once. Empty: nobody asks.
    std::function<void(core::SessionId, const std::vector<std::uint8_t>&)> certificate_read;
    // Takes the chip's photo (JP2) as soon as it is read. Card thread.
    std::function<void(core::SessionId, card::SecretBytes)> photo_read;
};

// run() is the card thread's whole life; everything else may be called from any thread. Refers to what it is given.
class CardWorker {
  public:
    CardWorker(card::Reader& reader, card::Attestation& attestation, SessionVault& vault, EventQueue& events,
               NoticeSink notice, CardWorkerOptions options);
    ~CardWorker();

    void run();
    void stop();

    void read_card(core::effect::ReadCard request);
    void number_read(core::SessionId session, card::Result<card::NumberB> number);
    void open_photo(core::effect::OpenPhoto request);
    void verify_pin(core::effect::VerifyPin request);
    void sign(core::effect::SignReception request);
    // Read off the card as it lies there, with the number on its front when it was not opened yet. CardHolderKnown
    // follows, or nothing.
    void ask_holder(core::effect::AskCardHolder request);
    void wipe(core::effect::WipeDeclaration request);
    void wipe(core::SessionId session);

  private:
    struct Forget {
        core::SessionId session{};
    };
    struct NumberRead {
        core::SessionId session{};
        card::Result<card::NumberB> number;
    };
    using Command =
        std::variant<core::effect::ReadCard, NumberRead, core::effect::OpenPhoto, core::effect::VerifyPin,
                     core::effect::SignReception, core::effect::AskCardHolder, core::effect::WipeDeclaration, Forget>;
    struct Open;  // one connection to one card

    void post(Command command);
    void perform(Command& command);
    void presence_changed(card::Presence from, card::Presence to);
    void read(const core::effect::ReadCard& request);
    card::Result<void> read_card(Open& open, bool photo);
    void use_number(const NumberRead& read);
    void type_number(core::effect::OpenPhoto& request);
    core::NumberOutcome offer(Open& open, const card::NumberB& number);
    void read_photo(Open& open);
    void fail(core::SessionId session, const card::Error& error);
    void verify(core::effect::VerifyPin& request);
    void sign_now(core::effect::SignReception& request);
    void ask_now(const core::effect::AskCardHolder& request);
    void tell_holder(core::DeclarationId declaration, Open& open);
    Open* open_for(core::SessionId session);

    card::Reader& m_reader;
    card::Attestation& m_attestation;
    SessionVault& m_vault;
    EventQueue& m_events;
    NoticeSink m_notice;
    CardWorkerOptions m_options;
    BoundedQueue<Command> m_commands{32};
    std::atomic<bool> m_stopping{false};

    // Card thread only.
    std::unique_ptr<Open> m_open;
    // Its session is over, and a form waits for what its holder is called.
    std::unique_ptr<Open> m_asked;
    core::DeclarationId m_asked_for{0};
    core::SessionId m_placed{0};  // the session of the card that lies there
};

}  // namespace uketsuke::workers
