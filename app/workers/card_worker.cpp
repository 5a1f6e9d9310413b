#include "app/workers/card_worker.h"

#include <utility>

#include "app/workers/certificate_standing.h"
#include "app/workers/signing.h"

namespace uketsuke::workers {
namespace {

// Only a bound: presence comes as an event, and stop() wakes the wait.
constexpr std::chrono::milliseconds k_longest_wait{2'000};

core::CardTrouble trouble_of(card::Fault fault) {
    switch (fault) {
        case card::Fault::NoService:
        case card::Fault::NoReader:
            return core::CardTrouble::ReaderAway;
        case card::Fault::NoCard:
        case card::Fault::CardGone:
            return core::CardTrouble::Moved;
        case card::Fault::NotMyNumberCard:
        case card::Fault::NotThisCard:
            return core::CardTrouble::NotMyNumberCard;
        case card::Fault::ReaderBusy:
        case card::Fault::CardSilent:
        case card::Fault::NotFound:
        case card::Fault::NotAllowed:
        case card::Fault::UnexpectedStatus:
        case card::Fault::BadData:
        case card::Fault::PinLocked:
        case card::Fault::CounterChanged:
        case card::Fault::FloorReached:
        case card::Fault::NumberRefused:
        case card::Fault::Crypto:
        case card::Fault::BadConfig:
        case card::Fault::Transport:
            return core::CardTrouble::Unreadable;
    }
    return core::CardTrouble::Unreadable;
}

core::PinOutcome outcome_of(card::PinVerdict verdict) {
    switch (verdict) {
        case card::PinVerdict::Right:
            return core::PinOutcome::Right;
        case card::PinVerdict::Wrong:
            return core::PinOutcome::Wrong;
        case card::PinVerdict::Locked:
            return core::PinOutcome::Locked;
        case card::PinVerdict::NotSent:
            return core::PinOutcome::NotSent;
        case card::PinVerdict::Lost:
            return core::PinOutcome::Lost;
    }
    return core::PinOutcome::Lost;
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
    card::Certificate certificate;
};

CardWorker::CardWorker(card::Reader& reader, card::CardFront& front, card::Attestation& attestation,
                       SessionVault& vault, EventQueue& events, NoticeSink notice, CardWorkerOptions options)
    : m_reader(reader),
      m_front(front),
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

void CardWorker::read_card(core::SessionId session) {
    post(Read{session});
}
void CardWorker::verify_pin(core::effect::VerifyPin request) {
    post(std::move(request));
}
void CardWorker::sign(core::effect::SignReception request) {
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
}

void CardWorker::presence_changed(card::Presence from, card::Presence to) {
    if (from == card::Presence::Card) {
        m_open.reset();
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
    if (auto* request = std::get_if<Read>(&command)) {
        read(request->session);
    } else if (auto* pin = std::get_if<core::effect::VerifyPin>(&command)) {
        verify(*pin);
    } else if (auto* reception = std::get_if<core::effect::SignReception>(&command)) {
        sign_now(*reception);
    } else if (auto* forget = std::get_if<Forget>(&command)) {
        if (m_open && m_open->session <= forget->session) m_open.reset();
    }
}

CardWorker::Open* CardWorker::open_for(core::SessionId session) {
    return m_open && m_open->session == session ? m_open.get() : nullptr;
}

void CardWorker::read(core::SessionId session) {
    if (session != m_placed) return;
    m_open.reset();
    auto channel = m_reader.connect();
    if (!channel) {
        m_notice(NoticeLevel::Warning, "card: " + card::describe(channel.error()));
        m_events.post(core::event::CardReadFailed{session, trouble_of(channel.error().fault)});
        return;
    }
    card::MyNumberCardOptions options;
    options.number_b_floor = m_options.number_b_floor;
    m_open = std::make_unique<Open>(session, std::move(*channel), options);
    auto facts = read_facts(*m_open);
    if (!facts) {
        m_notice(NoticeLevel::Warning, "card: " + card::describe(facts.error()));
        m_open.reset();
        m_events.post(core::event::CardReadFailed{session, trouble_of(facts.error().fault)});
        return;
    }
    // The patient chooses the way of identification while the photo is still on its way.
    m_events.post(core::event::CardRead{session, *facts});
    if (facts->photo) read_photo(session, *m_open);
}

card::Result<core::CardFacts> CardWorker::read_facts(Open& open) {
    const auto kind = open.card.identify();
    if (!kind) return tl::unexpected(kind.error());
    if (*kind != card::CardKind::MyNumber) {
        return card::fail(card::Fault::NotMyNumberCard, std::string(card::name_of(*kind)));
    }
    auto certificate = open.card.read_certificate();
    if (!certificate) return tl::unexpected(certificate.error());
    const auto pin = open.card.pin_status();
    if (!pin) return tl::unexpected(pin.error());
    open.certificate = std::move(*certificate);
    const auto state = certificate_state(open.certificate.not_after, m_options.now());
    core::CardFacts facts;
    facts.pin_tries = pin->locked ? 0 : pin->tries;
    facts.certificate = state.standing;
    facts.certificate_days_left = state.days_left;
    facts.photo = open_photo(open);
    return facts;
}

// A photo that cannot be opened costs the face, never the reception.
bool CardWorker::open_photo(Open& open) {
    const auto number = m_front.read_number();
    if (!number) return false;
    const auto answer = open.card.verify_number_b(*number);
    if (!answer) {
        m_notice(NoticeLevel::Warning, "card photo: " + card::describe(answer.error()));
        return false;
    }
    if (answer->verdict == card::PinVerdict::Right) return true;
    m_notice(NoticeLevel::Warning, "card photo: the printed number was not accepted or not sent, tries left " +
                                       std::to_string(answer->tries_left.value_or(-1)));
    return false;
}

void CardWorker::read_photo(core::SessionId session, Open& open) {
    auto record = open.card.read_face_record();
    if (record) {
        m_options.photo_read(session, std::move(record->photo_jp2));
        return;
    }
    m_notice(NoticeLevel::Warning, "card photo: " + card::describe(record.error()));
    m_events.post(core::event::FacePhotoUnusable{session});
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
    if (!answer) {
        m_notice(NoticeLevel::Warning, "PIN: " + card::describe(answer.error()));
        m_events.post(core::event::PinAnswered{request.session, core::PinOutcome::Lost, std::nullopt});
        return;
    }
    m_events.post(core::event::PinAnswered{request.session, outcome_of(answer->verdict), answer->tries_left});
}

void CardWorker::sign_now(core::effect::SignReception& request) {
    Open* open = open_for(request.session);
    if (!open) {
        m_events.post(core::event::SignFailed{request.session, core::CardTrouble::Moved});
        return;
    }
    const auto wire = to_wire(request.reception, m_options.institution_code, open->certificate.der);
    auto signed_request = sign_reception(wire, open->card, open->certificate, m_attestation);
    if (!signed_request) {
        m_notice(NoticeLevel::Warning, "signature: " + card::describe(signed_request.error()));
        const auto trouble = trouble_of(signed_request.error().fault);
        m_events.post(core::event::SignFailed{
            request.session, trouble == core::CardTrouble::Unreadable ? core::CardTrouble::SignatureRefused : trouble});
        return;
    }
    const core::RequestId id{signed_request->id.text()};
    m_vault.put(request.session, std::move(*signed_request));
    m_events.post(core::event::Signed{request.session, id});
}

}  // namespace uketsuke::workers
