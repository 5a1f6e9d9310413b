// What the face costs the kiosk as a whole: pictures a second on the screen while it matches, processor and memory.
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <thread>

#include "app/config/config.h"
#include "app/main/runtime.h"
#include "app/programs/bench/bench.h"
#include "app/ui/window.h"
#include "vision/synthetic.h"
#include "vision/virtual_camera.h"

namespace uketsuke::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int k_camera_rate = 30;
constexpr auto k_measured_for = 6s;

double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * time.tv_usec; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double resident_mb() {
    std::ifstream in("/proc/self/status");
    std::string word;
    while (in >> word) {
        double kilobytes = 0;
        if (word == "VmRSS:" && in >> kilobytes) return kilobytes / 1024;
    }
    return 0;
}

// Pictures drawn beforehand: a real camera draws nothing on our processor.
class PreparedCamera : public vision::Camera {
  public:
    PreparedCamera() {
        for (int i = 0; i < 30; ++i) {
            vision::Appearance someone;
            someone.identity = 3;
            m_pictures.push_back(
                vision::draw_person(vision::animate(someone, std::chrono::milliseconds(33 * i)), 640, 480));
        }
    }
    tl::expected<vision::Frame, vision::CameraError> next(std::chrono::milliseconds) override {
        if (m_closed) return tl::unexpected(vision::CameraError{vision::CameraFault::Closed, name()});
        m_due = std::max(m_due + std::chrono::microseconds{1'000'000 / k_camera_rate}, Clock::now());
        std::this_thread::sleep_until(m_due);
        ++m_sequence;
        return vision::Frame{m_pictures[m_sequence % m_pictures.size()], m_sequence, m_due};
    }
    void close() override { m_closed = true; }
    std::string name() const override { return "prepared pictures"; }

  private:
    std::vector<vision::Image> m_pictures;
    std::uint64_t m_sequence = 0;
    Clock::time_point m_due = Clock::now();
    std::atomic<bool> m_closed{false};
};

struct Live {
    std::vector<double> pictures_a_second;
    double analysed_a_second = 0;
    double processor = 0;  // cores
};

// Capture, analysis and drawing on threads of their own, as in the kiosk; the newest picture wins on both sides.
Live run(ui::Window& window, vision::FaceEngine* engine) {
    workers::EventQueue events;
    std::mutex mutex;
    std::condition_variable changed;
    workers::SharedFrame newest;
    bool ended = false;
    workers::CameraWorkerOptions options;
    options.look_after_every = 0ms;
    options.frame = [&](workers::SharedFrame frame) {
        const std::lock_guard lock(mutex);
        newest = std::move(frame);
        changed.notify_one();
    };
    options.failing = [](bool) {};
    workers::CameraWorker camera([] { return std::make_unique<PreparedCamera>(); }, events,
                                 [](workers::NoticeLevel, const std::string&) {}, options);
    std::thread capture([&] { camera.run(); });
    std::atomic<int> analysed{0};
    std::thread analysis([&] {
        while (true) {
            workers::SharedFrame frame;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return ended || newest; });
                if (ended) return;
                frame = std::move(newest);
                newest.reset();
            }
            if (engine == nullptr) continue;
            static_cast<void>(engine->analyse(frame->image, vision::Depth::Identity));
            ++analysed;
        }
    });
    camera.switch_on();
    core::View view;
    view.page = core::page::Face{core::FaceGuidance::LookHere, 1, 3};
    view.stage = core::Stage::Identify;
    Live live;
    std::uint64_t shown = 0;
    int in_this_second = 0;
    const double before = processor_seconds();
    const auto began = Clock::now();
    auto second = began + 1s;
    while (Clock::now() - began < k_measured_for) {
        const auto frame = camera.preview();
        if (frame && frame->sequence != shown) {
            shown = frame->sequence;
            const ui::Preview preview{frame->image.width, frame->image.height, frame->image.pixels, frame->sequence};
            static_cast<void>(window.frame(view, &preview, nullptr));
            ++in_this_second;
        } else {
            std::this_thread::sleep_for(2ms);
        }
        if (Clock::now() >= second) {
            live.pictures_a_second.push_back(in_this_second);
            in_this_second = 0;
            second += 1s;
        }
    }
    const double wall = std::chrono::duration<double>(Clock::now() - began).count();
    live.processor = (processor_seconds() - before) / wall;
    live.analysed_a_second = analysed / wall;
    camera.stop();
    {
        const std::lock_guard lock(mutex);
        ended = true;
        changed.notify_one();
    }
    capture.join();
    analysis.join();
    return live;
}

void preview_while_matching(BenchOutput& out, vision::FaceEngine& engine) {
    ui::WindowOptions options;
    options.width = 1280;
    options.height = 800;
    options.offscreen = true;
    options.settle = {};
    options.asset_dir = UKETSUKE_BINARY_DIR;
    auto window = ui::Window::open(options);
    if (!window) {
        out.skipped("vision.preview_interval", window.error());
        return;
    }
    const Live alone = run(**window, nullptr);
    const Live matching = run(**window, &engine);
    Row row{"vision.preview_interval",
            "ms",
            1000 / std::max(1.0, median(matching.pictures_a_second)),
            1000 / std::max(1.0, percentile(matching.pictures_a_second, 0)),
            1000 / std::max(1.0, median(alone.pictures_a_second)),
            "the same camera of 30 pictures a second, shown without matching",
            {}};
    row.extra["pictures_a_second"] = median(matching.pictures_a_second);
    row.extra["analysed_a_second"] = matching.analysed_a_second;
    row.extra["cores"] = matching.processor;
    row.extra["cores_without_matching"] = alone.processor;
    row.extra["size"] = "1280x800";
    out.row(row);
}

// A kiosk at rest: camera off, nobody there, nothing drawn.
void idle(BenchOutput& out) {
    auto config = config::load_config(paths().source_dir + "/kiosk-config/demo.toml");
    if (!config) {
        out.skipped("vision.idle", config.error().text());
        return;
    }
    const std::filesystem::path scratch(paths().scratch_dir);
    config->outbox.path = scratch / "idle.db";
    config->outbox.key_file = scratch / "idle.key";
    config->face.models = paths().models_dir;
    const auto measure = [&](bool face) -> tl::expected<double, std::string> {
        config->face.enabled = face;
        auto runtime = app::Runtime::start(*config, [](workers::NoticeLevel, const std::string&) {});
        if (!runtime) return tl::unexpected(runtime.error());
        (*runtime)->wait_for_face();
        (*runtime)->kiosk().pump_for(500ms);
        const double before = processor_seconds();
        const auto began = Clock::now();
        while (Clock::now() - began < k_measured_for) (*runtime)->kiosk().pump_for(500ms);
        return (processor_seconds() - before) / std::chrono::duration<double>(Clock::now() - began).count();
    };
    const auto without = measure(false);
    const auto with = measure(true);
    if (!without || !with) {
        out.skipped("vision.idle", without ? with.error() : without.error());
        return;
    }
    out.row(
        {"vision.idle", "cores", *with, *with, std::max(*without, 1e-6), "the same kiosk without face matching", {}});
}

}  // namespace

void run_live_bench(BenchOutput& out) {
    const auto found = vision::find_models({paths().models_dir});
    const auto points = vision::load_operating_points(paths().source_dir + "/assets/models/operating-points.toml");
    const auto point = found && points ? vision::choose(*points, found->combinations(), 0.01, vision::Use::Demo)
                                       : tl::unexpected(found ? points.error() : found.error());
    const double before = resident_mb();
    auto engine = point ? vision::FaceEngine::load(*found, *point) : tl::unexpected(point.error());
    if (!engine) {
        out.skipped("vision.memory", engine.error().where);
        return;
    }
    static_cast<void>((*engine)->analyse(vision::draw_person({}, 640, 480), vision::Depth::IdentityAlways));
    const double taken = resident_mb() - before;
    double bytes = 0;
    for (const auto& network : found->networks) bytes += static_cast<double>(std::filesystem::file_size(network.file));
    if (!found->detector.empty()) bytes += static_cast<double>(std::filesystem::file_size(found->detector));
    Row memory{"vision.memory", "MB", taken, taken, bytes / 1e6, "the size of the files", {}};
    memory.extra["resident_in_all"] = resident_mb();
    out.row(memory);
    preview_while_matching(out, **engine);
    engine->reset();
    idle(out);
}

}  // namespace uketsuke::bench
