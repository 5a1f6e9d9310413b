// A whole reception with no human time: what the machine itself adds between the card and "accepted".
#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>

#include "app/config/config.h"
#include "app/demo/persona_photo.h"
#include "app/main/runtime.h"
#include "app/programs/bench/bench.h"
#include "app/programs/bench/flow_home.h"
#include "app/programs/bench/visit.h"
#include "app/workers/signing.h"
#include "card/front/camera_front.h"
#include "card/front/drawn_front.h"

namespace uketsuke::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t k_runs = 15;

// The same card, disk and service without a kiosk around them: one call after the other on one thread.
class BareReception {
  public:
    static tl::expected<std::unique_ptr<BareReception>, std::string> make(const config::Config& config,
                                                                          app::Runtime& runtime) {
        const auto persona = card::load_persona((config.card.personas / "sato.toml").string());
        if (!persona) return tl::unexpected(card::describe(persona.error()));
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        auto card = card::VirtualCard::make(*persona, demo::persona_photo(*persona), now);
        if (!card) return tl::unexpected(card::describe(card.error()));
        net::ServiceOptions options;
        options.url = runtime.devices().simulator->url();
        options.ca_pem = runtime.devices().simulator->ca_pem();
        auto client = net::EligibilityClient::create(options);
        if (!client) return tl::unexpected(client.error().where);
        auto numbers = card::NumberReader::open();
        if (!numbers) return tl::unexpected(card::describe(numbers.error()));
        return std::unique_ptr<BareReception>(new BareReception(*card, std::move(*numbers), std::move(*client),
                                                                *runtime.devices().outbox,
                                                                config.service.institution_code));
    }

    bool read_front() { return m_front.read_number().has_value(); }

    bool receive(bool photo) {
        auto channel = m_reader.connect();
        if (!channel) return false;
        card::MyNumberCard card(**channel);
        const auto number = m_card->persona().number_b();
        if (!card.identify() || !number) return false;
        const auto tries = card.pin_status();
        const auto certificate = card.read_certificate();
        if (!certificate || !tries) return false;
        if (photo && (!card.verify_number_b(*number) || !card.read_face_record())) return false;
        constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};
        const auto verified = card.verify_pin(k_pin, tries->tries);
        if (!verified || verified->verdict != card::PinVerdict::Right) return false;
        core::Reception reception;
        reception.method = core::Method::Pin;
        reception.confirmed_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        reception.consents.fill({true, reception.confirmed_at});
        const auto wire = workers::to_wire(reception, {m_institution, std::nullopt, false}, certificate->der);
        const auto request = workers::sign_reception(wire, card, *certificate, m_attestation);
        if (!request) return false;
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        if (!m_outbox.enqueue(*request, now)) return false;
        const auto reply = m_client->send(*request);
        return reply && reply->kind == net::ReplyKind::Answered &&
               m_outbox.delivered(request->id, reply->document, now);
    }

  private:
    BareReception(std::shared_ptr<card::VirtualCard> card, std::unique_ptr<card::NumberReader> numbers,
                  std::unique_ptr<net::EligibilityClient> client, net::Outbox& outbox, std::string institution)
        : m_card(std::move(card)),
          m_front(std::make_unique<card::DrawnFrontCamera>(m_reader), std::move(numbers)),
          m_client(std::move(client)),
          m_outbox(outbox),
          m_institution(std::move(institution)) {
        m_reader.place(m_card);
    }

    card::VirtualReader m_reader;
    std::shared_ptr<card::VirtualCard> m_card;
    card::CameraFront m_front;
    std::unique_ptr<net::EligibilityClient> m_client;
    net::Outbox& m_outbox;
    std::string m_institution;
    card::SimulatedAttestation m_attestation;
};

void measure(BenchOutput& out, Visit& visit, const std::string& name, const std::function<bool()>& reception,
             double floor, const std::string& floor_is) {
    std::vector<double> samples;
    for (std::size_t run = 0; run < k_runs + 1; ++run) {
        const auto start = Clock::now();
        const bool accepted = reception();
        const auto took = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        if (!visit.leave() || !accepted) {
            out.skipped(name, "a reception did not end as accepted");
            return;
        }
        if (run > 0) samples.push_back(took);
    }
    Row row{name, "ms", median(samples), percentile(samples, 99), floor, floor_is, {}};
    row.extra["p95"] = percentile(samples, 95);
    row.extra["runs"] = static_cast<double>(samples.size());
    out.row(row);
}

}  // namespace

void run_flow_bench(BenchOutput& out) {
    auto config = config::load_config(paths().source_dir + "/kiosk-config/demo.toml");
    if (!config) {
        out.skipped("flow", config.error().text());
        return;
    }
    const std::filesystem::path scratch(paths().scratch_dir);
    config->outbox.path = scratch / "flow.db";
    config->outbox.key_file = scratch / "flow.key";
    config->face.models = paths().models_dir;
    // How fast somebody turns the head is no matter of the machine: the challenge has its rows in vision.
    config->face.challenge = config::ChallengeRule::Off;
    auto runtime = app::Runtime::start(*config, [](workers::NoticeLevel, const std::string&) {});
    if (!runtime) {
        out.skipped("flow", runtime.error());
        return;
    }
    (*runtime)->wait_for_face();
    auto bare = BareReception::make(*config, **runtime);
    if (!bare) {
        out.skipped("flow", bare.error());
        return;
    }
    const auto bare_ms = time_ms(k_runs, 2, [&] { (*bare)->receive(false); });
    const auto bare_photo_ms = time_ms(k_runs, 2, [&] { (*bare)->receive(true); });
    const auto front_ms = time_ms(5, 1, [&] { (*bare)->read_front(); });
    Visit visit(**runtime);
    // A majority of five frames is three; the camera was opened while the card was read, so the first is there.
    const double pictures_ms = 2 * 1000.0 / config->camera.frames_per_second;
    measure(
        out, visit, "flow.face", [&] { return visit.by_face(); },
        std::max(pictures_ms, median(front_ms)) + median(bare_photo_ms),
        "the front read once (two more pictures of this camera, if those take longer), and flow.pin's floor with the "
        "photo");
    measure(
        out, visit, "flow.pin", [&] { return visit.by_pin(); }, median(bare_ms),
        "the same card, disk and service called one after the other on one thread");
    run_home_flow(out, visit);
}

}  // namespace uketsuke::bench
