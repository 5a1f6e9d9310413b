#include <gtest/gtest.h>

#include "app/workers/photo_shelf.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

constexpr core::SessionId k_first{1};
constexpr core::SessionId k_second{2};

vision::Image picture() {
    return {.width = 2, .height = 3, .format = vision::PixelFormat::Gray8, .pixels = {1, 2, 3, 4, 5, 6}};
}

TEST(PhotoShelf, GivesThePhotoOfTheSessionThatAsksAndOfNoOther) {
    workers::PhotoShelf shelf;
    shelf.put(k_second, picture());
    const auto png = shelf.png_of(k_second);
    ASSERT_TRUE(png);
    const auto back = vision::decode_photo(*png);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->pixels, picture().pixels);
    EXPECT_FALSE(shelf.png_of(k_first));
    shelf.put(k_first, picture());
    EXPECT_FALSE(shelf.png_of(k_first)) << "a later patient is here";
    EXPECT_TRUE(shelf.png_of(k_second));
}

TEST(PhotoShelf, IsEmptyAfterTheWipeAndTakesNothingInForAWipedSession) {
    workers::PhotoShelf shelf;
    shelf.put(k_first, picture());
    shelf.wipe(k_first);
    EXPECT_TRUE(shelf.empty());
    EXPECT_FALSE(shelf.png_of(k_first));
    shelf.put(k_first, picture());
    EXPECT_TRUE(shelf.empty()) << "a slow worker cannot bring a patient back";
    shelf.put(k_second, picture());
    shelf.wipe(k_first);
    EXPECT_TRUE(shelf.png_of(k_second)) << "the next patient's photo is not the last one's";
}

TEST(PhotoShelf, RefusesAPictureThatIsNotSound) {
    workers::PhotoShelf shelf;
    vision::Image broken = picture();
    broken.pixels.pop_back();
    shelf.put(k_first, std::move(broken));
    EXPECT_TRUE(shelf.empty());
}

class PhotoForStaff : public KioskTest {};

TEST_F(PhotoForStaff, IsThereWhileTheCardLiesAndGoneWithIt) {
    if (!models_there()) GTEST_SKIP() << "no weights: the chip's photo is not opened";
    start();
    ASSERT_TRUE(m_runtime->wait_for_face());
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    const core::SessionId session = m_runtime->kiosk().state().session->id;
    ASSERT_TRUE(wait([&] { return m_runtime->workers().photos().png_of(session).has_value(); }));
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(until(core::Screen::CardTaken));
    EXPECT_TRUE(m_runtime->workers().photos().empty());
}

}  // namespace
}  // namespace uketsuke::app::test
