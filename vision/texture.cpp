#include "vision/texture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "vision/detail/cv_image.h"
#include "vision/detail/pixel_grid.h"
#include "vision/detail/straight_sides.h"

namespace uketsuke::vision {
namespace {

using detail::PictureSide;
using detail::StraightLine;

constexpr double reduced_side = 320;  // of the picture's longer one
constexpr int largest_crop = 256;
constexpr int smallest_crop = 64;
constexpr std::size_t kept_frames = 60;
constexpr std::size_t most_tracks = 8;  // of one side
constexpr int lost_frames = 3;          // in a row, after which an edge is another one

// One edge from frame to frame, and where the face was: both across the edge, in pixels of the reduced picture.
struct Track {
    bool rising = false;
    int missed = 0;
    std::deque<double> edge;
    std::deque<double> face;
};

double median_of(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool inside(const Box& face, const Image& frame) {
    return face.width >= smallest_crop && face.height >= smallest_crop && face.left >= -0.5 * face.width &&
           face.top >= -0.5 * face.height && face.left + face.width <= frame.width + 0.5 * face.width &&
           face.top + face.height <= frame.height + 0.5 * face.height;
}

bool readable(const FivePoints& points) {
    const auto within = [](const Point& point) { return std::abs(point.x) < 1e5 && std::abs(point.y) < 1e5; };
    return within(points.left_eye) && within(points.right_eye) &&
           (!points.mouth || (within(points.left_mouth) && within(points.right_mouth)));
}

bool upright(PictureSide side) {
    return side == PictureSide::Left || side == PictureSide::Right;
}

}  // namespace

std::string_view to_string(Surface surface) {
    switch (surface) {
        case Surface::None:
            return "none";
        case Surface::Screen:
            return "screen: a pixel grid over the face";
        case Surface::Sheet:
            return "sheet: straight borders move with the face";
    }
    return "unknown";
}

struct TextureMeter::Parts {
    void look_at_grid(const Image& frame, const Box& face);
    void look_at_borders(const Image& frame, const Box& face, const FivePoints& points);
    void follow(std::vector<Track>& known, std::vector<StraightLine> lines, double face) const;
    bool moves_with_face(const Track& track) const;
    void forget();

    TextureOptions options;
    TextureCues cues;
    Surface surface = Surface::None;
    int width = 0;
    int height = 0;
    std::deque<double> grids;
    std::array<std::vector<Track>, detail::picture_sides> tracks;
    int bordered = 0;  // frames in a row
};

void TextureMeter::Parts::forget() {
    cues = {};
    grids.clear();
    for (auto& side : tracks) side.clear();
    bordered = 0;
}

void TextureMeter::Parts::look_at_grid(const Image& frame, const Box& face) {
    const int side = std::min({largest_crop, static_cast<int>(face.width), frame.width, frame.height});
    if (side < smallest_crop) return;
    const int left = static_cast<int>(face.left + (face.width - side) / 2);
    const int top = static_cast<int>(face.top + (face.height - side) / 2);
    // Unreduced: what a resize does to a grid is not known.
    const cv::Rect area(std::clamp(left, 0, frame.width - side), std::clamp(top, 0, frame.height - side), side, side);
    const cv::Mat whole = detail::view_of(frame);
    cv::Mat gray;
    if (whole.channels() == 1)
        whole(area).copyTo(gray);
    else
        cv::cvtColor(whole(area), gray, cv::COLOR_RGB2GRAY);
    grids.push_back(detail::grid_prominence(gray, {0, 0, side, side}, options.grid_low, options.grid_high));
    detail::wipe(gray);
    const auto wanted = static_cast<std::size_t>(options.grid_frames);
    while (grids.size() > wanted) grids.pop_front();
    cues.grid = grids.size() < wanted ? 0 : median_of({grids.begin(), grids.end()});
    if (surface == Surface::None && cues.grid >= options.grid_limit) surface = Surface::Screen;
}

void TextureMeter::Parts::follow(std::vector<Track>& known, std::vector<StraightLine> lines, double face) const {
    for (auto& track : known) {
        const auto away = [&track](const StraightLine& line) {
            return line.rising == track.rising ? std::abs(line.at - track.edge.back()) : 1e9;
        };
        const auto nearest = std::min_element(lines.begin(), lines.end(),
                                              [&](const auto& a, const auto& b) { return away(a) < away(b); });
        if (nearest == lines.end() || away(*nearest) > options.largest_step) {
            ++track.missed;
            continue;
        }
        track.missed = 0;
        track.edge.push_back(nearest->at);
        track.face.push_back(face);
        if (track.edge.size() > kept_frames) {
            track.edge.pop_front();
            track.face.pop_front();
        }
        lines.erase(nearest);
    }
    std::erase_if(known, [](const Track& track) { return track.missed > lost_frames; });
    for (const auto& line : lines)
        if (known.size() < most_tracks) known.push_back({line.rising, 0, {line.at}, {face}});
}

// Resting edges have no slope against the face's way, those of the sheet that it is on have one of about 1.
bool TextureMeter::Parts::moves_with_face(const Track& track) const {
    const auto count = track.edge.size();
    if (track.missed > 0 || count < static_cast<std::size_t>(options.tracked_frames)) return false;
    const auto n = static_cast<double>(count);
    const double edge = std::accumulate(track.edge.begin(), track.edge.end(), 0.0) / n;
    const double face = std::accumulate(track.face.begin(), track.face.end(), 0.0) / n;
    double edges = 0;
    double faces = 0;
    double both = 0;
    for (std::size_t i = 0; i < count; ++i) {
        edges += (track.edge[i] - edge) * (track.edge[i] - edge);
        faces += (track.face[i] - face) * (track.face[i] - face);
        both += (track.edge[i] - edge) * (track.face[i] - face);
    }
    if (std::sqrt(faces / n) < options.least_move || edges <= 0) return false;
    const double slope = both / faces;
    return both / std::sqrt(edges * faces) >= options.least_correlation && slope >= options.least_slope &&
           slope <= options.largest_slope;
}

void TextureMeter::Parts::look_at_borders(const Image& frame, const Box& face, const FivePoints& points) {
    const double factor = std::min(1.0, reduced_side / std::max(frame.width, frame.height));
    cv::Mat whole = detail::view_of(frame);
    cv::Mat small;
    const cv::Size size(std::max(1, static_cast<int>(frame.width * factor)),
                        std::max(1, static_cast<int>(frame.height * factor)));
    cv::resize(whole, small, size, 0, 0, cv::INTER_AREA);
    cv::Mat gray = small;
    if (small.channels() == 3) {
        cv::cvtColor(small, gray, cv::COLOR_RGB2GRAY);
        detail::wipe(small);
    }
    cv::Point2d middle((points.left_eye.x + points.right_eye.x) / 2, (points.left_eye.y + points.right_eye.y) / 2);
    if (points.mouth)
        middle = (middle + cv::Point2d((points.left_mouth.x + points.right_mouth.x) / 2,
                                       (points.left_mouth.y + points.right_mouth.y) / 2)) /
                 2;
    const cv::Rect2d box(face.left * factor, face.top * factor, face.width * factor, face.height * factor);
    auto sides = detail::straight_sides(gray, box, options.strong_step, options.least_share);
    detail::wipe(gray);

    int uprights = 0;
    int levels = 0;
    for (std::size_t i = 0; i < detail::picture_sides; ++i) {
        const auto side = static_cast<PictureSide>(i);
        follow(tracks[i], std::move(sides[i]), (upright(side) ? middle.x : middle.y) * factor);
        const bool moves =
            std::any_of(tracks[i].begin(), tracks[i].end(), [&](const Track& track) { return moves_with_face(track); });
        if (moves) ++(upright(side) ? uprights : levels);
    }
    cues.sides = uprights + levels;
    bordered = uprights > 0 && levels > 0 && cues.sides >= options.sides ? bordered + 1 : 0;
    if (surface == Surface::None && bordered >= options.border_frames) surface = Surface::Sheet;
}

TextureMeter::TextureMeter(TextureOptions options) : m_parts(std::make_unique<Parts>()) {
    m_parts->options = options;
}

TextureMeter::~TextureMeter() = default;

TextureCues TextureMeter::observe(const Image& frame, const Box& face, const FivePoints& points) {
    Parts& parts = *m_parts;
    if (!frame.sound() || !inside(face, frame) || !readable(points)) return parts.cues;
    if (frame.width != parts.width || frame.height != parts.height) parts.forget();
    parts.width = frame.width;
    parts.height = frame.height;
    if (parts.options.grid_frames > 0) parts.look_at_grid(frame, face);
    if (parts.options.border_frames > 0) parts.look_at_borders(frame, face, points);
    return parts.cues;
}

Surface TextureMeter::surface() const {
    return m_parts->surface;
}

void TextureMeter::reset() {
    m_parts->forget();
    m_parts->surface = Surface::None;
}

}  // namespace uketsuke::vision
