// The number reader and the camera front, with drawn cards.
#include <gtest/gtest.h>

#include <algorithm>

#include "card/front/camera_front.h"
#include "card/front/drawn_front.h"
#include "card/virtual_reader.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;
using testing::test_persona;

constexpr year_month_day k_today = year{2026} / month{11} / day{21};

NumberReader& reader() {
    static const auto shared = NumberReader::open();
    if (!shared) throw std::runtime_error(describe(shared.error()));
    return **shared;
}

Result<PrintedNumber> read(const Persona& persona, const FrontLook& look = {}) {
    const auto picture = draw_front(persona, look);
    if (!picture) return tl::make_unexpected(picture.error());
    return reader().read(*picture, k_today);
}

void expect_read(const Persona& persona, const FrontLook& look) {
    const auto number = read(persona, look);
    ASSERT_TRUE(number) << describe(number.error());
    EXPECT_EQ(number->number, *persona.number_b());
    EXPECT_EQ(number->quarter_turns, look.quarter_turns);
    EXPECT_GE(number->confidence, k_least_front_confidence);
}

// Whatever was refused, no reason names a digit of the card.
void expect_refused(const Result<PrintedNumber>& number, const std::string& reason) {
    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().fault, Fault::BadData);
    EXPECT_EQ(number.error().where, reason);
}

TEST(NumberReader, ReadsACardThatLiesInAnyOfTheFourWays) {
    for (int turns = 0; turns < 4; ++turns) {
        FrontLook look;
        look.quarter_turns = turns;
        SCOPED_TRACE(turns);
        expect_read(test_persona(), look);
    }
}

TEST(NumberReader, ReadsACardThatLiesAskew) {
    for (const double tilt : {-10.0, 10.0}) {
        FrontLook look;
        look.tilt_degrees = tilt;
        look.quarter_turns = tilt < 0 ? 3 : 2;
        SCOPED_TRACE(tilt);
        expect_read(test_persona(), look);
    }
}

TEST(NumberReader, ReadsAUsedCard) {
    FrontLook look;
    look.wear = 0.1;
    look.noise = 0.1;
    look.blur = 0.1;
    expect_read(test_persona(), look);
}

TEST(NumberReader, FindsTheTextsWhereverTheyStand) {
    for (const std::uint32_t seed : {2U, 3U, 5U}) {
        FrontLook look;
        look.seed = seed;
        SCOPED_TRACE(seed);
        expect_read(test_persona(), look);
    }
}

TEST(NumberReader, ReadsACardThatFillsThePicture) {
    const auto whole = draw_front(test_persona(), {});
    ASSERT_TRUE(whole);
    // Inside the card's edges on every side.
    FrontPicture part{850, 520, {}};
    for (int y = 0; y < part.height; ++y) {
        const auto from = whole->grey.begin() + (y + 250) * whole->width + 215;
        part.grey.insert(part.grey.end(), from, from + part.width);
    }
    const auto number = reader().read(part, k_today);
    ASSERT_TRUE(number) << describe(number.error());
    EXPECT_EQ(number->number, *test_persona().number_b());
}

TEST(NumberReader, TheFirstYearOfAnEraIsOne) {
    Persona persona = test_persona();
    persona.birth_date = year{1989} / month{3} / day{12};
    persona.card_expiry = year{2034} / month{3} / day{12};
    expect_read(persona, {});
    const auto printed = read(persona);
    ASSERT_TRUE(printed);
    EXPECT_EQ(printed->number, *NumberB::parse("01031220342285"));
}

TEST(NumberReader, TheNoteOfAFaceAuthenticationCardDoesNotDisturb) {
    Persona persona = test_persona();
    persona.face_authentication_card = true;
    expect_read(persona, {});
}

TEST(NumberReader, DatesThatDoNotAgreeLowerTheConfidence) {
    Persona persona = test_persona();
    const auto birthday = read(persona);
    persona.card_expiry = year{2035} / month{8} / day{4};
    const auto other = read(persona);
    ASSERT_TRUE(birthday && other);
    EXPECT_TRUE(birthday->dates_agree);
    EXPECT_FALSE(other->dates_agree);
    EXPECT_LT(other->confidence, birthday->confidence);
}

TEST(NumberReader, GlareOverTheSecurityCodeIsRefused) {
    FrontLook look;
    look.glare = 0.8;
    look.glare_on_code = true;
    expect_refused(read(test_persona(), look), "no security code");
}

TEST(NumberReader, TheBackIsRefused) {
    FrontLook look;
    look.back = true;
    expect_refused(read(test_persona(), look), "the back lies upwards or no date is legible");
}

TEST(NumberReader, AnotherCardIsRefused) {
    Persona persona = test_persona();
    persona.kind = PersonaKind::OtherCard;
    expect_refused(read(persona), "the back lies upwards or no date is legible");
}

TEST(NumberReader, AnEmptySlotIsRefused) {
    expect_refused(reader().read({1280, 1024, SecretBytes(1280 * 1024, 60)}, k_today), "no card in the picture");
}

TEST(NumberReader, AnExpiryYearThatNoCardCanHaveIsRefused) {
    Persona persona = test_persona();
    persona.card_expiry = year{2055} / month{2} / day{17};
    expect_refused(read(persona), "the expiry date is not possible");
    persona.card_expiry = year{2021} / month{2} / day{17};
    expect_refused(read(persona), "the expiry date is not possible");
}

TEST(NumberReader, APictureThatDoesNotFitItsBytesOrBoundsIsRefused) {
    expect_refused(reader().read({}, k_today), "the picture is too small");
    expect_refused(reader().read({200, 160, SecretBytes(32000)}, k_today), "the picture is too small");
    expect_refused(reader().read({5000, 100, SecretBytes(500000)}, k_today), "the picture is too large");
    expect_refused(reader().read({640, 480, SecretBytes(640 * 480 - 1)}, k_today),
                   "the picture's size does not fit its bytes");
    expect_refused(reader().read({-640, -480, SecretBytes(640 * 480)}, k_today), "the picture is too small");
}

TEST(NumberReader, NoiseIsNoCard) {
    FrontPicture noise{640, 480, SecretBytes(640 * 480)};
    std::uint32_t state = 1;
    std::generate(noise.grey.begin(), noise.grey.end(), [&] {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::uint8_t>(state >> 24U);
    });
    EXPECT_FALSE(reader().read(noise, k_today));
}

TEST(NumberReader, AFolderWithoutTheNetworksIsNamed) {
    const auto none = NumberReader::open("/nowhere/tessdata");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().fault, Fault::NotFound);
    EXPECT_EQ(none.error().where, "/nowhere/tessdata/jpn.traineddata");
}

// Gives pictures from a list, the last one again and again.
class ListedPictures : public FrontCamera {
  public:
    ListedPictures(std::vector<Result<FrontPicture>> pictures, int& taken)
        : m_pictures(std::move(pictures)), m_taken(taken) {}
    Result<FrontPicture> take() override {
        return m_pictures[std::min(static_cast<std::size_t>(m_taken++), m_pictures.size() - 1)];
    }

  private:
    std::vector<Result<FrontPicture>> m_pictures;
    int& m_taken;
};

Result<FrontPicture> picture_of(double glare_on_code) {
    FrontLook look;
    look.glare = glare_on_code;
    look.glare_on_code = true;
    return draw_front(test_persona(), look);
}

CameraFrontOptions options(double least = k_least_front_confidence) {
    CameraFrontOptions made;
    made.least_confidence = least;
    made.now = testing::test_now;
    return made;
}

Result<NumberB> read_from(std::vector<Result<FrontPicture>> pictures, int& taken, const CameraFrontOptions& how) {
    CameraFront front(std::make_unique<ListedPictures>(std::move(pictures), taken), *NumberReader::open(), how);
    EXPECT_TRUE(front.reads());
    return front.read_number();
}

TEST(CameraFront, StopsAtTheFirstPictureThatIsCertain) {
    int taken = 0;
    const auto number = read_from({picture_of(1), picture_of(0)}, taken, options());
    ASSERT_TRUE(number) << describe(number.error());
    EXPECT_EQ(*number, *test_persona().number_b());
    EXPECT_EQ(taken, 2);
}

TEST(CameraFront, PicturesThatAreNotLegibleGiveNoNumber) {
    int taken = 0;
    const auto number = read_from({picture_of(1)}, taken, options());
    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().fault, Fault::BadData);
    EXPECT_EQ(number.error().where, "front of the card: no security code");
    EXPECT_EQ(taken, 3);
}

TEST(CameraFront, UncertainPicturesThatAgreeGiveNoNumber) {
    int taken = 0;
    const auto number = read_from({picture_of(0)}, taken, options(1.1));
    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().fault, Fault::BadData);
    EXPECT_EQ(number.error().where, "front of the card: the number is not certain");
    EXPECT_EQ(taken, 3);
}

TEST(CameraFront, TheCamerasOwnErrorEndsIt) {
    int taken = 0;
    const auto number = read_from({fail(Fault::CardSilent, "camera over the slot")}, taken, options());
    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().fault, Fault::CardSilent);
    EXPECT_EQ(taken, 1);
}

TEST(CameraFront, ReadsWhatLiesOnAVirtualReader) {
    VirtualReader slot;
    CameraFront front(std::make_unique<DrawnFrontCamera>(slot), *NumberReader::open(), options());
    EXPECT_EQ(front.read_number().error().fault, Fault::NoCard);
    slot.place(testing::make_card());
    const auto number = front.read_number();
    ASSERT_TRUE(number) << describe(number.error());
    EXPECT_EQ(*number, *test_persona().number_b());
}

TEST(CardFront, OnlyAReaderWithoutACameraSaysThatItReadsNothing) {
    EXPECT_FALSE(NoCardFront().reads());
    EXPECT_EQ(NoCardFront().read_number().error().fault, Fault::NotFound);
    EXPECT_TRUE(CameraFront(nullptr, nullptr).reads());
}

}  // namespace
}  // namespace uketsuke::card
