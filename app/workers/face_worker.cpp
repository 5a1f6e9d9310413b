#include "app/workers/face_worker.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <utility>

namespace uketsuke::workers {
namespace {

using Clock = std::chrono::steady_clock;

// Between two looks at the clock while no frame comes.
constexpr std::chrono::milliseconds k_clock_step{100};
// A network's pass takes some ten milliseconds; with the reference BLAS more than a hundred.
constexpr std::chrono::milliseconds k_slow_pass{60};

core::FaceGuidance words_for(vision::Guidance guidance) {
    switch (guidance) {
        case vision::Guidance::Ok:
            return core::FaceGuidance::LookHere;
        case vision::Guidance::NoFace:
            return core::FaceGuidance::NoFace;
        case vision::Guidance::SeveralFaces:
            return core::FaceGuidance::SeveralFaces;
        case vision::Guidance::TooFar:
            return core::FaceGuidance::ComeCloser;
        case vision::Guidance::TooNear:
            return core::FaceGuidance::StepBack;
        case vision::Guidance::OffCentre:
            return core::FaceGuidance::MoveToCentre;
        case vision::Guidance::Turned:
            return core::FaceGuidance::FaceForward;
        case vision::Guidance::TooDark:
            return core::FaceGuidance::TooDark;
        case vision::Guidance::TooBright:
            return core::FaceGuidance::TooBright;
        case vision::Guidance::Backlit:
            return core::FaceGuidance::Backlit;
        case vision::Guidance::EyesCovered:
            return core::FaceGuidance::UncoverEyes;
        case vision::Guidance::MouthCovered:
            return core::FaceGuidance::TakeOffMask;
        case vision::Guidance::Blurred:
            return core::FaceGuidance::HoldStill;
        case vision::Guidance::TurnLeft:
            return core::FaceGuidance::TurnLeft;
        case vision::Guidance::TurnRight:
            return core::FaceGuidance::TurnRight;
    }
    return core::FaceGuidance::LookHere;
}

}  // namespace

struct FaceWorker::Matching {
    Matching(core::SessionId id, vision::FaceEngine& engine, const vision::Reference& reference,
             const vision::OperatingPoint& point, vision::AttemptOptions options)
        : session(id), attempt(engine, reference, point, std::move(options)) {}
    core::SessionId session;
    vision::FaceAttempt attempt;
    Clock::time_point began = Clock::now();
    Clock::time_point last_picture = began;
    std::optional<core::FaceGuidance> told;
};

FaceWorker::FaceWorker(EventQueue& events, PhotoShelf& photos, NoticeSink notice, FaceWorkerOptions options)
    : m_events(events), m_photos(photos), m_notice(std::move(notice)), m_options(std::move(options)) {}

FaceWorker::~FaceWorker() = default;

void FaceWorker::post(Command command) {
    const std::lock_guard lock(m_mutex);
    m_commands.push_back(std::move(command));
    m_changed.notify_all();
}

void FaceWorker::give_photo(core::SessionId session, card::SecretBytes photo_jp2) {
    post(Photo{session, std::move(photo_jp2)});
}
void FaceWorker::start(core::SessionId session, bool challenge) {
    want_frames(true);
    post(Start{session, challenge});
}
void FaceWorker::stop_matching(core::SessionId session) {
    want_frames(false);
    post(StopMatching{session});
}
void FaceWorker::wipe(core::SessionId session) {
    want_frames(false);
    post(Forget{session});
}

void FaceWorker::want_frames(bool wanted) {
    const std::lock_guard lock(m_mutex);
    m_frames_wanted = wanted;
    if (!wanted) m_frame.reset();
}

void FaceWorker::give_frame(SharedFrame frame) {
    const std::lock_guard lock(m_mutex);
    // A camera that is just being switched off may be late with its last picture: it must not stay here.
    if (!m_frames_wanted) return;
    m_frame = std::move(frame);
    m_changed.notify_all();
}

void FaceWorker::camera_failing(bool failing) {
    const std::lock_guard lock(m_mutex);
    m_camera_failing = failing;
    m_changed.notify_all();
}

bool FaceWorker::wait_until_ready(std::chrono::milliseconds timeout) const {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [&] { return m_ready; });
}

void FaceWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_changed.notify_all();
}

void FaceWorker::run() {
    m_events.post(load());
    {
        const std::lock_guard lock(m_mutex);
        m_ready = true;
        m_changed.notify_all();
    }
    while (true) {
        std::optional<Command> command;
        SharedFrame frame;
        bool failing = false;
        {
            std::unique_lock lock(m_mutex);
            const auto something = [&] {
                return m_stopping || !m_commands.empty() || (m_matching && (m_frame || m_camera_failing));
            };
            if (m_matching) {
                m_changed.wait_for(lock, k_clock_step, something);
            } else {
                m_changed.wait(lock, something);
            }
            if (m_stopping) return;
            if (!m_commands.empty()) {
                command = std::move(m_commands.front());
                m_commands.pop_front();
            } else {
                frame = std::move(m_frame);
                m_frame.reset();
            }
            failing = m_camera_failing;
        }
        if (command) {
            perform(*command);
            continue;
        }
        if (!m_matching) continue;
        if (failing) {
            decide(core::FaceOutcome::CameraFailed);
        } else if (frame) {
            look(frame);
        }
        check_time();
    }
}

core::event::FaceAvailability FaceWorker::load() {
    if (!m_options.enabled) {
        m_notice(NoticeLevel::Info, "face: not offered (switched off in the configuration)");
        return {core::FaceAbsence::Disabled};
    }
    const auto missing = [&](const vision::Error& error) -> core::event::FaceAvailability {
        m_notice(NoticeLevel::Warning, "face: not offered, PIN and staff are (" +
                                           std::string(vision::to_string(error.fault)) + ": " + error.where + ")");
        return {core::FaceAbsence::NoModels};
    };
    if (!vision::use_one_blas_thread()) {
        m_notice(NoticeLevel::Warning, "face: OpenBLAS is not in use, matching is several times slower (libopenblas0)");
    }
    const auto paths = vision::find_models(m_options.model_folders);
    if (!paths) return missing(paths.error());
    auto point = pick_point(paths->combinations());
    if (!point) return missing(point.error());
    auto engine = vision::FaceEngine::load(*paths, *point);
    if (!engine) return missing(engine.error());
    const bool weak = point->use == vision::Use::SecondSign;
    m_notice(weak ? NoticeLevel::Warning : NoticeLevel::Info,
             fmt::format("face: {} at operating point '{}', measured on {}: 1 stranger in {:.0f} accepted, {:.0f} of "
                         "100 card holders refused{}",
                         (*engine)->model_name(), point->name, point->worst_group, 1 / point->far, point->frr * 100,
                         weak ? "; too weak to decide alone, a second sign is asked for" : ""));
    if (m_options.turns == 0) {
        m_notice(NoticeLevel::Warning, "face: the challenge is off, whoever holds up a photograph is not noticed");
    }
    if (const auto pass = (*engine)->time_one_chip(); pass > k_slow_pass) {
        m_notice(NoticeLevel::Warning,
                 fmt::format("face: one pass of the networks takes {} ms, is the reference BLAS in use?",
                             std::chrono::duration_cast<std::chrono::milliseconds>(pass).count()));
    }
    m_engine = std::move(*engine);
    m_point = std::move(*point);
    return {std::nullopt, weak};
}

vision::Result<vision::OperatingPoint> FaceWorker::pick_point(const std::vector<std::string>& combinations) {
    const auto points = vision::load_operating_points(m_options.operating_points);
    if (!points) return tl::unexpected(points.error());
    const auto use = m_options.demo_operating_point ? vision::Use::Demo : vision::Use::Patients;
    auto point = vision::choose(*points, combinations, m_options.false_accept_rate, use);
    if (point && vision::useful(*point)) return point;
    if (m_options.second_sign && !m_options.demo_operating_point) {
        auto weak = vision::choose(*points, combinations, 1.0, vision::Use::SecondSign);
        if (weak) return weak;
    }
    if (!point) return point;
    return tl::unexpected(
        vision::Error{vision::Fault::NoPoint, fmt::format("'{}' keeps the false-accept rate only by refusing {:.0f} of "
                                                          "100 card holders; face.second_sign may help",
                                                          point->name, point->frr * 100)});
}

void FaceWorker::perform(Command& command) {
    if (auto* photo = std::get_if<Photo>(&command)) {
        enroll(*photo);
    } else if (const auto* start = std::get_if<Start>(&command)) {
        begin(*start);
    } else if (const auto* stop = std::get_if<StopMatching>(&command)) {
        if (m_matching && m_matching->session == stop->session) m_matching.reset();
        m_waiting_for_reference.reset();
    } else if (const auto* forget = std::get_if<Forget>(&command)) {
        m_wiped_up_to = std::max(m_wiped_up_to, forget->session);
        m_matching.reset();
        m_waiting_for_reference.reset();
        m_reference.reset();
        if (m_engine && std::exchange(m_engine_used, false)) m_engine->forget();
    }
}

void FaceWorker::enroll(Photo& photo) {
    if (photo.session <= m_wiped_up_to) return;
    auto image = vision::decode_photo(photo.jp2);
    if (!m_engine) {
        if (image) m_photos.put(photo.session, std::move(*image));
        return;
    }
    m_engine_used = true;
    auto reference = image ? m_engine->enroll(*image) : tl::unexpected(image.error());
    if (image) m_photos.put(photo.session, std::move(*image));
    if (!reference) {
        m_notice(NoticeLevel::Warning, "card photo: " + std::string(vision::to_string(reference.error().fault)) + ": " +
                                           reference.error().where);
        m_events.post(core::event::FacePhotoUnusable{photo.session});
        return;
    }
    m_reference = std::move(*reference);
    m_reference_of = photo.session;
    if (m_waiting_for_reference && m_waiting_for_reference->session == photo.session) {
        begin(Start{*m_waiting_for_reference});
    }
}

void FaceWorker::begin(const Start& start) {
    if (!m_engine || start.session <= m_wiped_up_to) return;
    if (!m_reference || m_reference_of != start.session) {
        m_waiting_for_reference = start;
        return;
    }
    m_waiting_for_reference.reset();
    if (m_options.turns > 0 && !start.challenge) {
        m_notice(NoticeLevel::Warning, "face: staff let one patient off turning the head");
    }
    m_engine->reset();
    vision::AttemptOptions options;
    options.turns = start.challenge ? m_options.turns : 0;
    // Whoever could foresee the side could film it.
    options.pick_side = [] { return randombytes_uniform(2) == 0 ? vision::Side::Left : vision::Side::Right; };
    m_matching = std::make_unique<Matching>(start.session, *m_engine, *m_reference, *m_point, std::move(options));
}

void FaceWorker::look(const SharedFrame& frame) {
    m_matching->last_picture = Clock::now();
    const auto progress = m_matching->attempt.observe(*frame);
    guide(words_for(progress.guidance));
    switch (progress.verdict) {
        case vision::Verdict::Undecided:
            return;
        case vision::Verdict::Match:
            decide(core::FaceOutcome::Match);
            return;
        case vision::Verdict::NoMatch:
            decide(core::FaceOutcome::NoMatch);
            return;
        case vision::Verdict::NotLive:
            m_notice(NoticeLevel::Warning, "face: no living head before the camera: " + progress.reason);
            decide(core::FaceOutcome::NotLive);
            return;
    }
}

void FaceWorker::guide(core::FaceGuidance guidance) {
    if (m_matching->told == guidance) return;
    m_matching->told = guidance;
    m_events.post(core::event::FaceGuided{m_matching->session, guidance});
}

void FaceWorker::decide(core::FaceOutcome outcome) {
    const auto session = m_matching->session;
    m_matching.reset();
    m_events.post(core::event::FaceDecided{session, outcome});
}

void FaceWorker::check_time() {
    if (!m_matching) return;
    const auto now = Clock::now();
    if (now - m_matching->last_picture > m_options.picture_missed_after) guide(core::FaceGuidance::Starting);
    if (now - m_matching->began < m_options.decide_within) return;
    decide(core::FaceOutcome::TimedOut);
}

}  // namespace uketsuke::workers
