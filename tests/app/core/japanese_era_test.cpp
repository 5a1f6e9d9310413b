#include "app/core/japanese_era.h"

#include <gtest/gtest.h>

namespace uketsuke::core {
namespace {

constexpr BirthDate k_today{2026, 3, 15};

TEST(JapaneseEra, BeginsAndEndsOnItsDay) {
    struct Row {
        BirthDate date;
        EraDate era;
    };
    const std::vector<Row> rows{
        {{1912, 7, 29}, {Era::Western, 1912, 7, 29}}, {{1912, 7, 30}, {Era::Taisho, 1, 7, 30}},
        {{1926, 12, 24}, {Era::Taisho, 15, 12, 24}},  {{1926, 12, 25}, {Era::Showa, 1, 12, 25}},
        {{1950, 4, 1}, {Era::Showa, 25, 4, 1}},       {{1989, 1, 7}, {Era::Showa, 64, 1, 7}},
        {{1989, 1, 8}, {Era::Heisei, 1, 1, 8}},       {{2019, 4, 30}, {Era::Heisei, 31, 4, 30}},
        {{2019, 5, 1}, {Era::Reiwa, 1, 5, 1}},        {{2026, 3, 15}, {Era::Reiwa, 8, 3, 15}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(in_era(row.date), row.era) << row.date.year;
        EXPECT_EQ(gregorian(row.era), row.date) << row.date.year;
        EXPECT_EQ(gregorian(western(row.date)), row.date);
    }
}

TEST(JapaneseEra, EveryDayComesBackFromItsEra) {
    BirthDate date{1900, 1, 1};
    int days = 0;
    while (date.year < 2100) {
        ASSERT_EQ(gregorian(in_era(date)), date) << date.year << '-' << +date.month << '-' << +date.day;
        ++days;
        if (++date.day > days_in_month(date.year, date.month)) {
            date.day = 1;
            if (++date.month > 12) {
                date.month = 1;
                ++date.year;
            }
        }
    }
    EXPECT_EQ(days, 73049);
}

TEST(JapaneseEra, ADayThatPeopleWriteInAnEraThatWasOverIsUnderstood) {
    EXPECT_EQ(gregorian({Era::Showa, 64, 3, 5}), (BirthDate{1989, 3, 5}));
    EXPECT_EQ(in_era(gregorian({Era::Showa, 64, 3, 5})), (EraDate{Era::Heisei, 1, 3, 5}));
    EXPECT_EQ(gregorian({Era::Heisei, 31, 6, 1}), (BirthDate{2019, 6, 1}));
    EXPECT_EQ(gregorian({Era::Taisho, 15, 12, 31}), (BirthDate{1926, 12, 31}));
}

TEST(JapaneseEra, ItsYearsEndWithTheEraOrToday) {
    EXPECT_EQ(last_year(Era::Taisho, k_today), 15);
    EXPECT_EQ(last_year(Era::Showa, k_today), 64);
    EXPECT_EQ(last_year(Era::Heisei, k_today), 31);
    EXPECT_EQ(last_year(Era::Reiwa, k_today), 8);
    EXPECT_EQ(last_year(Era::Western, k_today), 2026);
    for (const Era era : k_eras) EXPECT_EQ(first_year(era), era == Era::Western ? 1900 : 1);
}

TEST(JapaneseEra, AnotherEraKeepsTheDayOrTheNearestOne) {
    const EraDate showa{Era::Showa, 25, 4, 1};
    EXPECT_EQ(with_era(showa, Era::Western, k_today), (EraDate{Era::Western, 1950, 4, 1}));
    EXPECT_EQ(with_era(showa, Era::Showa, k_today), showa);
    EXPECT_EQ(with_era(showa, Era::Heisei, k_today), (EraDate{Era::Heisei, 1, 1, 8}));
    EXPECT_EQ(with_era(showa, Era::Taisho, k_today), (EraDate{Era::Taisho, 15, 12, 24}));
    EXPECT_EQ(with_era({Era::Western, 2026, 3, 15}, Era::Reiwa, k_today), (EraDate{Era::Reiwa, 8, 3, 15}));
}

TEST(JapaneseEra, TheWheelsStopAtADayThatExists) {
    EXPECT_EQ(with_year({Era::Reiwa, 6, 2, 29}, 7, k_today), (EraDate{Era::Reiwa, 7, 2, 28}));
    EXPECT_EQ(with_month({Era::Showa, 25, 1, 31}, 4, k_today), (EraDate{Era::Showa, 25, 4, 30}));
    EXPECT_EQ(with_day({Era::Showa, 25, 2, 1}, 31, k_today), (EraDate{Era::Showa, 25, 2, 28}));
    EXPECT_EQ(with_month({Era::Showa, 25, 4, 1}, 13, k_today), (EraDate{Era::Showa, 25, 12, 1}));
    EXPECT_EQ(with_month({Era::Showa, 25, 4, 1}, 0, k_today), (EraDate{Era::Showa, 25, 1, 1}));
    EXPECT_EQ(with_day({Era::Showa, 25, 4, 1}, 0, k_today), (EraDate{Era::Showa, 25, 4, 1}));
}

TEST(JapaneseEra, TheWheelsStopAtTheErasEndsAndAtToday) {
    EXPECT_EQ(with_year({Era::Showa, 63, 3, 5}, 64, k_today), (EraDate{Era::Showa, 64, 1, 7}));
    EXPECT_EQ(with_year({Era::Showa, 2, 3, 5}, 1, k_today), (EraDate{Era::Showa, 1, 12, 25}));
    EXPECT_EQ(with_year({Era::Showa, 2, 3, 5}, 99, k_today), (EraDate{Era::Showa, 64, 1, 7}));
    EXPECT_EQ(with_year({Era::Reiwa, 7, 8, 1}, 8, k_today), (EraDate{Era::Reiwa, 8, 3, 15}));
    EXPECT_EQ(with_month({Era::Reiwa, 8, 1, 20}, 3, k_today), (EraDate{Era::Reiwa, 8, 3, 15}));
    EXPECT_EQ(with_year({Era::Western, 1950, 1, 1}, 1800, k_today), (EraDate{Era::Western, 1900, 1, 1}));
    EXPECT_EQ(with_year({Era::Western, 1950, 1, 1}, 32000, k_today), (EraDate{Era::Western, 2026, 3, 15}));
}

TEST(JapaneseEra, AClockThatIsWrongLeadsOutOfNoEra) {
    for (const BirthDate today : {BirthDate{}, BirthDate{1970, 1, 1}, BirthDate{-1, 0, 0}}) {
        EXPECT_EQ(last_year(Era::Reiwa, today), 1);
        EXPECT_EQ(with_era({Era::Showa, 25, 4, 1}, Era::Reiwa, today), (EraDate{Era::Reiwa, 1, 5, 1}));
    }
}

TEST(JapaneseEra, FebruaryHasItsLeapDay) {
    EXPECT_EQ(days_in_month(2024, 2), 29);
    EXPECT_EQ(days_in_month(2023, 2), 28);
    EXPECT_EQ(days_in_month(1900, 2), 28);
    EXPECT_EQ(days_in_month(2000, 2), 29);
    EXPECT_EQ(days_in_month(2023, 12), 31);
}

}  // namespace
}  // namespace uketsuke::core
