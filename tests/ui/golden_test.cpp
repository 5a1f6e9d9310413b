// Every screen × layout × language × theme as a picture under <build>/screens/<language>/, and a contact sheet of them.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "app/ui/png_file.h"
#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

namespace fs = std::filesystem;

constexpr WindowSize k_sizes[]{k_portrait, k_landscape, k_wide};
constexpr Wish k_themes[]{{"", k_plain}, {"-contrast", k_contrast}};

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

// Every `by` × `by` pixels become one.
Picture smaller(const std::vector<std::uint8_t>& rgb, int width, int height, int by) {
    Picture small{width / by, height / by, {}};
    small.rgb.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * 3);
    std::size_t to = 0;
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            for (int channel = 0; channel < 3; ++channel) {
                int sum = 0;
                for (int i = 0; i < by * by; ++i) {
                    const auto at = static_cast<std::size_t>((y * by + i / by) * width + x * by + i % by) * 3;
                    sum += rgb[at + static_cast<std::size_t>(channel)];
                }
                small.rgb[to++] = static_cast<std::uint8_t>(sum / (by * by));
            }
        }
    }
    return small;
}

// Pictures of one size beside and below each other.
tl::expected<void, std::string> write_contact_sheet(const fs::path& path, const std::vector<Picture>& pictures,
                                                    int columns) {
    constexpr int k_gap = 8;
    const int cell_width = pictures.front().width + k_gap;
    const int cell_height = pictures.front().height + k_gap;
    const int rows = (static_cast<int>(pictures.size()) + columns - 1) / columns;
    const int width = columns * cell_width + k_gap;
    const int height = rows * cell_height + k_gap;
    std::vector<std::uint8_t> sheet(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 0x60);
    for (int i = 0; i < static_cast<int>(pictures.size()); ++i) {
        const Picture& picture = pictures[static_cast<std::size_t>(i)];
        const int left = k_gap + i % columns * cell_width;
        const int top = k_gap + i / columns * cell_height;
        for (int y = 0; y < picture.height; ++y) {
            std::copy_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>(y) * picture.width * 3, picture.width * 3,
                        sheet.begin() + (static_cast<std::ptrdiff_t>(top + y) * width + left) * 3);
        }
    }
    return write_png(path.string(), sheet, width, height);
}

class Golden : public ::testing::TestWithParam<core::Language> {};

INSTANTIATE_TEST_SUITE_P(Languages, Golden, ::testing::ValuesIn(core::k_languages), [](const auto& language) {
    std::string name = core::name_of(language.param);
    for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
});

TEST_P(Golden, PicturesOfEveryScreenInEveryLayoutAndThemeAndAContactSheet) {
    const fs::path dir = fs::path(UKETSUKE_BINARY_DIR) / "screens" / core::name_of(GetParam());
    fs::create_directories(dir);
    for (const WindowSize& size : k_sizes) {
        auto window = open_window(size);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        for (const Wish& theme : k_themes) {
            std::vector<Picture> pictures;
            for (Shot& shot : principal(GetParam())) {
                shot.view.preferences = theme.preferences;
                show(**window, shot);
                const fs::path path = dir / (std::string(size.name) + theme.name + "-" + shot.name + ".png");
                const std::vector<std::uint8_t> pixels = (*window)->pixels();
                const auto saved = write_png(path.string(), pixels, size.width, size.height);
                ASSERT_TRUE(saved) << saved.error();
                EXPECT_GT(fs::file_size(path), 10'000U) << path << ": an almost empty picture";
                pictures.push_back(smaller(pixels, size.width, size.height, 4));
            }
            const fs::path sheet = dir / ("contact-" + std::string(size.name) + theme.name + ".png");
            EXPECT_TRUE(write_contact_sheet(sheet, pictures, size.width > size.height ? 5 : 7)) << sheet;
        }
    }
}

// What a tablet shows at a bedside, as it is turned.
TEST_P(Golden, PicturesOfAHomeVisitUprightAndLying) {
    const fs::path dir = fs::path(UKETSUKE_BINARY_DIR) / "screens" / core::name_of(GetParam());
    fs::create_directories(dir);
    for (const WindowSize& size : {k_bedside_portrait, k_bedside_landscape}) {
        auto window = open_window(size);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        std::vector<Picture> pictures;
        for (const Shot& shot : visits(GetParam())) {
            show(**window, shot);
            const fs::path path = dir / (std::string(size.name) + "-" + shot.name + ".png");
            const std::vector<std::uint8_t> pixels = (*window)->pixels();
            const auto saved = write_png(path.string(), pixels, size.width, size.height);
            ASSERT_TRUE(saved) << saved.error();
            EXPECT_GT(fs::file_size(path), 10'000U) << path << ": an almost empty picture";
            pictures.push_back(smaller(pixels, size.width, size.height, 4));
        }
        const fs::path sheet = dir / ("contact-" + std::string(size.name) + ".png");
        EXPECT_TRUE(write_contact_sheet(sheet, pictures, size.width > size.height ? 6 : 10)) << sheet;
    }
}

}  // namespace

}  // namespace uketsuke::ui::test
