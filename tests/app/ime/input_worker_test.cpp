#include "app/workers/input_worker.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <thread>

#include "tests/app/ime/fixture.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto k_patience = 30s;

class InputWorkerTest : public testing::Test {
  protected:
    void begin(InputWorkerOptions options) {
        m_worker.emplace(
            m_events, [this](NoticeLevel, const std::string& text) { m_notices.push_back(text); }, std::move(options));
    }
    void run() {
        m_thread = std::jthread([this] { m_worker->run(); });
    }
    void end() {
        m_worker->stop();
        m_thread.join();
    }
    core::effect::ConvertKana kana(const char* reading) {
        core::effect::ConvertKana wish;
        wish.reading = std::string_view(reading);
        wish.hint = core::KanaHint::PersonName;
        return wish;
    }
    core::effect::LookUpPostalCode code(const char* digits) {
        core::effect::LookUpPostalCode wish;
        wish.code = std::string_view(digits);
        return wish;
    }
    template <class T>
    T next() {
        const auto event = m_events.take_for(k_patience);
        if (event) {
            if (const auto* wanted = std::get_if<T>(&*event)) return *wanted;
        }
        ADD_FAILURE() << "no such event";
        return {};
    }
    InputWorkerOptions as_installed() { return {{ime::k_word_lists, ime::own_words()}, {}}; }

    EventQueue m_events;
    std::vector<std::string> m_notices;  // input thread, until end()
    std::optional<InputWorker> m_worker;
    std::jthread m_thread;
};

TEST_F(InputWorkerTest, ConversionsAndPostalCodesAreAnswered) {
    if (!ime::has_word_lists()) GTEST_SKIP() << "Debian's skkdic-extra is not installed";
    begin(as_installed());
    run();
    m_worker->convert(kana("たかはし"));
    const auto converted = next<core::event::KanaConverted>();
    EXPECT_EQ(converted.reading, "たかはし");
    ASSERT_FALSE(converted.candidates.empty());
    EXPECT_EQ(converted.candidates.front().text, "高橋");
    m_worker->look_up(code("1250051"));
    const auto place = next<core::event::PostalCodeFound>();
    EXPECT_EQ(place.code, "1250051");
    ASSERT_THAT(place.addresses, SizeIs(1));
    EXPECT_EQ(place.addresses.front(), "東京都葛飾区新宿");
    m_worker->look_up(code("9999999"));
    EXPECT_THAT(next<core::event::PostalCodeFound>().addresses, IsEmpty());
    end();
    EXPECT_THAT(m_notices, IsEmpty());
}

TEST_F(InputWorkerTest, TheNewestConversionOvertakesThoseThatWait) {
    begin(as_installed());
    for (const char* reading : {"た", "たか", "たかは", "たかはし"}) m_worker->convert(kana(reading));
    run();
    EXPECT_EQ(next<core::event::KanaConverted>().reading, "たかはし");
    EXPECT_FALSE(m_events.take());
    end();
}

TEST_F(InputWorkerTest, WhatIsMissingIsToldOnceAndKanaIsStillAnswered) {
    const ime::Folder empty;
    begin({{empty.path(), empty.path() / "words.txt"}, empty.path() / "utf_ken_all.csv"});
    run();
    for (int i = 0; i < 3; ++i) {
        m_worker->convert(kana("さくら"));
        EXPECT_EQ(next<core::event::KanaConverted>().reading, "さくら");
        m_worker->look_up(code("1250051"));
        EXPECT_THAT(next<core::event::PostalCodeFound>().addresses, IsEmpty());
    }
    end();
    EXPECT_THAT(m_notices, SizeIs(5));
    EXPECT_THAT(m_notices, Contains(HasSubstr("SKK-JISYO.geo")));
    EXPECT_THAT(m_notices, Contains(HasSubstr("utf_ken_all.csv")));
}

TEST_F(InputWorkerTest, AWipeForgetsWhatWaits) {
    begin(as_installed());
    m_worker->convert(kana("たかはし"));
    m_worker->look_up(code("1250051"));
    m_worker->wipe();
    m_worker->convert(kana("さとう"));
    run();
    EXPECT_EQ(next<core::event::KanaConverted>().reading, "さとう");
    EXPECT_FALSE(m_events.take());
    end();
}

TEST_F(InputWorkerTest, StoppedBeforeItBeganItEnds) {
    begin(as_installed());
    m_worker->stop();
    m_worker->convert(kana("さとう"));
    run();
    m_thread.join();
    EXPECT_FALSE(m_events.take());
}

TEST_F(InputWorkerTest, NothingOfWhatIsTypedIsWrittenIntoTheHomeFolder) {
    const ime::Folder home;
    const auto own = home.path() / ".anthy";
    std::filesystem::create_directory(own);
    const char* before = std::getenv("HOME");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("HOME", home.path().c_str(), 1);
    begin(as_installed());
    run();
    for (const char* reading : {"たかはし", "さとうはなこ", "わたなべさくら"}) {
        m_worker->convert(kana(reading));
        next<core::event::KanaConverted>();
    }
    m_worker->wipe();
    end();
    ::setenv("HOME", kept.c_str(), 1);
    EXPECT_TRUE(std::filesystem::is_empty(own));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(home.path()), {}), 1);
}

}  // namespace
}  // namespace uketsuke::workers
