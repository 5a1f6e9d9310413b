#include "card/front/picture_file.h"

#include <algorithm>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <vector>

#include "card/front/mats.h"

namespace uketsuke::card {
namespace {

tl::unexpected<Error> bad(const std::string& path, const std::string& what) {
    return fail(Fault::BadData, path + ": " + what);
}

Result<SecretBytes> bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return bad(path, "cannot be opened");
    const auto size = file.tellg();
    if (size <= 0) return bad(path, "is empty or no file");
    if (static_cast<std::uint64_t>(size) > k_largest_picture_file) return bad(path, "is larger than 16 MiB");
    SecretBytes bytes(static_cast<std::size_t>(size));
    file.seekg(0);
    if (!file.read(reinterpret_cast<char*>(bytes.data()), size)) return bad(path, "cannot be read");
    return bytes;
}

bool is_png_or_jpeg(const SecretBytes& bytes) {
    static constexpr std::array<std::uint8_t, 4> k_png{0x89, 'P', 'N', 'G'};
    static constexpr std::array<std::uint8_t, 3> k_jpeg{0xFF, 0xD8, 0xFF};
    const auto begins = [&](const auto& with) {
        return bytes.size() > with.size() && std::equal(with.begin(), with.end(), bytes.begin());
    };
    return begins(k_png) || begins(k_jpeg);
}

}  // namespace

Result<FrontPicture> load_front_picture(const std::string& path) {
    const auto bytes = bytes_of(path);
    if (!bytes) return tl::make_unexpected(bytes.error());
    // OpenCV knows many more formats, and their decoders have had holes.
    if (!is_png_or_jpeg(*bytes)) return bad(path, "is neither PNG nor JPEG");
    cv::Mat decoded = secret_mat();
    try {
        const cv::Mat encoded(1, static_cast<int>(bytes->size()), CV_8U, const_cast<std::uint8_t*>(bytes->data()));
        cv::imdecode(encoded, cv::IMREAD_GRAYSCALE, &decoded);
    } catch (const cv::Exception&) {
        return bad(path, "cannot be decoded");
    }
    if (decoded.empty() || decoded.type() != CV_8U || !decoded.isContinuous()) return bad(path, "cannot be decoded");
    FrontPicture picture{decoded.cols, decoded.rows, SecretBytes(decoded.datastart, decoded.dataend)};
    if (const auto fits = check_picture(picture); !fits) return bad(path, fits.error().where);
    return picture;
}

Result<void> save_front_picture(const FrontPicture& picture, const std::string& path) {
    if (const auto fits = check_picture(picture); !fits) return bad(path, fits.error().where);
    try {
        if (cv::imwrite(path, view_of(picture))) return {};
    } catch (const cv::Exception&) {
    }
    return bad(path, "cannot be written as PNG");
}

}  // namespace uketsuke::card
