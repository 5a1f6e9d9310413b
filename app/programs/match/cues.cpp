#include "app/programs/match/cues.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/accuracy.h"
#include "vision/attack.h"
#include "vision/presentation.h"
#include "vision/synthetic.h"
#include "vision/texture.h"

namespace uketsuke::match {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;
using vision::Image;
using vision::Instrument;
using vision::Surface;

constexpr milliseconds k_length{5000};
constexpr milliseconds k_frame_time{83};
constexpr milliseconds k_asked_after{2500};
constexpr int k_width = 640;
constexpr int k_height = 480;
constexpr double k_eyes = 80;  // pixels between a visitor's

struct Series {
    std::size_t presentations = 0;
    std::size_t frames = 0;
    std::size_t screens = 0;
    std::size_t sheets = 0;
    std::size_t either = 0;
    std::vector<double> grids;
    std::vector<double> most_sides;
    std::vector<double> found_after_s;
    std::vector<double> grid_ms;
    std::vector<double> border_ms;
    std::vector<double> flow_ms;
};

double at_share(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

Json rate(std::size_t hits, std::size_t of) {
    const vision::Rate found{hits, of};
    const auto interval = vision::interval_of(found);
    return Json{{"hits", hits}, {"of", of}, {"rate", found.value()}, {"interval", {interval.low, interval.high}}};
}

void print(const std::string& name, const Series& series) {
    Json sides = Json::array();
    for (int n = 0; n <= 4; ++n) sides.push_back(std::count(series.most_sides.begin(), series.most_sides.end(), n));
    const Json out{{"series", name},
                   {"presentations", series.presentations},
                   {"frames", series.frames},
                   {"screen", rate(series.screens, series.presentations)},
                   {"sheet", rate(series.sheets, series.presentations)},
                   {"either", rate(series.either, series.presentations)},
                   {"median_found_s", at_share(series.found_after_s, 0.5)},
                   {"grid_db",
                    {{"p1", at_share(series.grids, 0.01)},
                     {"p10", at_share(series.grids, 0.1)},
                     {"p50", at_share(series.grids, 0.5)},
                     {"p90", at_share(series.grids, 0.9)},
                     {"p99", at_share(series.grids, 0.99)},
                     {"max", at_share(series.grids, 1)}}},
                   {"presentations_by_most_sides", std::move(sides)},
                   {"median_ms",
                    {{"grid", at_share(series.grid_ms, 0.5)},
                     {"border", at_share(series.border_ms, 0.5)},
                     {"flow", at_share(series.flow_ms, 0.5)}}}};
    fmt::print("{}\n", out.dump());
    std::fflush(stdout);
}

template <typename Work>
double timed(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

class Watch {
  public:
    explicit Watch(Series& series) : m_series(series) { ++m_series.presentations; }
    void look(const vision::Analysis& seen, const Image& frame, milliseconds time) {
        if (seen.guidance != vision::Guidance::Ok) return;
        ++m_series.frames;
        if (m_follows)
            m_series.flow_ms.push_back(timed([&] { m_flow.follow(frame); }));
        else
            m_flow.start(frame, seen.box, seen.points);
        m_follows = true;
        vision::TextureCues cues;
        m_series.grid_ms.push_back(timed([&] { cues = m_grid.observe(frame, seen.box, seen.points); }));
        if (cues.grid > 0) m_series.grids.push_back(cues.grid);
        m_series.border_ms.push_back(timed([&] { cues = m_border.observe(frame, seen.box, seen.points); }));
        m_sides = std::max(m_sides, cues.sides);
        if (!m_found && (m_grid.surface() != Surface::None || m_border.surface() != Surface::None)) {
            m_found = true;
            m_series.found_after_s.push_back(static_cast<double>(time.count()) / 1000);
        }
    }
    void end() {
        m_series.most_sides.push_back(m_sides);
        if (m_grid.surface() == Surface::Screen) ++m_series.screens;
        if (m_border.surface() == Surface::Sheet) ++m_series.sheets;
        if (m_found) ++m_series.either;
    }

  private:
    static vision::TextureOptions only(bool grid) {
        vision::TextureOptions options;
        (grid ? options.border_frames : options.grid_frames) = 0;
        return options;
    }
    Series& m_series;
    vision::TextureMeter m_grid{only(true)};
    vision::TextureMeter m_border{only(false)};
    vision::PresentationMeter m_flow;
    bool m_follows = false;
    bool m_found = false;
    int m_sides = 0;
};

// A room of frames, shelves and posters, as the program's own since edges are what it is about.
Image crowded_room(std::uint32_t seed) {
    Image room{k_width, k_height, vision::PixelFormat::Rgb8, {}};
    room.pixels.assign(static_cast<std::size_t>(k_width) * k_height * 3, 205);
    std::uint32_t state = seed * 2654435761U + 99;
    const auto chance = [&state](int low, int high) {
        state = state * 1664525U + 1013904223U;
        return low + static_cast<int>((state >> 8U) % static_cast<std::uint32_t>(high - low));
    };
    for (int box = 0; box < 16; ++box) {
        const int left = chance(-60, k_width - 20);
        const int top = chance(-60, k_height - 20);
        const int right = std::min(k_width, left + chance(40, 330));
        const int bottom = std::min(k_height, top + chance(40, 330));
        const auto shade = static_cast<std::uint8_t>(chance(30, 245));
        for (int y = std::max(0, top); y < bottom; ++y)
            std::fill(room.pixels.begin() + (static_cast<std::ptrdiff_t>(y) * k_width + std::max(0, left)) * 3,
                      room.pixels.begin() +
                          (static_cast<std::ptrdiff_t>(y) * k_width + std::max(right, std::max(0, left))) * 3,
                      shade);
    }
    return room;
}

// Somebody who moves by some twentieth of the picture, near and far.
Image moving(const Image& room, const Image& empty, std::uint32_t identity, milliseconds time) {
    vision::Appearance person;
    person.identity = identity;
    person = vision::animate(person, time);
    const double s = 2 * std::numbers::pi * static_cast<double>(time.count()) / 1000;
    const double own = identity * 0.7;
    person.offset_x += 0.045 * std::sin(s / 2.9 + own);
    person.offset_y += 0.035 * std::sin(s / 2.3 + 2 * own);
    person.scale *= 1 + 0.03 * std::sin(s / 3.7 + own);
    person.noise = 0;
    Image drawn = vision::draw_person(person, k_width, k_height);
    std::uint32_t state = identity * 7919U + static_cast<std::uint32_t>(time.count()) + 1;
    for (std::size_t i = 0; i + 2 < drawn.pixels.size(); i += 3) {
        state = state * 1664525U + 1013904223U;
        const int noise = static_cast<int>(state >> 28U & 3U) - static_cast<int>(state >> 24U & 3U);
        const bool wall = std::equal(drawn.pixels.begin() + static_cast<std::ptrdiff_t>(i),
                                     drawn.pixels.begin() + static_cast<std::ptrdiff_t>(i + 3),
                                     empty.pixels.begin() + static_cast<std::ptrdiff_t>(i));
        for (std::size_t c = i; c < i + 3; ++c)
            drawn.pixels[c] = static_cast<std::uint8_t>(std::clamp((wall ? room : drawn).pixels[c] + noise, 0, 255));
    }
    return drawn;
}

void play(vision::FaceEngine& engine, Instrument instrument, const vision::Subject& subject, std::uint32_t seed,
          Series& series) {
    vision::Presentation presentation(instrument, subject, seed);
    Watch watch(series);
    engine.reset();
    for (milliseconds time{}; time <= k_length; time += k_frame_time) {
        std::optional<vision::Side> asked;
        if (time >= k_asked_after) asked = (seed & 2U) != 0 ? vision::Side::Left : vision::Side::Right;
        Image frame = presentation.frame(time, asked);
        watch.look(engine.analyse(frame, vision::Depth::FaceOnly), frame, time);
        vision::wipe(frame);
    }
    watch.end();
}

void play_moving(vision::FaceEngine& engine, std::uint32_t identity, Series& series) {
    const Image room = crowded_room(identity);
    const Image empty = vision::draw_people({}, k_width, k_height, 0, 0);
    Watch watch(series);
    engine.reset();
    for (milliseconds time{}; time <= k_length; time += k_frame_time) {
        const Image frame = moving(room, empty, identity, time);
        watch.look(engine.analyse(frame, vision::Depth::FaceOnly), frame, time);
    }
    watch.end();
}

// Sum of the letters of the name before the picture's number: one person is in one half only.
bool in_half(const fs::path& file, std::uint32_t seed) {
    const std::string stem = file.stem().string();
    std::uint32_t sum = 0;
    for (const char letter : stem.substr(0, stem.find_last_of('_')))
        sum = sum * 31U + static_cast<std::uint8_t>(letter);
    return (sum >> 3U) % 2 == seed % 2;
}

std::vector<fs::path> photographs(const fs::path& folder, std::uint32_t seed) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error))
        if (const auto kind = entry.path().extension();
            (kind == ".jpg" || kind == ".png") && in_half(entry.path(), seed))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<vision::Subject> photographed(vision::FaceEngine& engine, const fs::path& file, std::uint32_t identity) {
    auto image = vision::read_image(file);
    if (!image) return std::nullopt;
    Image colour = vision::to_rgb(*image);
    vision::wipe(*image);
    const auto seen = engine.analyse_still(colour, vision::Depth::FaceOnly);
    if (seen.measure.faces >= 1) return vision::Subject{identity, std::move(colour), seen.points};
    vision::wipe(colour);
    return std::nullopt;
}

// One frame each; whole, since only the face is looked at.
void look_at_photographs(vision::FaceEngine& engine, const std::vector<fs::path>& files, Series& series) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto subject = photographed(engine, files[i], 1);
        if (!subject) continue;
        const auto& points = subject->points;
        const double eyes = std::hypot(points.right_eye.x - points.left_eye.x, points.right_eye.y - points.left_eye.y);
        const double factor = k_eyes / std::max(8.0, eyes);
        Image scene = vision::resized(subject->picture, static_cast<int>(subject->picture.width * factor),
                                      static_cast<int>(subject->picture.height * factor));
        vision::wipe(subject->picture);
        const auto seen = engine.analyse_still(scene, vision::Depth::FaceOnly);
        if (seen.measure.faces >= 1) {
            ++series.presentations;
            ++series.frames;
            vision::TextureOptions options;
            options.grid_frames = 1;
            options.border_frames = 0;
            vision::TextureMeter meter(options);
            vision::TextureCues cues;
            series.grid_ms.push_back(timed([&] { cues = meter.observe(scene, seen.box, seen.points); }));
            series.grids.push_back(cues.grid);
            if (meter.surface() == Surface::Screen) {
                ++series.screens;
                ++series.either;
            }
        }
        vision::wipe(scene);
        show_progress(i + 1, files.size());
    }
}

}  // namespace

int cues(const Common& common, const AttacksOptions& options) {
    const auto loaded = load(common);
    if (!loaded) return 2;
    vision::FaceEngine& engine = *loaded->engine;
    auto files = options.photos.empty() ? std::vector<fs::path>{} : photographs(options.photos, options.seed);
    if (!options.photos.empty() && files.empty()) return complain(options.photos.string() + ": no photographs in it");
    const std::uint32_t living = options.quick ? 4 : options.identities;
    const std::uint32_t each = options.quick ? 1 : options.presentations;
    bool known = false;
    const auto wanted = [&](std::string_view name) {
        const bool one = options.only.empty() || options.only == name;
        known = known || one;
        return one;
    };
    const auto identity_of = [&](std::uint32_t i) { return options.seed * 1000 + i + 1; };

    if (wanted("photographs") && !files.empty()) {
        std::vector<fs::path> some = files;
        if (options.quick && some.size() > living) some.resize(living);
        Series series;
        look_at_photographs(engine, some, series);
        print("bona fide photographs", series);
    }
    if (wanted("living-moving")) {
        Series series;
        for (std::uint32_t i = 0; i < living; ++i) play_moving(engine, identity_of(i), series);
        print("living-moving", series);
    }
    for (const Instrument instrument : vision::all_instruments()) {
        const std::string name(to_string(instrument));
        if (!wanted(name)) continue;
        Series series;
        const bool photos = !files.empty() && vision::from_photograph(instrument);
        for (std::uint32_t i = 0; i < (vision::is_attack(instrument) ? each : living); ++i) {
            const auto subject = photos ? photographed(engine, files[(i * 37U) % files.size()], identity_of(i))
                                        : std::optional(vision::Subject{identity_of(i), {}, {}});
            if (subject) play(engine, instrument, *subject, identity_of(i), series);
        }
        print(name + (photos ? " (photographs)" : ""), series);
    }
    return known ? 0 : complain(options.only + ": no such instrument");
}

}  // namespace uketsuke::match
