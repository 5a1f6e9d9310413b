#include "card/front/mats.h"

#include <algorithm>

namespace uketsuke::card {
namespace {

class WipingMemory : public cv::MatAllocator {
  public:
    cv::UMatData* allocate(int dims, const int* sizes, int type, void* data, std::size_t* step, cv::AccessFlag flags,
                           cv::UMatUsageFlags usage) const override {
        cv::UMatData* made = cv::Mat::getStdAllocator()->allocate(dims, sizes, type, data, step, flags, usage);
        if (made != nullptr) made->currAllocator = this;
        return made;
    }
    bool allocate(cv::UMatData* data, cv::AccessFlag flags, cv::UMatUsageFlags usage) const override {
        return cv::Mat::getStdAllocator()->allocate(data, flags, usage);
    }
    void deallocate(cv::UMatData* data) const override {
        if (data == nullptr) return;
        wipe(data->data, data->size);
        cv::Mat::getStdAllocator()->deallocate(data);
    }
};

constexpr int k_smallest_side = 64;

}  // namespace

cv::Mat secret_mat() {
    static WipingMemory memory;
    cv::Mat mat;
    mat.allocator = &memory;
    return mat;
}

cv::Mat secret_mat(cv::Size size, int type) {
    cv::Mat mat = secret_mat();
    mat.create(size, type);
    return mat;
}

cv::Mat view_of(const FrontPicture& picture) {
    // OpenCV has no matrix over constant memory; callers only read.
    return {picture.height, picture.width, CV_8U, const_cast<std::uint8_t*>(picture.grey.data())};
}

Result<void> check_picture(const FrontPicture& picture) {
    const int longer = std::max(picture.width, picture.height);
    const int shorter = std::min(picture.width, picture.height);
    if (longer < k_smallest_front_picture || shorter < k_smallest_side) {
        return fail(Fault::BadData, "the picture is too small");
    }
    if (longer > k_largest_front_picture) return fail(Fault::BadData, "the picture is too large");
    const auto pixels = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    if (picture.grey.size() != pixels) return fail(Fault::BadData, "the picture's size does not fit its bytes");
    return {};
}

}  // namespace uketsuke::card
