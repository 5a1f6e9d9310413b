#include <algorithm>
#include <cmath>
#include <exception>
#include <fstream>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/image.h"
#include "vision/photo_header.h"

namespace uketsuke::vision {
namespace {

constexpr std::int64_t max_tiles = 256;

// OpenCV gives a file with this mark to its DICOM reader, whatever the file begins with, and that reader ends the
// process on a damaged one.
bool would_pass_for_dicom(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view mark = "DICM";
    constexpr std::size_t place = 128;
    return bytes.size() >= place + mark.size() &&
           std::equal(mark.begin(), mark.end(), bytes.begin() + place, [](char a, std::uint8_t b) { return a == b; });
}

Result<Image> decode_bounded(std::span<const std::uint8_t> bytes, const PhotoBounds& bounds) {
    if (bytes.empty()) return tl::unexpected(Error{Fault::Corrupt, "photo: no bytes"});
    if (bytes.size() > bounds.max_bytes)
        return tl::unexpected(Error{Fault::TooLarge, "photo: " + std::to_string(bytes.size()) + " bytes"});
    if (would_pass_for_dicom(bytes)) return tl::unexpected(Error{Fault::Unsupported, "photo: marked as DICOM"});
    const auto header = read_photo_header(bytes);
    if (!header) return tl::unexpected(header.error());
    const auto pixels = static_cast<std::int64_t>(header->width) * header->height;
    if (header->width > bounds.max_side || header->height > bounds.max_side || pixels > bounds.max_pixels ||
        header->tiles > max_tiles)
        return tl::unexpected(Error{Fault::TooLarge, "photo: " + std::to_string(header->width) + "x" +
                                                         std::to_string(header->height) + " pixels in " +
                                                         std::to_string(header->tiles) + " tiles"});
    if (header->bits > 16) return tl::unexpected(Error{Fault::Unsupported, "photo: more than 16 bits a channel"});
    // OpenCV would tell standard error what it finds wrong with a photograph: this room says it in its Error.
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    try {
        const bool gray = header->channels < 3;
        const cv::Mat raw(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::uint8_t*>(bytes.data()));
        cv::Mat decoded = cv::imdecode(raw, gray ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR);
        if (decoded.empty()) return tl::unexpected(Error{Fault::Corrupt, "photo: the decoder finds no picture"});
        // Orientation tags of JPEG may turn the picture, so only the area has to agree.
        if (static_cast<std::int64_t>(decoded.total()) != pixels) {
            detail::wipe(decoded);
            return tl::unexpected(Error{Fault::Corrupt, "photo: decoded to another size than its header says"});
        }
        Image image = detail::from_bgr(decoded);
        detail::wipe(decoded);
        return image;
    } catch (const std::exception&) {
        // The text of a decoder's exception may quote bytes of the photograph: it stays here.
        return tl::unexpected(Error{Fault::Corrupt, "photo: the decoder gave up"});
    }
}

Result<std::vector<std::uint8_t>> encode(const Image& image, const char* form, const std::vector<int>& options) {
    if (!image.sound()) return tl::unexpected(Error{Fault::Corrupt, "encode: not a sound image"});
    try {
        cv::Mat bgr = detail::view_of(image).clone();
        if (image.format == PixelFormat::Rgb8) {
            const int swap[] = {0, 2, 1, 1, 2, 0};
            cv::mixChannels(std::vector<cv::Mat>{detail::view_of(image)}, std::vector<cv::Mat>{bgr}, swap, 3);
        }
        std::vector<std::uint8_t> bytes;
        const bool done = cv::imencode(form, bgr, bytes, options);
        detail::wipe(bgr);
        if (!done || bytes.empty())
            return tl::unexpected(Error{Fault::Unsupported, std::string("cannot encode ") + form});
        return bytes;
    } catch (const std::exception&) {
        return tl::unexpected(Error{Fault::Unsupported, std::string("cannot encode ") + form});
    }
}

}  // namespace

Result<Image> decode_photo(std::span<const std::uint8_t> bytes, const PhotoBounds& bounds) {
    return decode_bounded(bytes, bounds);
}

Result<std::vector<std::uint8_t>> encode_jp2(const Image& image, int approx_bytes) {
    if (!image.sound()) return tl::unexpected(Error{Fault::Corrupt, "encode: not a sound image"});
    const double raw = static_cast<double>(image.pixels.size());
    // OpenCV takes a thousandth of the raw size; the encoder's headers come on top, hence the second and third try.
    int rate = std::clamp(static_cast<int>(std::lround(1000.0 * approx_bytes / raw)), 1, 1000);
    Result<std::vector<std::uint8_t>> best = tl::unexpected(Error{Fault::Unsupported, "cannot encode .jp2"});
    for (int attempt = 0; attempt < 4; ++attempt) {
        auto bytes = encode(image, ".jp2", {cv::IMWRITE_JPEG2000_COMPRESSION_X1000, rate});
        if (!bytes) return bytes;
        const auto size = static_cast<double>(bytes->size());
        best = std::move(bytes);
        if (size <= approx_bytes || rate == 1) break;
        rate = std::max(1, std::min(rate - 1, static_cast<int>(rate * approx_bytes / size)));
    }
    return best;
}

Result<std::vector<std::uint8_t>> encode_png(const Image& image) {
    return encode(image, ".png", {});
}

Result<Image> read_image(const std::filesystem::path& path) {
    std::error_code code;
    const auto size = std::filesystem::file_size(path, code);
    if (code) return tl::unexpected(Error{Fault::NotFound, path.string() + ": " + code.message()});
    constexpr PhotoBounds bounds{64U << 20U, 12'000, 40'000'000};
    if (size > bounds.max_bytes)
        return tl::unexpected(Error{Fault::TooLarge, path.string() + ": " + std::to_string(size) + " bytes"});
    std::ifstream file(path, std::ios::binary);
    std::vector<std::uint8_t> bytes(size);
    if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return tl::unexpected(Error{Fault::Unreadable, path.string() + ": cannot be read"});
    auto image = decode_photo(bytes, bounds);
    wipe(bytes);
    if (!image) return tl::unexpected(Error{image.error().fault, path.string() + ": " + image.error().where});
    return image;
}

Result<std::vector<std::uint8_t>> encode_chip_photo(const Image& image, const ChipPhoto& form) {
    if (!image.sound() || form.width < 16 || form.height < 16 || form.width > 2048 || form.height > 2048)
        return tl::unexpected(Error{Fault::Corrupt, "chip photo: not a sound image or size"});
    const double aspect = static_cast<double>(form.width) / form.height;
    const int width = std::clamp(static_cast<int>(std::lround(image.height * aspect)), 1, image.width);
    const int height = std::clamp(static_cast<int>(std::lround(image.width / aspect)), 1, image.height);
    Image middle;
    {
        const cv::Rect cut((image.width - width) / 2, (image.height - height) / 2, width, height);
        middle = detail::from_rgb(detail::view_of(image)(cut).clone());
    }
    Image small = resized(middle, form.width, form.height);
    wipe(middle);
    if (!form.colour) {
        Image gray = to_gray(small);
        wipe(small);
        small = std::move(gray);
    }
    auto bytes = encode_jp2(small, form.bytes);
    wipe(small);
    return bytes;
}

}  // namespace uketsuke::vision
