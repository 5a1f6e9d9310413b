#include "app/workers/card_worker.h"

#include <sodium.h>

#include <utility>

#include "app/workers/card_trouble.h"
#include "app/workers/certificate_standing.h"
#include "app/workers/declaration_wire.h"
#include "app/workers/signing.h"
#include "card/dates.h"
#include "net/sealing.h"

namespace uketsuke::workers {
namespace {

// Only a bound: presence comes as an event, and stop() wakes the wait.
constexpr std::chrono::milliseconds k_longest_wait{2'000};

// A face is only compared with a photo that an issuer has signed: with a known one, where any is known.
bool is_vouched_for(card::IssuerCheck check, const card::MyNumberCardOptions& options) {
    switch (check) {
        case card::IssuerCheck::Vouched:
            return true;
        case card::IssuerCheck::Consistent:
            return options.known_issuers.empty();
        case card::IssuerCheck::NotChecked:
        case card::IssuerCheck::NotPossible:
        case card::IssuerCheck::Wrong:
            return false;
    }
    return false;
}

// Keyed by chance: the tag of one run says nothing in the next, nor about the certificate.
core::CardTag tag_of(const card::Bytes& certificate_der) {
    static const auto k_key = [] {
        std::array<unsigned char, crypto_shorthash_KEYBYTES> key{};
        crypto_shorthash_keygen(key.data());
        return key;
    }();
    std::array<unsigned char, crypto_shorthash_BYTES> digest{};
    crypto_shorthash(digest.data(), certificate_der.data(), certificate_der.size(), k_key.data());
    std::uint64_t value = 0;
    for (const unsigned char byte : digest) value = value << 8U | byte;
    return core::CardTag{std::max<std::uint64_t>(value, 1)};
}

bool reader_there(card::Presence presence) {
    return presence == card::Presence::Empty || presence == card::Presence::Card;
}

}  // namespace

struct CardWorker::Open {
    Open(core::SessionId id, std::unique_ptr<card::Channel> opened, card::MyNumberCardOptions options)
        : session(id), channel(std::move(opened)), card(*channel, options) {}

    core::SessionId session;
    std::unique_ptr<card::Channel> channel;
    card::MyNumberCard card;
    ~Open() { net::wipe(birthdate); }

    card::Certificate certificate;
    std::string birthdate;  // yyyyMMdd, once the face record was read
    bool pin_verified = false;
    bool number_open = false;  // the card has accepted the number on its front
};

CardWorker::CardWorker(card::Reader& reader, card::Attestation& attestation, SessionVault& vault, EventQueue& events,
                       NoticeSink notice, CardWorkerOptions options)
    : m_reader(reader),
      m_attestation(attestation),
      m_vault(vault),
      m_events(events),
      m_notice(std::move(notice)),
      m_options(std::move(options)) {}

CardWorker::~CardWorker() = default;

void CardWorker::post(Command command) {
    m_commands.push(std::move(command));
    m_reader.cancel();
}

void CardWorker::read_card(core::effect::ReadCard request) {
    post(request);
}
void CardWorker::number_read(core::SessionId session, card::Result<card::NumberB> number) {
    post(NumberRead{session, std::move(number)});
}
void CardWorker::open_photo(core::effect::OpenPhoto request) {
    post(std::move(request));
}
void CardWorker::verify_pin(core::effect::VerifyPin request) {
    post(std::move(request));
}
void CardWorker::sign(core::effect::SignReception request) {
    post(request);
}
void CardWorker::ask_holder(core::effect::AskCardHolder request) {
    post(request);
}
void CardWorker::wipe(core::effect::WipeDeclaration request) {
    post(request);
}
void CardWorker::wipe(core::SessionId session) {
    post(Forget{session});
}

void CardWorker::stop() {
    m_stopping = true;
    m_commands.close();
    m_reader.cancel();
}

void CardWorker::run() {
    auto known = card::Presence::Empty;
    bool first = true;
    while (!m_stopping) {
        while (auto command = m_commands.try_pop()) perform(*command);
        const auto timeout = first ? std::chrono::milliseconds{0} : k_longest_wait;
        const auto presence = m_reader.wait(known, timeout);
        if (!presence) {
            m_notice(NoticeLevel::Warning, "card reader: " + card::describe(presence.error()));
            // A reader that fails to wait would otherwise spin.
            if (auto command = m_commands.pop_for(std::chrono::milliseconds{200})) perform(*command);
            continue;
        }
        if (first && !reader_there(*presence)) {
            m_notice(NoticeLevel::Warning, "no card reader: " + std::string(card::name_of(*presence)));
        }
        first = false;
        if (*presence != known) presence_changed(std::exchange(known, *presence), *presence);
    }
    m_open.reset();
    m_asked.reset();
}

void CardWorker::presence_changed(card::Presence from, card::Presence to) {
    if (from == card::Presence::Card) {
        m_open.reset();
        m_asked.reset();
        m_events.post(core::event::CardRemoved{});
    }
    if (reader_there(from) != reader_there(to)) {
        m_notice(reader_there(to) ? NoticeLevel::Info : NoticeLevel::Warning,
                 "card reader: " + std::string(card::name_of(to)));
        m_events.post(core::event::ReaderChanged{reader_there(to)});
    }
    if (to == card::Presence::Card) {
        m_placed = core::SessionId{static_cast<std::uint64_t>(m_placed) + 1};
        m_events.post(core::event::CardPlaced{m_placed});
    }
}

void CardWorker::perform(Command& command) {
    if (auto* request = std::get_if<core::effect::ReadCard>(&command)) {
        read(*request);
    } else if (const auto* read = std::get_if<NumberRead>(&command)) {
        use_number(*read);
    } else if (auto* number = std::get_if<core::effect::OpenPhoto>(&command)) {
        type_number(*number);
    } else if (auto* pin = std::get_if<core::effect::VerifyPin>(&command)) {
        verify(*pin);
    } else if (auto* reception = std::get_if<core::effect::SignReception>(&command)) {
        sign_now(*reception);
    } else if (const auto* holder = std::get_if<core::effect::AskCardHolder>(&command)) {
        ask_now(*holder);
    } else if (const auto* form = std::get_if<core::effect::WipeDeclaration>(&command)) {
        if (m_asked_for == form->declaration) m_asked.reset();
    } else if (auto* forget = std::get_if<Forget>(&command)) {
        if (m_open && m_open->session <= forget->session) m_open.reset();
    }
}

CardWorker::Open* CardWorker::open_for(core::SessionId session) {
    return m_open && m_open->session == session ? m_open.get() : nullptr;
}

void CardWorker::fail(core::SessionId session, const card::Error& error) {
    m_notice(NoticeLevel::Warning, "card: " + card::describe(error));
    m_open.reset();
    m_events.post(core::event::CardReadFailed{session, trouble_of(error)});
}

void CardWorker::read(const core::effect::ReadCard& request) {
    const core::SessionId session = request.session;
    if (session != m_placed) return;
    m_open.reset();
    m_asked.reset();
    auto channel = m_reader.connect();
    if (!channel) return fail(session, channel.error());
    m_open = std::make_unique<Open>(session, std::move(*channel), m_options.card);
    const bool photo = request.photo && m_options.read_front;
    if (const auto read = read_card(*m_open, photo); !read) return fail(session, read.error());
}

card::Result<void> CardWorker::read_card(Open& open, bool photo) {
    const auto kind = open.card.identify();
    if (!kind) return tl::unexpected(kind.error());
    if (*kind != card::CardKind::MyNumber) {
        return card::fail(card::Fault::NotMyNumberCard, std::string(card::name_of(*kind)));
    }
    // The patient chooses the way of identification while the rest is still on its way; the tries come first, since
    // the PIN waits for them.
    m_events.post(core::event::CardRecognised{open.session, photo});
    if (photo) m_options.read_front(open.session);
    const auto pin = open.card.pin_status();
    if (!pin) return tl::unexpected(pin.error());
    auto certificate = open.card.read_certificate();
    if (!certificate) return tl::unexpected(certificate.error());
    open.certificate = std::move(*certificate);
    if (m_options.certificate_read) m_options.certificate_read(open.session, open.certificate.der);
    const auto state = certificate_state(open.certificate.not_after, m_options.now());
    core::CardFacts facts;
    facts.pin_tries = pin->locked ? 0 : pin->tries;
    facts.certificate = state.standing;
    facts.certificate_days_left = state.days_left;
    facts.tag = tag_of(open.certificate.der);
    m_events.post(core::event::CardRead{open.session, facts});
    return {};
}

// A photo that cannot be opened costs the face, never the reception.
void CardWorker::use_number(const NumberRead& read) {
    if (m_asked && m_asked->session == read.session) {
        if (read.number && offer(*m_asked, *read.number) == core::NumberOutcome::Opened)
            tell_holder(m_asked_for, *m_asked);
        m_asked.reset();
        return;
    }
    Open* open = open_for(read.session);
    if (!open) return;
    auto outcome = core::NumberOutcome::Unread;
    // To open the photo is to leave the application that has just taken the PIN, and with it the right to sign.
    if (read.number && !open->pin_verified) {
        outcome = offer(*open, *read.number);
    } else if (!read.number) {
        m_notice(NoticeLevel::Warning, "front of the card: " + card::describe(read.number.error()));
    }
    m_events.post(core::event::NumberAnswered{read.session, outcome});
    if (outcome == core::NumberOutcome::Opened) read_photo(*open);
}

void CardWorker::type_number(core::effect::OpenPhoto& request) {
    Open* open = open_for(request.session);
    auto outcome = core::NumberOutcome::Lost;
    if (open) {
        const auto& ascii = request.number.ascii();
        const auto number = card::NumberB::parse({reinterpret_cast<const char*>(ascii.data()), ascii.size()});
        outcome = number ? offer(*open, *number) : core::NumberOutcome::Impossible;
    }
    request.number.clear();
    m_events.post(core::event::NumberAnswered{request.session, outcome});
    if (outcome == core::NumberOutcome::Opened) read_photo(*open);
}

core::NumberOutcome CardWorker::offer(Open& open, const card::NumberB& number) {
    const auto answer = open.card.verify_number_b(number);
    if (!answer) {
        m_notice(NoticeLevel::Warning, "card photo: " + card::describe(answer.error()));
        return core::NumberOutcome::Lost;
    }
    const auto* refused = m_options.card.refused;
    if (refused != nullptr && refused->failure()) {
        m_notice(NoticeLevel::Warning, "refused numbers: " + card::describe(*refused->failure()));
    }
    const auto outcome = number_outcome_of(*answer);
    open.number_open = outcome == core::NumberOutcome::Opened;
    if (outcome != core::NumberOutcome::Opened) {
        m_notice(NoticeLevel::Warning, "card photo: the printed number was not accepted or not sent, tries left " +
                                           (answer->tries_left ? std::to_string(*answer->tries_left) : "unknown"));
    }
    return outcome;
}

void CardWorker::read_photo(Open& open) {
    auto record = open.card.read_face_record();
    if (record && record->birth_date) open.birthdate = card::yyyymmdd(*record->birth_date);
    if (record && is_vouched_for(record->issuer_check, m_options.card)) {
        m_options.photo_read(open.session, std::move(record->photo_jp2));
        return;
    }
    if (record) {
        m_notice(NoticeLevel::Warning,
                 "card photo: not used, the issuer's signature is " + std::string(card::name_of(record->issuer_check)));
        m_events.post(core::event::FacePhotoUnusable{open.session});
        return;
    }
    // A card that no longer answers is no matter of the photo.
    if (open.card.engine().broken()) return fail(open.session, record.error());
    m_notice(NoticeLevel::Warning, "card photo: " + card::describe(record.error()));
    m_events.post(core::event::FacePhotoUnusable{open.session});
}

void CardWorker::verify(core::effect::VerifyPin& request) {
    Open* open = open_for(request.session);
    if (!open) {
        request.pin.clear();
        m_events.post(core::event::PinAnswered{request.session, core::PinOutcome::NotSent, std::nullopt});
        return;
    }
    const auto answer = open->card.verify_pin(std::span<const std::uint8_t, core::Pin::k_digits>(request.pin.ascii()),
                                              request.tries_expected);
    request.pin.clear();
    // No answer that means anything to a PIN: the card is at fault, whatever became of the digits.
    if (!answer) return fail(request.session, answer.error());
    open->pin_verified = answer->verdict == card::PinVerdict::Right;
    m_events.post(core::event::PinAnswered{request.session, pin_outcome_of(*answer), answer->tries_left});
}

void CardWorker::sign_now(core::effect::SignReception& request) {
    Open* open = open_for(request.session);
    if (!open) {
        m_events.post(core::event::SignFailed{request.session, core::CardTrouble::Moved});
        return;
    }
    const auto wire = to_wire(request.reception, m_options.terms, open->certificate.der);
    auto signed_request = sign_reception(wire, open->card, open->certificate, m_attestation);
    if (!signed_request) {
        m_notice(NoticeLevel::Warning, "signature: " + card::describe(signed_request.error()));
        m_events.post(core::event::SignFailed{request.session, signing_trouble_of(signed_request.error())});
        return;
    }
    signed_request->holder_birthdate = open->birthdate;
    const core::RequestId id{signed_request->id.text()};
    m_vault.put(request.session, std::move(*signed_request));
    m_events.post(core::event::Signed{request.session, id});
}

void CardWorker::ask_now(const core::effect::AskCardHolder& request) {
    Open* open = open_for(request.session);
    if (!open) return;
    if (open->number_open) {
        tell_holder(request.declaration, *open);
    } else if (m_options.read_front) {
        m_asked = std::move(m_open);
        m_asked_for = request.declaration;
        m_options.read_front(request.session);
    }
}

void CardWorker::tell_holder(core::DeclarationId declaration, Open& open) {
    const auto attributes = open.card.read_attributes();
    if (attributes) {
        m_events.post(core::event::CardHolderKnown{declaration, holder_of(*attributes)});
    } else {
        m_notice(NoticeLevel::Warning, "card: its holder was not read: " + card::describe(attributes.error()));
    }
}

}  // namespace uketsuke::workers
