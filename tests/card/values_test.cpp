// Small values: dates, 照合番号B, status words, faults, secrets.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <type_traits>

#include "card/dates.h"
#include "card/number_b.h"
#include "card/persona.h"
#include "card/secret.h"
#include "card/status_word.h"

namespace uketsuke::card {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

std::string text_of(const NumberB& number) {
    return {number.ascii().begin(), number.ascii().end()};
}

TEST(Dates, WriteTheEraOfTheDayThatSomeoneWasBornOn) {
    const struct {
        int y;
        unsigned m, d;
        const char* written;
    } cases[] = {
        {1980, 2, 17, "550217"}, {2020, 2, 24, "020224"}, {1926, 12, 24, "151224"}, {1926, 12, 25, "011225"},
        {1989, 1, 7, "640107"},  {1989, 1, 8, "010108"},  {2019, 4, 30, "310430"},  {2019, 5, 1, "010501"},
        {1912, 7, 29, "450729"}, {1912, 7, 30, "010730"}, {1868, 1, 25, "010125"},  {1944, 5, 14, "190514"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(era_yymmdd(year{one.y} / month{one.m} / day{one.d}), one.written) << one.y << '-' << one.m;
    }
    EXPECT_FALSE(era_yymmdd(year{1868} / month{1} / day{24}));
    EXPECT_FALSE(era_yymmdd(year{1999} / month{2} / day{29}));
}

TEST(Dates, AcceptOnlyDaysThatExist) {
    EXPECT_TRUE(parse_yyyymmdd("20240229"));
    for (const char* wrong : {"20230229", "20241301", "2024022", "202402290", "2024-2-9", "17991231", "0000000a"}) {
        EXPECT_FALSE(parse_yyyymmdd(wrong)) << wrong;
    }
    EXPECT_EQ(iso_date(*parse_yyyymmdd("19440514")), "1944-05-14");
    EXPECT_EQ(parse_iso_date("1944-05-14"), parse_yyyymmdd("19440514"));
    EXPECT_FALSE(parse_iso_date("1944/05/14"));
}

TEST(Dates, ACertificateEndsOnTheFifthBirthdayAfterItsIssue) {
    const auto born = year{1980} / month{2} / day{17};
    EXPECT_EQ(fifth_birthday_after(born, year{2024} / month{2} / day{16}), year{2028} / month{2} / day{17});
    EXPECT_EQ(fifth_birthday_after(born, year{2024} / month{2} / day{17}), year{2029} / month{2} / day{17});
    const auto leap = year{2004} / month{2} / day{29};
    EXPECT_EQ(fifth_birthday_after(leap, year{2024} / month{6} / day{1}), year{2029} / month{3} / day{1});
}

TEST(NumberB, IsMadeAsItIsPrintedOnTheCard) {
    const auto number = NumberB::make(year{1980} / month{2} / day{17}, year{2035}, "2285");
    ASSERT_TRUE(number);
    EXPECT_EQ(text_of(*number), "55021720352285");
    EXPECT_EQ(*NumberB::parse("55021720352285"), *number);
}

TEST(NumberB, RefusesWhatCannotBePrintedOnACard) {
    const auto born = year{1980} / month{2} / day{17};
    EXPECT_FALSE(NumberB::make(born, year{2035}, "228"));
    EXPECT_FALSE(NumberB::make(born, year{2035}, "22a5"));
    EXPECT_FALSE(NumberB::make(born, year{1990}, "2285"));
    EXPECT_FALSE(NumberB::make(year{1850} / month{1} / day{1}, year{2035}, "2285"));
    for (const char* wrong : {"", "5502172035228", "550217203522855", "55131720352285", "55023220352285",
                              "00021720352285", "55021719352285", "5502172035228x"}) {
        EXPECT_FALSE(NumberB::parse(wrong)) << wrong;
    }
}

TEST(StatusWord, ThreeWaysOfSayingLockedMeanTheSame) {
    for (const std::uint16_t word : {0x63C0, 0x6983, 0x6984}) {
        EXPECT_EQ(status_of(word), Status::Locked);
        EXPECT_EQ(tries_in(word), 0);
        EXPECT_EQ(error_of(word, "x").fault, Fault::PinLocked);
    }
    EXPECT_EQ(tries_in(0x63C3), 3);
    EXPECT_EQ(tries_in(0x63CA), 10);
    EXPECT_FALSE(tries_in(0x6300));
    EXPECT_FALSE(tries_in(0x9000));
}

TEST(StatusWord, EveryWordOfTheTableHasItsMeaning) {
    const struct {
        std::uint16_t word;
        Status status;
        Fault fault;
    } table[] = {
        {0x6110, Status::MoreData, Fault::UnexpectedStatus}, {0x6C20, Status::WrongLength, Fault::UnexpectedStatus},
        {0x6B00, Status::EndOfFile, Fault::BadData},         {0x6282, Status::EndOfFile, Fault::BadData},
        {0x6300, Status::Refused, Fault::UnexpectedStatus},  {0x6982, Status::NotAllowed, Fault::NotAllowed},
        {0x6985, Status::NotAllowed, Fault::NotAllowed},     {0x6986, Status::NotAllowed, Fault::NotAllowed},
        {0x6A82, Status::NotFound, Fault::NotFound},         {0x6A88, Status::NotFound, Fault::NotFound},
        {0x6700, Status::NotSupported, Fault::NotThisCard},  {0x6A86, Status::NotSupported, Fault::NotThisCard},
        {0x6D00, Status::NotSupported, Fault::NotThisCard},  {0x6E00, Status::NotSupported, Fault::NotThisCard},
        {0x6F00, Status::Other, Fault::UnexpectedStatus},    {0x63C2, Status::TriesLeft, Fault::UnexpectedStatus},
        {0x0000, Status::Other, Fault::UnexpectedStatus},
    };
    for (const auto& row : table) {
        EXPECT_EQ(status_of(row.word), row.status) << row.word;
        EXPECT_EQ(error_of(row.word, "x").fault, row.fault) << row.word;
    }
}

TEST(Error, SaysWhatAndWhereAndTheStatusWord) {
    EXPECT_EQ(describe(error_of(0x6A82, "SELECT of the JPKI application")),
              "not-found: SELECT of the JPKI application (6A82)");
    EXPECT_EQ(kind_of(Fault::CardGone), ErrorKind::Retry);
    EXPECT_EQ(kind_of(Fault::PinLocked), ErrorKind::Refusal);
    EXPECT_EQ(kind_of(Fault::NoService), ErrorKind::Broken);
}

TEST(Error, EveryFaultHasANameOfItsOwn) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Fault::Transport); ++i) names.insert(name_of(static_cast<Fault>(i)));
    EXPECT_EQ(names.size(), static_cast<std::size_t>(Fault::Transport) + 1);
    EXPECT_EQ(names.count("unknown"), 0U);
}

TEST(Secret, WipesWhatItIsGiven) {
    std::array<std::uint8_t, 4> stack{1, 2, 3, 4};
    wipe(stack.data(), stack.size());
    EXPECT_EQ(stack, (std::array<std::uint8_t, 4>{}));
    Bytes buffer{9, 9, 9};
    { const WipeAtEnd at_end(buffer); }
    EXPECT_EQ(buffer, (Bytes{0, 0, 0}));
    static_assert(std::is_same_v<SecretBytes::allocator_type, WipingAllocator<std::uint8_t>>);
}

}  // namespace
}  // namespace uketsuke::card
