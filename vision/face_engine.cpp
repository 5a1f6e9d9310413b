#include "vision/face_engine.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/detail/dnn_network.h"
#include "vision/detail/face_finder.h"
#include "vision/detail/face_quality.h"
#include "vision/detail/networks.h"

namespace uketsuke::vision {
namespace {

using detail::Care;
using detail::Face;
using detail::FaceFinder;
using detail::scale_back;

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

double off_centre(const Box& box, const cv::Mat& picture) {
    return std::hypot(box.left + box.width / 2 - picture.cols / 2.0, box.top + box.height / 2 - picture.rows / 2.0);
}

// One network of the combination, its share in the squared distance as a factor of its numbers.
struct Witness {
    std::unique_ptr<detail::Network> network;
    float root_of_weight = 1;
};

class FusedEngine : public FaceEngine {
  public:
    FusedEngine(std::unique_ptr<FaceFinder> finder, std::vector<Witness> witnesses, std::string name,
                const EngineOptions& options)
        : m_finder(std::move(finder)), m_witnesses(std::move(witnesses)), m_name(std::move(name)), m_options(options) {}

    std::string model_name() const override { return m_name; }
    int landmark_points() const override { return m_finder->landmark_points(); }
    double distance(const Reference& reference, const Embedding& live) const override {
        return vision::distance(reference.embedding, live);
    }
    void reset() override {
        m_last.reset();
        m_since_full = 0;
    }

    void forget() override {
        reset();
        for (const auto& witness : m_witnesses) witness.network->forget();
        try {
            m_finder->forget();
        } catch (const std::exception&) {
            // A detector that cannot look at a blank picture holds none.
        }
    }

    Analysis analyse(const Image& frame, Depth depth) override {
        if (!frame.sound()) return {};
        try {
            const GrayFrame gray(frame);
            bool tracked = false;
            std::vector<Face> faces = find_live(gray.mat(), tracked);
            Analysis analysis = describe(gray.mat(), faces, depth, m_options.mirror_live);
            analysis.tracked = tracked;
            m_last = faces.empty() ? std::nullopt : std::optional(analysis.box);
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
        std::chrono::microseconds sum{0};
        for (const auto& witness : m_witnesses) {
            const auto side = static_cast<std::size_t>(detail::side_of(witness.network->alignment()));
            const std::vector<std::uint8_t> blank(side * side, 128);
            witness.network->embed(blank, false);
            const auto start = std::chrono::steady_clock::now();
            witness.network->embed(blank, false);
            sum += std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
        }
        return sum;
    }

  private:
    static constexpr int frames_between_full_looks = 8;  // a second face must be noticed within half a second

    std::vector<Face> find_live(const cv::Mat& gray, bool& tracked) {
        if (m_last && ++m_since_full < frames_between_full_looks) {
            auto faces = find_near(gray, *m_last);
            if (!faces.empty()) {
                tracked = true;
                return faces;
            }
        }
        m_since_full = 0;
        const double shorter = std::min(gray.cols, gray.rows);
        const double factor = m_options.detect_side / shorter;
        auto faces = find_scaled(gray, factor, Care::Sure);
        // Twice the picture finds a face half as large: someone who stands too far away gets an answer.
        const bool small_unseen = m_finder->least_width() > m_options.limits.min_width * m_options.detect_side;
        if (faces.empty() && !m_last && small_unseen) faces = find_scaled(gray, 2 * factor, Care::Sure);
        return faces;
    }

    std::vector<Face> find_scaled(const cv::Mat& gray, double factor, Care care) {
        if (factor >= 1 && factor < 1.5) factor = 1;
        if (factor == 1) return m_finder->detect(gray, care);
        return find_in(gray, cv::Rect(0, 0, gray.cols, gray.rows), factor, care);
    }

    std::vector<Face> find_in(const cv::Mat& gray, const cv::Rect& region, double factor, Care care) {
        cv::Mat part;
        cv::resize(gray(region), part, cv::Size(), factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        auto faces = m_finder->detect(part, care);
        detail::wipe(part);
        for (Face& face : faces) scale_back(face, factor, region.x, region.y);
        return faces;
    }

    // The surroundings of the last box, reduced so that a face of that size is a little over HOG's least.
    std::vector<Face> find_near(const cv::Mat& gray, const Box& last) {
        constexpr double margin = 0.35;
        constexpr double face_side = 100;
        const cv::Rect whole(0, 0, gray.cols, gray.rows);
        const cv::Rect region =
            whole & cv::Rect(cv::Point2i(cv::Point2d(last.left - margin * last.width, last.top - margin * last.height)),
                             cv::Size(cv::Size2d(last.width * (1 + 2 * margin), last.height * (1 + 2 * margin))));
        if (region.width < 40 || region.height < 40) return {};
        return find_in(gray, region, std::clamp(face_side / last.width, 0.05, 2.0), Care::Tracked);
    }

    Analysis look_at_still(const Image& still, Depth depth, bool mirror) {
        if (!still.sound()) return {};
        try {
            GrayFrame gray(still);
            double enlarged = 1;
            // A chip's photograph is a few hundred pixels: the chips for the networks are cut from the larger one.
            if (std::min(still.width, still.height) < 400) gray.enlarge(enlarged = 2);
            // A portrait is found in a small copy; what is smaller or less clear gets a closer look.
            const double usual = m_finder->least_width() < 40 ? 400 : 1200;
            auto faces = find_still(gray.mat(), usual, Care::Sure);
            if (faces.empty()) faces = find_still(gray.mat(), 1200, Care::Loose);
            if (faces.empty() && std::max(gray.mat().cols, gray.mat().rows) <= 1000) {
                enlarged *= 2;
                gray.enlarge(2);
                faces = find_still(gray.mat(), 2000, Care::Loose);
            }
            Analysis analysis = describe(gray.mat(), faces, depth, mirror);
            Face back{analysis.box, analysis.points, {}};
            scale_back(back, enlarged, 0, 0);
            analysis.box = back.box;
            analysis.points = back.points;
            return analysis;
        } catch (const std::exception&) {
            return {};
        }
    }

    // In a copy whose longer side is at most `most` pixels.
    std::vector<Face> find_still(const cv::Mat& gray, double most, Care care) {
        const double longer = std::max(gray.cols, gray.rows);
        return find_scaled(gray, longer <= most ? 1.0 : most / longer, care);
    }

    Analysis describe(const cv::Mat& gray, std::vector<Face>& faces, Depth depth, bool mirror) {
        Analysis out;
        FaceMeasure& m = out.measure;
        m.faces = static_cast<int>(faces.size());
        if (faces.empty()) return out;
        Face& face = *std::min_element(faces.begin(), faces.end(), [&](const Face& a, const Face& b) {
            return off_centre(a.box, gray) < off_centre(b.box, gray);
        });
        for (const Face& other : faces)
            if (&other != &face) m.rival = std::max(m.rival, other.box.width / face.box.width);
        m_finder->locate(gray, face, mirror);
        out.box = face.box;
        out.points = face.points;
        m.width = out.box.width / std::min(gray.cols, gray.rows);
        m.off_x = (out.box.left + out.box.width / 2) / gray.cols - 0.5;
        m.off_y = (out.box.top + out.box.height / 2) / gray.rows - 0.5;
        m.yaw_deg = yaw_from_points(out.points.left_eye, out.points.right_eye, out.points.nose);
        m.roll_deg = roll_from_points(out.points.left_eye, out.points.right_eye);
        auto chip = m_finder->chip(gray, face, detail::Alignment::Dlib);
        detail::measure_quality(gray, out.box, out.points, chip, m);
        wipe(chip);
        out.guidance = guide(m, m_options.limits);
        if (depth == Depth::IdentityAlways || (depth == Depth::Identity && out.guidance == Guidance::Ok))
            out.embedding = embed(gray, face, mirror);
        return out;
    }

    // What all networks say, one after the other; nothing when one of them says nothing.
    std::optional<Embedding> embed(const cv::Mat& gray, const Face& face, bool mirror) {
        std::vector<float> all;
        all.reserve(m_witnesses.size() * numbers_per_network);  // never moved: no copy of it stays behind
        for (const auto& witness : m_witnesses) {
            auto chip = m_finder->chip(gray, face, witness.network->alignment());
            const Embedding own(witness.network->embed(chip, mirror));
            wipe(chip);
            for (const float value : own.values()) all.push_back(value * witness.root_of_weight);
            if (own.values().size() != numbers_per_network) {
                Embedding(std::move(all)).wipe();
                return std::nullopt;
            }
        }
        return Embedding(std::move(all));
    }

    std::unique_ptr<FaceFinder> m_finder;
    std::vector<Witness> m_witnesses;
    const std::string m_name;
    const EngineOptions m_options;
    std::optional<Box> m_last;
    int m_since_full = 0;
};

Result<std::unique_ptr<detail::Network>> load_network(const NetworkFile& file) {
    const KnownNetwork* known = known_network(file.model);
    if (known == nullptr)
        return tl::unexpected(Error{Fault::NoModel, file.file.string() + ": unknown network '" + file.model + "'"});
    switch (known->kind) {
        case KnownNetwork::Kind::Dlib:
            return detail::load_dlib_network(file.file, file.model);
        case KnownNetwork::Kind::Arcface:
            return detail::load_dnn_network(file.file, {known->model, known->mean, known->scale});
    }
    return tl::unexpected(Error{Fault::NoModel, file.file.string()});
}

Result<std::unique_ptr<FaceFinder>> load_finder(const ModelPaths& found) {
    if (!found.detector.empty()) {
        auto finder = detail::YuNetFinder::load(found.detector);
        if (!finder) return tl::unexpected(finder.error());
        return std::move(*finder);
    }
    auto finder = detail::HogFinder::load(found.landmarks);
    if (!finder) return tl::unexpected(finder.error());
    return std::move(*finder);
}

}  // namespace

Result<std::unique_ptr<FaceEngine>> FaceEngine::load(const ModelPaths& found, std::string_view combination,
                                                     const std::vector<double>& weights, const EngineOptions& options) {
#ifdef __AVX2__
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return tl::unexpected(Error{Fault::Unsupported,
                                    "vision: built for a processor with AVX2 and FMA (UKETSUKE_NATIVE_VISION), which "
                                    "this one lacks"});
#endif
    const std::string name(combination);
    const auto models = models_of(name);
    if (models.empty())
        return tl::unexpected(Error{Fault::NoModel, "'" + name + "' is no combination of known networks"});
    if (!weights.empty() && weights.size() != models.size())
        return tl::unexpected(Error{Fault::Unsupported, name + ": " + std::to_string(weights.size()) + " weights"});
    std::vector<NetworkFile> files;
    for (const auto& model : models) {
        const auto at = std::find_if(found.networks.begin(), found.networks.end(),
                                     [&](const NetworkFile& file) { return file.model == model; });
        if (at == found.networks.end())
            return tl::unexpected(Error{Fault::NoModel, name + ": no file of " + model + " was found"});
        files.push_back(*at);
    }
    for (const double weight : weights)
        if (!std::isfinite(weight) || weight <= 0)
            return tl::unexpected(Error{Fault::Unsupported, name + ": a weight must be positive"});
    std::vector<Witness> witnesses;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto network = load_network(files[i]);
        if (!network) return tl::unexpected(network.error());
        witnesses.push_back({std::move(*network), static_cast<float>(std::sqrt(weights.empty() ? 1.0 : weights[i]))});
    }
    auto finder = load_finder(found);
    if (!finder) return tl::unexpected(finder.error());
    return std::make_unique<FusedEngine>(std::move(*finder), std::move(witnesses), name, options);
}

Result<std::unique_ptr<FaceEngine>> FaceEngine::load(const ModelPaths& found, const OperatingPoint& point,
                                                     const EngineOptions& options) {
    return load(found, point.model, point.weights, options);
}

}  // namespace uketsuke::vision
