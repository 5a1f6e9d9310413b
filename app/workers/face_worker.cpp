#include "app/workers/face_worker.h"

#include <algorithm>
#include <utility>

namespace uketsuke::workers {
namespace {

using Clock = std::chrono::steady_clock;

// Between two looks at the clock while no frame comes.
constexpr std::chrono::milliseconds k_clock_step{100};

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
        case vision::Guidance::Blurred:
            return core::FaceGuidance::HoldStill;
    }
    return core::FaceGuidance::LookHere;
}

}  // namespace

struct FaceWorker::Matching {
    Matching(core::SessionId id, vision::OperatingPoint point) : session(id), verifier(std::move(point)) {}
    core::SessionId session;
    vision::Verifier verifier;
    Clock::time_point began = Clock::now();
    std::optional<core::FaceGuidance> told;
};

FaceWorker::FaceWorker(EventQueue& events, NoticeSink notice, FaceWorkerOptions options)
    : m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {}

FaceWorker::~FaceWorker() = default;

void FaceWorker::post(Command command) {
    const std::lock_guard lock(m_mutex);
    m_commands.push_back(std::move(command));
    m_changed.notify_all();
}

void FaceWorker::give_photo(core::SessionId session, card::SecretBytes photo_jp2) {
    post(Photo{session, std::move(photo_jp2)});
}
void FaceWorker::start(core::SessionId session) {
    want_frames(true);
    post(Start{session});
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
    if (const auto absence = load()) m_events.post(core::event::FaceAvailability{absence});
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

std::optional<core::FaceAbsence> FaceWorker::load() {
    if (!m_options.enabled) {
        m_notice(NoticeLevel::Info, "face: not offered (switched off in the configuration)");
        return core::FaceAbsence::Disabled;
    }
    const auto missing = [&](const vision::Error& error) {
        m_notice(NoticeLevel::Warning, "face: not offered, PIN and staff are (" +
                                           std::string(vision::to_string(error.fault)) + ": " + error.where + ")");
        return core::FaceAbsence::NoModels;
    };
    if (!vision::use_one_blas_thread()) {
        m_notice(NoticeLevel::Warning, "face: OpenBLAS is not in use, matching is several times slower (libopenblas0)");
    }
    const auto points = vision::load_operating_points(m_options.operating_points);
    if (!points) return missing(points.error());
    const auto paths = vision::find_models(m_options.model_folders,
                                           vision::models_with_points(*points, m_options.demo_operating_point));
    if (!paths) return missing(paths.error());
    auto engine = vision::FaceEngine::load(*paths);
    if (!engine) return missing(engine.error());
    auto point =
        vision::choose(*points, (*engine)->model_name(), m_options.false_accept_rate, m_options.demo_operating_point);
    if (!point) return missing(point.error());
    if (!vision::useful(*point)) {
        return missing({vision::Fault::NoPoint, "'" + point->name + "' keeps the false-accept rate only by refusing " +
                                                    std::to_string(static_cast<int>(point->frr * 100)) +
                                                    " of 100 card holders"});
    }
    m_notice(NoticeLevel::Info, "face: " + (*engine)->model_name() + " at operating point '" + point->name + "'");
    m_engine = std::move(*engine);
    m_point = std::move(*point);
    return std::nullopt;
}

void FaceWorker::perform(Command& command) {
    if (auto* photo = std::get_if<Photo>(&command)) {
        enroll(*photo);
    } else if (const auto* start = std::get_if<Start>(&command)) {
        begin(start->session);
    } else if (const auto* stop = std::get_if<StopMatching>(&command)) {
        if (m_matching && m_matching->session == stop->session) m_matching.reset();
        m_waiting_for_reference.reset();
    } else if (const auto* forget = std::get_if<Forget>(&command)) {
        m_wiped_up_to = std::max(m_wiped_up_to, forget->session);
        m_matching.reset();
        m_waiting_for_reference.reset();
        m_reference.reset();
        if (m_engine) m_engine->reset();
    }
}

void FaceWorker::enroll(Photo& photo) {
    if (!m_engine || photo.session <= m_wiped_up_to) return;
    auto image = vision::decode_photo(photo.jp2);
    auto reference = image ? m_engine->enroll(*image) : tl::unexpected(image.error());
    if (image) vision::wipe(*image);
    if (!reference) {
        m_notice(NoticeLevel::Warning, "card photo: " + std::string(vision::to_string(reference.error().fault)) + ": " +
                                           reference.error().where);
        m_events.post(core::event::FacePhotoUnusable{photo.session});
        return;
    }
    m_reference = std::move(*reference);
    m_reference_of = photo.session;
    if (m_waiting_for_reference == photo.session) begin(photo.session);
}

void FaceWorker::begin(core::SessionId session) {
    if (!m_engine || session <= m_wiped_up_to) return;
    if (!m_reference || m_reference_of != session) {
        m_waiting_for_reference = session;
        return;
    }
    m_waiting_for_reference.reset();
    m_engine->reset();
    m_matching = std::make_unique<Matching>(session, *m_point);
}

void FaceWorker::look(const SharedFrame& frame) {
    auto analysis = m_engine->analyse(frame->image, vision::Depth::Identity);
    std::optional<double> distance;
    if (analysis.embedding) distance = m_engine->distance(*m_reference, *analysis.embedding);
    const auto progress = m_matching->verifier.observe(distance, analysis.guidance);
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
    if (!m_matching || Clock::now() - m_matching->began < m_options.decide_within) return;
    decide(core::FaceOutcome::TimedOut);
}

}  // namespace uketsuke::workers
