#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "tests/vision/support.h"
#include "vision/image.h"
#include "vision/photo_header.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes chip_photo() {
    return encode_chip_photo(draw_card_portrait(3)).value();
}

void put_be32(Bytes& bytes, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i)
        bytes.at(at + static_cast<std::size_t>(i)) = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

std::size_t place_of(const Bytes& bytes, const std::string& what) {
    const auto at = std::search(bytes.begin(), bytes.end(), what.begin(), what.end(),
                                [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
    EXPECT_NE(at, bytes.end());
    return static_cast<std::size_t>(at - bytes.begin());
}

TEST(Photo, AChipPhotoIsASmallGrayJp2ThatDecodesToItsSize) {
    const Bytes bytes = chip_photo();
    EXPECT_LE(bytes.size(), 5000U);
    EXPECT_GT(bytes.size(), 2500U);
    const auto header = read_photo_header(bytes);
    ASSERT_TRUE(header) << header.error().where;
    EXPECT_EQ(header->format, PhotoFormat::Jp2);
    EXPECT_EQ(header->channels, 1);
    const auto image = decode_photo(bytes);
    ASSERT_TRUE(image) << image.error().where;
    EXPECT_EQ(image->width, 240);
    EXPECT_EQ(image->height, 320);
    EXPECT_EQ(image->format, PixelFormat::Gray8);
    EXPECT_TRUE(image->sound());
}

TEST(Photo, PngKeepsEveryPixelAndColourOrder) {
    const Image drawn = draw_card_portrait(5);
    const auto back = decode_photo(encode_png(drawn).value());
    ASSERT_TRUE(back) << back.error().where;
    EXPECT_EQ(back->pixels, drawn.pixels);
}

TEST(Photo, AColourJp2StaysNearItsOriginal) {
    const Image drawn = draw_card_portrait(6);
    const auto back = decode_photo(encode_jp2(drawn, 60'000).value());
    ASSERT_TRUE(back) << back.error().where;
    ASSERT_EQ(back->pixels.size(), drawn.pixels.size());
    double error = 0;
    for (std::size_t i = 0; i < drawn.pixels.size(); ++i)
        error += std::abs(int{drawn.pixels[i]} - int{back->pixels[i]});
    EXPECT_LT(error / static_cast<double>(drawn.pixels.size()), 3.0);
}

TEST(Photo, RefusesAnImageHeaderOfABillionPixelsBeforeDecoding) {
    Bytes bytes = chip_photo();
    const std::size_t ihdr = place_of(bytes, "ihdr") + 4;
    const std::size_t siz = place_of(bytes, "\xff\x4f\xff\x51");
    put_be32(bytes, ihdr, 40'000);
    put_be32(bytes, ihdr + 4, 40'000);
    put_be32(bytes, siz + 8, 40'000);
    put_be32(bytes, siz + 12, 40'000);
    const auto image = decode_photo(bytes);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().fault, Fault::TooLarge);
}

TEST(Photo, RefusesAJp2WhoseBoxAndCodeStreamDisagree) {
    Bytes bytes = chip_photo();
    put_be32(bytes, place_of(bytes, "ihdr") + 4, 16);
    const auto image = decode_photo(bytes);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().fault, Fault::Corrupt);
}

TEST(Photo, RefusesAJp2OfCountlessTiles) {
    Bytes bytes = chip_photo();
    const std::size_t siz = place_of(bytes, "\xff\x4f\xff\x51");
    put_be32(bytes, siz + 24, 1);
    put_be32(bytes, siz + 28, 1);
    const auto image = decode_photo(bytes);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().fault, Fault::TooLarge);
}

TEST(Photo, ATileNearThirtyTwoBitsWideIsCountedOnce) {
    const Bytes jp2 = chip_photo();
    Bytes bytes(jp2.begin() + static_cast<std::ptrdiff_t>(place_of(jp2, "\xff\x4f\xff\x51")), jp2.end());
    put_be32(bytes, 24, 0xffffff00);
    const auto header = read_photo_header(bytes);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->format, PhotoFormat::Jpeg2000CodeStream);
    EXPECT_EQ(header->tiles, 1);
}

// The reader of such files ends the process on a damaged one, where OpenCV is built with it.
TEST(Photo, AMarkOfAnotherFormatAmidTheBytesBringsNoOtherDecoderIn) {
    for (Bytes bytes : {chip_photo(), encode_png(draw_person({}, 64, 48)).value()}) {
        const std::string mark = "DICM";
        std::copy(mark.begin(), mark.end(), bytes.begin() + 128);
        const auto image = decode_photo(bytes);
        ASSERT_FALSE(image);
        EXPECT_EQ(image.error().fault, Fault::Unsupported);
        bytes.resize(133);
        EXPECT_FALSE(decode_photo(bytes));
    }
}

TEST(Photo, RefusesMoreBytesThanItsBound) {
    const Bytes bytes(3U << 20U, 0xff);
    const auto image = decode_photo(bytes);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().fault, Fault::TooLarge);
}

TEST(Photo, RefusesWhatIsNoPicture) {
    const Bytes nothing;
    EXPECT_EQ(decode_photo(nothing).error().fault, Fault::Corrupt);
    const std::string text = "this is not a photograph at all";
    EXPECT_EQ(decode_photo(Bytes(text.begin(), text.end())).error().fault, Fault::Unsupported);
}

TEST(Photo, EveryTruncationIsAnErrorOrAWholePicture) {
    for (const Bytes& whole : {chip_photo(), encode_png(draw_person({}, 64, 48)).value()}) {
        for (std::size_t length = 0; length < whole.size(); length += length < 200 ? 1 : 97) {
            const auto image = decode_photo(std::span(whole).first(length));
            if (image) {
                EXPECT_TRUE(image->sound()) << "cut at " << length;
            } else {
                EXPECT_FALSE(image.error().where.empty());
            }
        }
    }
}

TEST(Photo, SurvivesAThousandDamagedFiles) {
    const std::vector<Bytes> originals{chip_photo(), encode_png(draw_person({}, 64, 48)).value(),
                                       encode_jp2(draw_person({}, 64, 48), 2000).value()};
    std::mt19937 chance(20261101);
    int decoded = 0;
    for (int round = 0; round < 1000; ++round) {
        Bytes bytes = originals[static_cast<std::size_t>(round) % originals.size()];
        const int wounds = 1 + static_cast<int>(chance() % 8);
        for (int i = 0; i < wounds; ++i) {
            // Half of the wounds go to the headers, where sizes are.
            const std::size_t reach = chance() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 160) : bytes.size();
            bytes[chance() % reach] = static_cast<std::uint8_t>(chance());
        }
        if (chance() % 5 == 0) bytes.resize(1 + chance() % bytes.size());
        const auto image = decode_photo(bytes, {1U << 20U, 1024, 500'000});
        if (image) {
            ++decoded;
            ASSERT_TRUE(image->sound());
            ASSERT_LE(image->width, 1024);
        }
    }
    EXPECT_GT(decoded, 0);
}

TEST(Photo, AMissingFileIsNamedInTheError) {
    const auto image = read_image("/nowhere/at-all.png");
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().fault, Fault::NotFound);
    EXPECT_NE(image.error().where.find("/nowhere/at-all.png"), std::string::npos);
}

TEST(Photo, AnUnsoundImageIsRefusedEverywhere) {
    const Image unsound{100, 100, PixelFormat::Rgb8, Bytes(10)};
    EXPECT_FALSE(unsound.sound());
    EXPECT_FALSE(encode_png(unsound));
    EXPECT_FALSE(encode_jp2(unsound, 1000));
    EXPECT_FALSE(encode_chip_photo(unsound));
    EXPECT_TRUE(to_gray(unsound).empty());
    EXPECT_TRUE(resized(unsound, 10, 10).empty());
    EXPECT_TRUE(mirrored(unsound).empty());
}

TEST(Photo, WipeLeavesNothingBehind) {
    Image image = draw_person({}, 64, 48);
    wipe(image);
    EXPECT_TRUE(image.empty());
    EXPECT_EQ(image.width, 0);
}

}  // namespace
}  // namespace uketsuke::vision
