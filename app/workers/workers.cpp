#include "app/workers/workers.h"

#include <sodium.h>

#include <numeric>
#include <utility>

namespace uketsuke::workers {
namespace {

constexpr std::chrono::seconds k_clock_wrong_from{120};

// Fisher–Yates with the system's random generator: what a neighbour could guess would give the PIN away.
std::array<std::uint8_t, 10> shuffled_digits() {
    std::array<std::uint8_t, 10> digits{};
    std::iota(digits.begin(), digits.end(), std::uint8_t{0});
    for (std::uint32_t left = static_cast<std::uint32_t>(digits.size()); left > 1; --left) {
        std::swap(digits[left - 1], digits[randombytes_uniform(left)]);
    }
    return digits;
}

}  // namespace

Workers::Workers(Rooms rooms, EventQueue& events, NoticeSink notice, WorkersOptions options)
    : m_notice(notice),
      m_learn_clock(std::move(options.learn_clock)),
      m_notes(events),
      m_registration(rooms.registration_client, events,
                     [this](std::chrono::sys_seconds time) { compare_clocks(time); }),
      m_files(rooms.outbox, rooms.files_client, m_notes, notice, std::move(options.files)),
      m_webhook(rooms.outbox, rooms.webhook, notice, std::move(options.webhook)),
      m_face(events, m_photos, notice, std::move(options.face)),
      m_camera(std::move(rooms.camera), events, notice,
               [&] {
                   options.camera.frame = [this](SharedFrame frame) { m_face.give_frame(std::move(frame)); };
                   options.camera.failing = [this](bool failing) { m_face.camera_failing(failing); };
                   return std::move(options.camera);
               }()),
      m_front(rooms.front,
              [this](core::SessionId session, card::Result<card::NumberB> number) {
                  m_card.number_read(session, std::move(number));
              }),
      m_card(rooms.reader, rooms.attestation, m_vault, events, notice,
             [&] {
                 if (m_front.reads()) {
                     options.card.read_front = [this](core::SessionId session) { m_front.read(session); };
                 }
                 options.card.certificate_read = [this, asks = options.ask_registration](
                                                     core::SessionId session, const std::vector<std::uint8_t>& der) {
                     if (asks) m_registration.ask(session, der);
                 };
                 options.card.photo_read = [this](core::SessionId session, card::SecretBytes photo) {
                     m_face.give_photo(session, std::move(photo));
                 };
                 return std::move(options.card);
             }()),
      m_net(rooms.outbox, rooms.client, rooms.network, events, m_notes, notice,
            [&] {
                options.net.service_time = [this](std::chrono::sys_seconds time) { compare_clocks(time); };
                options.net.delivered = [this] {
                    m_files.wake();
                    m_webhook.wake();
                };
                return std::move(options.net);
            }()),
      m_input(events, notice, std::move(options.input)),
      m_print(rooms.outbox, events, notice, std::move(options.print)),
      m_store(rooms.outbox, m_vault, events, notice, [&] {
          if (m_print.has_printer()) {
              options.store.print = [this](core::DeclarationId form, const net::RequestId& row) {
                  m_print.print(form, row);
              };
          }
          options.store.committed = [this] {
              m_net.wake();
              m_webhook.wake();
          };
          return std::move(options.store);
      }()) {}

void Workers::compare_clocks(std::chrono::sys_seconds service_time) {
    const auto ahead = m_learn_clock(service_time);
    if (!m_notes.set(core::StaffNote::ClockWrong, std::chrono::abs(ahead) >= k_clock_wrong_from)) return;
    m_net.wake();
    m_notice(NoticeLevel::Warning, "this machine's clock is " + std::to_string(ahead.count()) +
                                       " s ahead of the service's; what is sent is dated by the service's");
}

bool Workers::perform_for_form(core::Effect& effect) {
    using namespace core::effect;
    if (const auto* ask = std::get_if<AskCardHolder>(&effect)) {
        m_card.ask_holder(*ask);
    } else if (auto* kana = std::get_if<ConvertKana>(&effect)) {
        m_input.convert(std::move(*kana));
    } else if (auto* code = std::get_if<LookUpPostalCode>(&effect)) {
        m_input.look_up(std::move(*code));
    } else if (auto* form = std::get_if<StoreDeclaration>(&effect)) {
        m_store.store(std::move(*form));
    } else if (const auto* wipe = std::get_if<WipeDeclaration>(&effect)) {
        m_input.wipe();
        m_card.wipe(*wipe);
    } else {
        return false;
    }
    return true;
}

std::optional<core::Event> Workers::perform(core::Effect effect) {
    using namespace core::effect;
    if (perform_for_form(effect) || m_store.about_care(effect)) return std::nullopt;
    if (const auto* read = std::get_if<ReadCard>(&effect)) {
        m_card.read_card(*read);
    } else if (std::get_if<WarmCamera>(&effect)) {
        m_camera.switch_on();
    } else if (const auto* start = std::get_if<StartFace>(&effect)) {
        m_camera.switch_on();
        m_face.start(start->session, start->challenge);
    } else if (const auto* stop = std::get_if<StopFace>(&effect)) {
        m_camera.switch_off();
        m_face.stop_matching(stop->session);
    } else if (const auto* shuffle = std::get_if<ShuffleKeypad>(&effect)) {
        return core::event::KeypadShuffled{shuffle->session, shuffled_digits()};
    } else if (auto* verify = std::get_if<VerifyPin>(&effect)) {
        m_card.verify_pin(std::move(*verify));
    } else if (auto* open = std::get_if<OpenPhoto>(&effect)) {
        m_card.open_photo(std::move(*open));
    } else if (auto* check = std::get_if<CheckStaffCode>(&effect)) {
        m_store.check(std::move(*check));
    } else if (std::get_if<CallStaff>(&effect)) {
        m_notice(NoticeLevel::Warning, "a patient asks for staff");
    } else if (const auto* did = std::get_if<StaffDid>(&effect)) {
        m_notice(NoticeLevel::Info, std::string("staff used their code: ") + core::name_of(did->purpose));
    } else if (const auto* sign = std::get_if<SignReception>(&effect)) {
        m_card.sign(*sign);
    } else if (auto* commit = std::get_if<Commit>(&effect)) {
        m_store.commit(std::move(*commit));
    } else if (const auto* wipe = std::get_if<Wipe>(&effect)) {
        m_vault.wipe(wipe->session);
        if (core::begun_without_card(wipe->session)) {
            m_store.wipe(wipe->session);
            return std::nullopt;
        }
        m_camera.switch_off();
        m_face.wipe(wipe->session);
        m_card.wipe(wipe->session);
        m_photos.wipe(wipe->session);
    }
    return std::nullopt;
}

void Workers::stop() {
    m_card.stop();
    m_front.stop();
    m_camera.stop();
    m_face.stop();
    m_store.stop();
    m_net.stop();
    m_registration.stop();
    m_files.stop();
    m_webhook.stop();
    m_input.stop();
    m_print.stop();
}

}  // namespace uketsuke::workers
