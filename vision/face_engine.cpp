#include "vision/face_engine.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "vision/detail/chip_quality.h"
#include "vision/detail/cv_image.h"
#include "vision/detail/face_finder.h"
#include "vision/detail/networks.h"

namespace uketsuke::vision {
namespace {

using detail::FaceFinder;

// Gray pixels of an image for the time of one analysis; a conversion is wiped at its end, the caller's own pixels not.
class GrayFrame {
  public:
    explicit GrayFrame(const Image& image)
        : m_mat(detail::gray_of(image)), m_owned(image.format != PixelFormat::Gray8) {}
    GrayFrame(const GrayFrame&) = delete;
    GrayFrame& operator=(const GrayFrame&) = delete;
    ~GrayFrame() {
        if (m_owned) detail::wipe(m_mat);
    }
    const cv::Mat& mat() const { return m_mat; }
    void enlarge(double factor) {
        cv::Mat larger;
        cv::resize(m_mat, larger, cv::Size(), factor, factor, cv::INTER_CUBIC);
        if (m_owned) detail::wipe(m_mat);
        m_mat = larger;
        m_owned = true;
    }

  private:
    cv::Mat m_mat;
    bool m_owned;
};

void scale_boxes(std::vector<Box>& boxes, double factor, double left, double top) {
    for (Box& box : boxes)
        box = {box.left * factor + left, box.top * factor + top, box.width * factor, box.height * factor};
}

double off_centre(const Box& box, const cv::Mat& picture) {
    return std::hypot(box.left + box.width / 2 - picture.cols / 2.0, box.top + box.height / 2 - picture.rows / 2.0);
}

class DlibEngine : public FaceEngine {
  public:
    DlibEngine(std::unique_ptr<FaceFinder> finder, std::unique_ptr<detail::Network> network,
               const EngineOptions& options)
        : m_finder(std::move(finder)), m_network(std::move(network)), m_options(options) {}

    std::string model_name() const override { return m_network->name(); }
    int landmark_points() const override { return m_finder->points(); }
    double distance(const Reference& reference, const Embedding& live) const override {
        return vision::distance(reference.embedding, live);
    }
    void reset() override {
        m_last.reset();
        m_since_full = 0;
    }

    Analysis analyse(const Image& frame, Depth depth) override {
        if (!frame.sound()) return {};
        try {
            const GrayFrame gray(frame);
            bool tracked = false;
            const std::vector<Box> boxes = find_live(gray.mat(), tracked);
            Analysis analysis = describe(gray.mat(), boxes, depth, m_options.mirror_live);
            analysis.tracked = tracked;
            m_last = boxes.empty() ? std::nullopt : std::optional(analysis.box);
            return analysis;
        } catch (const std::exception&) {
            reset();
            return {};
        }
    }

    Analysis analyse_still(const Image& still, Depth depth) override {
        return look_at_still(still, depth, m_options.mirror_live);
    }

    Result<Reference> enroll(const Image& card_photo) override {
        if (!card_photo.sound()) return tl::unexpected(Error{Fault::Corrupt, "card photo: not a sound image"});
        Analysis analysis = look_at_still(card_photo, Depth::IdentityAlways, m_options.mirror_reference);
        if (analysis.measure.faces == 0) return tl::unexpected(Error{Fault::NoFace, "card photo: no face found in it"});
        if (!analysis.embedding)
            return tl::unexpected(Error{Fault::NoFace, "card photo: the network gives nothing for it"});
        return Reference{std::move(*analysis.embedding)};
    }

    std::chrono::microseconds time_one_chip() override {
        const std::vector<std::uint8_t> blank(static_cast<std::size_t>(detail::chip_side) * detail::chip_side, 128);
        m_network->embed(blank, false);
        const auto start = std::chrono::steady_clock::now();
        m_network->embed(blank, false);
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    }

  private:
    static constexpr int frames_between_full_looks = 8;  // a second face must be noticed within half a second

    std::vector<Box> find_live(const cv::Mat& gray, bool& tracked) {
        if (m_last && ++m_since_full < frames_between_full_looks) {
            auto boxes = find_near(gray, *m_last);
            if (!boxes.empty()) {
                tracked = true;
                return boxes;
            }
        }
        m_since_full = 0;
        const double shorter = std::min(gray.cols, gray.rows);
        auto boxes = find_reduced(gray, m_options.detect_side / shorter);
        // Twice the picture finds a face half as large: someone who stands too far away gets an answer.
        if (boxes.empty() && !m_last) boxes = find_reduced(gray, 2 * m_options.detect_side / shorter);
        return boxes;
    }

    std::vector<Box> find_reduced(const cv::Mat& gray, double factor) {
        if (factor >= 1 && factor < 1.5) factor = 1;
        if (factor == 1) return m_finder->detect(gray, 0);
        cv::Mat reduced;
        cv::resize(gray, reduced, cv::Size(), factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        auto boxes = m_finder->detect(reduced, 0);
        detail::wipe(reduced);
        scale_boxes(boxes, 1 / factor, 0, 0);
        return boxes;
    }

    // The surroundings of the last box, reduced so that a face of that size is a little over the detector's least.
    std::vector<Box> find_near(const cv::Mat& gray, const Box& last) {
        constexpr double margin = 0.35;
        constexpr double face_side = 100;
        const cv::Rect whole(0, 0, gray.cols, gray.rows);
        const cv::Rect region =
            whole & cv::Rect(cv::Point2i(cv::Point2d(last.left - margin * last.width, last.top - margin * last.height)),
                             cv::Size(cv::Size2d(last.width * (1 + 2 * margin), last.height * (1 + 2 * margin))));
        if (region.width < 40 || region.height < 40) return {};
        const double factor = std::clamp(face_side / last.width, 0.05, 2.0);
        cv::Mat part;
        cv::resize(gray(region), part, cv::Size(), factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        auto boxes = m_finder->detect(part, -0.1);
        detail::wipe(part);
        scale_boxes(boxes, 1 / factor, region.x, region.y);
        return boxes;
    }

    Analysis look_at_still(const Image& still, Depth depth, bool mirror) {
        if (!still.sound()) return {};
        try {
            GrayFrame gray(still);
            double enlarged = 1;
            // The detector's least face is 80 pixels; a chip's photograph is a few hundred.
            if (std::min(still.width, still.height) < 400) gray.enlarge(enlarged = 2);
            auto boxes = find_still(gray.mat(), 0);
            if (boxes.empty()) boxes = find_still(gray.mat(), -0.5);
            if (boxes.empty() && std::max(gray.mat().cols, gray.mat().rows) <= 1000) {
                enlarged *= 2;
                gray.enlarge(2);
                boxes = find_still(gray.mat(), -0.3);
            }
            Analysis analysis = describe(gray.mat(), boxes, depth, mirror);
            const auto back = [&](Point& p) { p = {p.x / enlarged, p.y / enlarged}; };
            back(analysis.left_eye);
            back(analysis.right_eye);
            back(analysis.nose);
            analysis.box = {analysis.box.left / enlarged, analysis.box.top / enlarged, analysis.box.width / enlarged,
                            analysis.box.height / enlarged};
            return analysis;
        } catch (const std::exception&) {
            return {};
        }
    }

    std::vector<Box> find_still(const cv::Mat& gray, double threshold) {
        const double longer = std::max(gray.cols, gray.rows);
        if (longer <= 1200) return m_finder->detect(gray, threshold);
        cv::Mat reduced;
        const double factor = 1000 / longer;
        cv::resize(gray, reduced, cv::Size(), factor, factor, cv::INTER_AREA);
        auto boxes = m_finder->detect(reduced, threshold);
        detail::wipe(reduced);
        scale_boxes(boxes, 1 / factor, 0, 0);
        return boxes;
    }

    Analysis describe(const cv::Mat& gray, const std::vector<Box>& boxes, Depth depth, bool mirror) {
        Analysis out;
        FaceMeasure& m = out.measure;
        m.faces = static_cast<int>(boxes.size());
        if (boxes.empty()) return out;
        out.box = *std::min_element(boxes.begin(), boxes.end(), [&](const Box& a, const Box& b) {
            return off_centre(a, gray) < off_centre(b, gray);
        });
        for (const Box& other : boxes)
            if (other.left != out.box.left || other.top != out.box.top)
                m.rival = std::max(m.rival, other.width / out.box.width);
        const auto landmarks = m_finder->landmarks(gray, out.box);
        out.left_eye = landmarks.left_eye;
        out.right_eye = landmarks.right_eye;
        out.nose = landmarks.nose;
        m.width = out.box.width / std::min(gray.cols, gray.rows);
        m.off_x = (out.box.left + out.box.width / 2) / gray.cols - 0.5;
        m.off_y = (out.box.top + out.box.height / 2) / gray.rows - 0.5;
        m.yaw_deg = yaw_from_points(out.left_eye, out.right_eye, out.nose);
        m.roll_deg = roll_from_points(out.left_eye, out.right_eye);
        auto chip = FaceFinder::chip(gray, landmarks);
        const auto quality = detail::quality_of(chip);
        m.brightness = quality.brightness;
        m.clipped = quality.clipped;
        m.sharpness = quality.sharpness;
        out.guidance = guide(m, m_options.limits);
        if (depth == Depth::IdentityAlways || (depth == Depth::Identity && out.guidance == Guidance::Ok)) {
            Embedding embedding(m_network->embed(chip, mirror));
            if (!embedding.empty()) out.embedding = std::move(embedding);
        }
        wipe(chip);
        return out;
    }

    std::unique_ptr<FaceFinder> m_finder;
    std::unique_ptr<detail::Network> m_network;
    const EngineOptions m_options;
    std::optional<Box> m_last;
    int m_since_full = 0;
};

}  // namespace

Result<std::unique_ptr<FaceEngine>> FaceEngine::load(const ModelPaths& paths, const EngineOptions& options) {
#ifdef __AVX2__
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return tl::unexpected(Error{Fault::Unsupported,
                                    "vision: built for a processor with AVX2 and FMA (UKETSUKE_NATIVE_VISION), which "
                                    "this one lacks"});
#endif
    auto network = detail::load_network(paths.network);
    if (!network) return tl::unexpected(network.error());
    auto finder = FaceFinder::load(paths.landmarks);
    if (!finder) return tl::unexpected(finder.error());
    return std::make_unique<DlibEngine>(std::move(*finder), std::move(*network), options);
}

}  // namespace uketsuke::vision
