// Which numbers are remembered as refused, in memory, in a file, and over the sessions of a card.
#include "card/refused_numbers.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "card/my_number_card.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::CardChannel;
using testing::make_card;
using testing::test_persona;

constexpr std::array<std::uint8_t, 32> k_key{1, 2, 3};
constexpr std::array<std::uint8_t, 32> k_other_key{4, 5, 6};

NumberB number(int code) {
    std::string digits = std::to_string(10'000 + code).substr(1);
    const Persona persona = test_persona();
    return *NumberB::make(persona.birth_date, persona.card_expiry.year(), digits);
}

TEST(RefusedNumbers, KnowsANumberForOneCardOnly) {
    RefusedNumbers numbers(k_key);
    numbers.remember_wrong("a", number(1));
    EXPECT_TRUE(numbers.refused("a", number(1)));
    EXPECT_FALSE(numbers.refused("a", number(2)));
    EXPECT_FALSE(numbers.refused("b", number(1)));
    EXPECT_FALSE(numbers.refused("", number(1)));
}

TEST(RefusedNumbers, ANumberWhoseAnswerWasLostIsDoubtfulWhileTheCounterIsLower) {
    RefusedNumbers numbers(k_key);
    numbers.remember_lost("a", number(1), 8);
    EXPECT_FALSE(numbers.refused("a", number(1)));
    EXPECT_TRUE(numbers.doubtful("a", number(1), 7));
    EXPECT_FALSE(numbers.doubtful("a", number(1), 8));   // it was never received
    EXPECT_FALSE(numbers.doubtful("a", number(1), 10));  // it was right
    numbers.remember_lost("a", number(1), 10);
    EXPECT_TRUE(numbers.doubtful("a", number(1), 9));
    EXPECT_EQ(numbers.size(), 1U);
}

TEST(RefusedNumbers, ARightNumberClearsItsOwnDoubtAndSettlesThatOfTheOthers) {
    RefusedNumbers numbers(k_key);
    numbers.remember_lost("a", number(1), 10);
    numbers.remember_lost("a", number(2), 9);
    numbers.remember_lost("b", number(2), 9);
    numbers.remember_right("a", number(1));
    EXPECT_FALSE(numbers.doubtful("a", number(1), 1));
    EXPECT_TRUE(numbers.refused("a", number(2)));
    EXPECT_FALSE(numbers.refused("b", number(2)));
}

TEST(RefusedNumbers, ARefusalIsNotTurnedIntoADoubt) {
    RefusedNumbers numbers(k_key);
    numbers.remember_wrong("a", number(1));
    numbers.remember_lost("a", number(1), 10);
    EXPECT_TRUE(numbers.refused("a", number(1)));
}

class RefusedNumbersFile : public ::testing::Test {
  protected:
    RefusedNumbersFile() {
        std::string pattern = (std::filesystem::temp_directory_path() / "refused-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        m_folder = pattern;
        m_path = m_folder / "numbers";
    }
    ~RefusedNumbersFile() override { std::filesystem::remove_all(m_folder); }

    RefusedNumbers open(std::span<const std::uint8_t, 32> key = k_key) const {
        auto numbers = RefusedNumbers::open(m_path.string(), key);
        if (!numbers) throw std::runtime_error(describe(numbers.error()));
        return std::move(*numbers);
    }
    Bytes content() const {
        std::ifstream file(m_path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const Bytes& bytes) const {
        std::ofstream file(m_path, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
    std::filesystem::path damaged() const { return m_path.string() + ".damaged"; }

    std::filesystem::path m_folder;
    std::filesystem::path m_path;
};

TEST_F(RefusedNumbersFile, KnowsAfterARestartWhatWasRefusedBefore) {
    {
        auto numbers = open();
        EXPECT_FALSE(numbers.started_afresh());
        numbers.remember_wrong("a", number(1));
        numbers.remember_lost("a", number(2), 9);
        numbers.remember_wrong("a", number(3));
        numbers.remember_lost("a", number(4), 5);
        numbers.remember_right("a", number(4));
        EXPECT_FALSE(numbers.failure());
    }
    const auto numbers = open();
    EXPECT_FALSE(numbers.started_afresh());
    EXPECT_EQ(numbers.size(), 3U);
    EXPECT_TRUE(numbers.refused("a", number(1)));
    EXPECT_TRUE(numbers.refused("a", number(2)));
    EXPECT_TRUE(numbers.refused("a", number(3)));
    EXPECT_FALSE(numbers.refused("a", number(4)));
}

TEST_F(RefusedNumbersFile, IsForItsOwnerOnlyAndLeavesNothingElseBehind) {
    write({1});
    ASSERT_EQ(::chmod(m_path.c_str(), 0666), 0);
    auto numbers = open();
    numbers.remember_wrong("a", number(1));
    struct stat info {};
    ASSERT_EQ(::stat(m_path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    EXPECT_FALSE(std::filesystem::exists(m_path.string() + ".new"));
}

TEST_F(RefusedNumbersFile, DoesNotTakeOverTheModeOfAFileThatWasLeftBehind) {
    const std::string left = m_path.string() + ".new";
    { std::ofstream(left) << "half"; }
    ASSERT_EQ(::chmod(left.c_str(), 0666), 0);
    const auto numbers = open();
    struct stat info {};
    ASSERT_EQ(::stat(m_path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(RefusedNumbersFile, HoldsNeitherTheNumberNorTheCardsName) {
    auto numbers = open();
    const NumberB printed = number(2285);
    numbers.remember_wrong("0123456789abcdef", printed);
    const Bytes bytes = content();
    const std::string text(bytes.begin(), bytes.end());
    const auto ascii = printed.ascii();
    EXPECT_EQ(text.find(std::string(ascii.begin(), ascii.end())), std::string::npos);
    EXPECT_EQ(text.find("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(bytes.size(), 40U + 32U);
}

TEST_F(RefusedNumbersFile, AChangedByteAnywherePutsTheFileAside) {
    {
        auto numbers = open();
        numbers.remember_wrong("a", number(1));
    }
    const Bytes whole = content();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes changed = whole;
        changed[at] ^= 1;
        write(changed);
        const auto numbers = open();
        EXPECT_TRUE(numbers.started_afresh()) << at;
        EXPECT_EQ(numbers.size(), 0U);
        EXPECT_TRUE(std::filesystem::exists(damaged()));
        std::filesystem::remove(damaged());
    }
}

TEST_F(RefusedNumbersFile, AFileCutShortAnywhereOrTooLongIsPutAside) {
    {
        auto numbers = open();
        numbers.remember_wrong("a", number(1));
        numbers.remember_wrong("a", number(2));
    }
    const Bytes whole = content();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
        EXPECT_TRUE(open().started_afresh()) << size;
    }
    Bytes longer = whole;
    longer.resize(2'000'000);
    write(longer);
    EXPECT_TRUE(open().started_afresh());
    EXPECT_FALSE(open().started_afresh());
}

TEST_F(RefusedNumbersFile, AFileOfAnotherKeyIsPutAsideAndKeptWhole) {
    {
        auto numbers = open();
        numbers.remember_wrong("a", number(1));
    }
    const Bytes before = content();
    const auto numbers = open(k_other_key);
    EXPECT_TRUE(numbers.started_afresh());
    EXPECT_FALSE(numbers.refused("a", number(1)));
    std::filesystem::rename(damaged(), m_path);
    EXPECT_EQ(content(), before);
    EXPECT_TRUE(open().refused("a", number(1)));
}

TEST(RefusedNumbers, KeepsTheNewest4096) {
    RefusedNumbers memory(k_key);
    for (int i = 0; i < 4'100; ++i) memory.remember_wrong("card " + std::to_string(i), number(i));
    EXPECT_EQ(memory.size(), 4096U);
    EXPECT_FALSE(memory.refused("card 3", number(3)));
    EXPECT_TRUE(memory.refused("card 4", number(4)));
    EXPECT_TRUE(memory.refused("card 4099", number(4099)));
}

TEST_F(RefusedNumbersFile, SaysSoWhenItCannotBeWritten) {
    EXPECT_EQ(RefusedNumbers::open((m_folder / "missing" / "numbers").string(), k_key).error().fault, Fault::BadConfig);
    EXPECT_EQ(RefusedNumbers::open(m_folder.string(), k_key).error().fault, Fault::BadConfig);
    auto numbers = open();
    std::filesystem::rename(m_folder, m_folder.string() + "-away");
    numbers.remember_wrong("a", number(1));
    ASSERT_TRUE(numbers.failure());
    EXPECT_TRUE(numbers.refused("a", number(1)));
    std::filesystem::rename(m_folder.string() + "-away", m_folder);
    numbers.remember_wrong("a", number(2));
    EXPECT_FALSE(numbers.failure());
    EXPECT_TRUE(open().refused("a", number(1)));
}

TEST_F(RefusedNumbersFile, DoesNotWriteThroughALinkThatSomebodyPutThere) {
    const auto target = m_folder / "target";
    { std::ofstream(target) << "precious"; }
    std::filesystem::create_symlink(target, m_path);
    EXPECT_FALSE(RefusedNumbers::open(m_path.string(), k_key));
    std::ifstream file(target);
    std::string text;
    file >> text;
    EXPECT_EQ(text, "precious");
}

// Sessions with one card, each as the kiosk makes it.
class RefusedOverSessions : public ::testing::Test {
  protected:
    struct Seen {
        PinAnswer answer;
        std::size_t secrets;  // that this session sent
    };
    Seen session(const NumberB& offered, const CardChannel::Tamper& tamper = {}) {
        m_card->reset();
        CardChannel channel(*m_card, tamper);
        MyNumberCardOptions options;
        options.refused = &m_numbers;
        MyNumberCard card(channel, options);
        const auto answer = card.verify_number_b(offered);
        return {answer.value_or(PinAnswer{}), channel.secrets_sent()};
    }
    static Result<Bytes> lose_the_answer(std::size_t, std::span<const std::uint8_t> command, Bytes answer) {
        if (command[1] == 0x20 && command.size() > 4) return fail(Fault::CardGone, "moved");
        return answer;
    }
    // The command itself is lost: the card never sees it.
    Seen lost_on_the_way(const NumberB& offered) {
        class Deaf : public Channel {
          public:
            explicit Deaf(VirtualCard& card) : m_card(card) {}
            Result<Bytes> transmit(std::span<const std::uint8_t> command) override {
                if (command[1] == 0x20 && command.size() > 4) return fail(Fault::CardGone, "moved");
                return m_card.answer(command);
            }

          private:
            VirtualCard& m_card;
        };
        m_card->reset();
        Deaf channel(*m_card);
        MyNumberCardOptions options;
        options.refused = &m_numbers;
        MyNumberCard card(channel, options);
        return {card.verify_number_b(offered).value_or(PinAnswer{}), 0};
    }

    std::shared_ptr<VirtualCard> m_card = make_card();
    RefusedNumbers m_numbers{k_key};
    NumberB m_right = *test_persona().number_b();
};

TEST_F(RefusedOverSessions, AWrongNumberIsNotSentAgainInALaterSession) {
    EXPECT_EQ(session(number(1)).answer.verdict, PinVerdict::Wrong);
    const auto again = session(number(1));
    EXPECT_EQ(again.answer.verdict, PinVerdict::NotSent);
    EXPECT_EQ(again.answer.not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(again.secrets, 0U);
    EXPECT_EQ(session(number(2)).answer.verdict, PinVerdict::Wrong);
    EXPECT_EQ(session(m_right).answer.verdict, PinVerdict::Right);
    EXPECT_EQ(session(number(1)).answer.not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(m_card->secrets_received(), 3U);
}

TEST_F(RefusedOverSessions, AnotherCardMayHaveThatNumber) {
    EXPECT_EQ(session(number(1)).answer.verdict, PinVerdict::Wrong);
    Persona other = test_persona();
    other.id = "other";
    other.security_code = "0001";
    m_card = make_card(other);
    EXPECT_EQ(session(number(1)).answer.verdict, PinVerdict::Right);
}

TEST_F(RefusedOverSessions, AWrongNumberWhoseAnswerWasLostIsNotSentAgain) {
    EXPECT_EQ(session(number(1), lose_the_answer).answer.verdict, PinVerdict::Lost);
    const auto again = session(number(1));
    EXPECT_EQ(again.answer.not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(again.answer.tries_left, 9);
    EXPECT_EQ(again.secrets, 0U);
    EXPECT_EQ(session(m_right).answer.verdict, PinVerdict::Right);
    // The counter is full again; the number is as wrong as before.
    EXPECT_EQ(session(number(1)).answer.not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(m_card->secrets_received(), 2U);
}

TEST_F(RefusedOverSessions, ARightNumberWhoseAnswerWasLostMayBeSentAgain) {
    EXPECT_EQ(session(number(1)).answer.verdict, PinVerdict::Wrong);
    EXPECT_EQ(session(m_right, lose_the_answer).answer.verdict, PinVerdict::Lost);
    EXPECT_EQ(session(m_right).answer.verdict, PinVerdict::Right);
    // What was lost once does not stay a doubt when somebody else's mistake lowers the counter.
    EXPECT_EQ(session(number(2)).answer.verdict, PinVerdict::Wrong);
    EXPECT_EQ(session(m_right).answer.verdict, PinVerdict::Right);
}

TEST_F(RefusedOverSessions, ANumberThatNeverReachedTheCardMayBeSentAgain) {
    EXPECT_EQ(lost_on_the_way(number(1)).answer.verdict, PinVerdict::Lost);
    EXPECT_EQ(m_card->secrets_received(), 0U);
    EXPECT_EQ(session(number(1)).answer.verdict, PinVerdict::Wrong);
    EXPECT_EQ(session(number(1)).answer.not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(m_card->secrets_received(), 1U);
}

TEST_F(RefusedOverSessions, AStatusWordWithoutMeaningLeavesTheNumberDoubtful) {
    const auto odd = [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        if (command[1] == 0x20 && command.size() > 4) return testing::hex("6F00");
        return answer;
    };
    session(number(1), odd);
    EXPECT_EQ(session(number(1)).answer.not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(m_card->secrets_received(), 1U);
}

TEST_F(RefusedOverSessions, TheCertificateIsReadOnceToKnowTheCard) {
    const auto apdus = [&](bool before) {
        m_card->reset();
        CardChannel channel(*m_card);
        MyNumberCardOptions options;
        options.refused = &m_numbers;
        MyNumberCard card(channel, options);
        EXPECT_TRUE(card.identify());
        EXPECT_TRUE(!before || card.read_certificate());
        EXPECT_EQ(card.verify_number_b(m_right)->verdict, PinVerdict::Right);
        EXPECT_TRUE(card.read_face_record());
        EXPECT_TRUE(card.read_attributes());
        return channel.sent.size();
    };
    EXPECT_EQ(apdus(false), apdus(true));
}

}  // namespace
}  // namespace uketsuke::card
