// The card room through a real PC/SC service, and the virtual card before a stranger's eyes (OpenSC).
#include "tests/card/pcsc_stack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <fstream>
#include <thread>

#include "card/my_number_card.h"
#include "card/reader.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using testing::make_card;
using testing::PcscStack;
using testing::run_program;
using testing::test_persona;

constexpr milliseconds k_deadline{10'000};
constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};

class PcscStackTest : public ::testing::Test {
  protected:
    void SetUp() override {
        auto stack = PcscStack::start();
        if (!stack) GTEST_SKIP() << stack.error();
        m_stack = std::move(*stack);
        m_reader = open_pcsc_reader(m_stack->reader_name());
        ASSERT_EQ(*m_reader->wait(Presence::NoService, k_deadline), Presence::Empty);
    }

    void insert(std::shared_ptr<VirtualCard> card) {
        m_stack->insert(std::move(card));
        ASSERT_EQ(*m_reader->wait(Presence::Empty, k_deadline), Presence::Card);
    }

    std::unique_ptr<PcscStack> m_stack;
    std::unique_ptr<Reader> m_reader;
};

TEST_F(PcscStackTest, ReadsAndSignsThroughLibpcsclite) {
    const auto card = make_card();
    insert(card);
    EXPECT_EQ(m_reader->name(), m_stack->reader_name());
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    EXPECT_EQ(open_pcsc_reader("")->connect().error().fault, Fault::ReaderBusy);
    MyNumberCard session(**channel);
    EXPECT_EQ(*session.identify(), CardKind::MyNumber);
    const auto certificate = session.read_certificate();
    ASSERT_TRUE(certificate);
    ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    EXPECT_EQ(session.read_face_record()->birth_date, test_persona().birth_date);
    EXPECT_EQ(session.read_attributes()->name.view(), test_persona().name);
    EXPECT_EQ(session.pin_status()->tries, 3);
    ASSERT_EQ(session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest("reception", 9, digest.data(), nullptr, EVP_sha256(), nullptr);
    const auto signature = session.sign(digest);
    ASSERT_TRUE(signature);
    EXPECT_TRUE(signature_is_valid(*certificate, digest, *signature));
}

TEST_F(PcscStackTest, TheNextSessionFindsThePinForgotten) {
    insert(make_card());
    {
        auto channel = m_reader->connect();
        ASSERT_TRUE(channel);
        MyNumberCard session(**channel);
        ASSERT_EQ(session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    }
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    MyNumberCard session(**channel);
    EXPECT_EQ(session.sign(std::array<std::uint8_t, 32>{}).error().fault, Fault::NotAllowed);
}

TEST_F(PcscStackTest, TellsTheRemovalAndEndsTheSession) {
    insert(make_card());
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    ASSERT_TRUE(session.identify());
    m_stack->remove();
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
    EXPECT_EQ(session.pin_status().error().fault, Fault::CardGone);
    EXPECT_EQ(m_reader->connect().error().fault, Fault::NoCard);
}

TEST_F(PcscStackTest, ACardSwappedDuringASessionNeverAnswersInIt) {
    const auto first = make_card();
    const auto second = make_card();
    insert(first);
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    ASSERT_TRUE(session.identify());
    m_stack->remove();
    m_stack->insert(second);
    // At once, and again and again: the service sees the change late, or not at all when it falls into a transmit.
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(session.pin_status());
    channel->reset();
    m_stack->remove();
    EXPECT_EQ(second->commands(), 0U);
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
    insert(second);
    auto next = m_reader->connect();
    ASSERT_TRUE(next) << describe(next.error());
    MyNumberCard again(**next);
    EXPECT_EQ(*again.identify(), CardKind::MyNumber);
}

TEST_F(PcscStackTest, SurvivesTheServiceBeingKilledAndStartedAgain) {
    insert(make_card());
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    ASSERT_TRUE(session.identify());
    ASSERT_EQ(m_stack->kill_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::NoService);
    EXPECT_FALSE(session.pin_status());
    EXPECT_EQ(m_reader->connect().error().fault, Fault::NoService);
    m_stack->remove();
    ASSERT_EQ(m_stack->start_service(), "");
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(*m_reader->wait(Presence::NoService, k_deadline), Presence::Empty);
    EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(2000));
    insert(make_card());
    channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    MyNumberCard again(**channel);
    EXPECT_EQ(*again.identify(), CardKind::MyNumber);
}

TEST_F(PcscStackTest, ACancelFromAnotherThreadEndsTheWait) {
    std::thread other([&] { m_reader->cancel(); });
    EXPECT_EQ(*m_reader->wait(Presence::Empty, std::chrono::minutes(1)), Presence::Empty);
    other.join();
}

TEST_F(PcscStackTest, OpenScReadsThePinAndSignsAsWithARealCard) {
    for (const char* tool : {"opensc-tool", "pkcs15-tool", "pkcs15-crypt", "openssl"}) {
        if (testing::find_program(tool).empty()) GTEST_SKIP() << tool << " is not installed";
    }
    insert(make_card());
    const auto name = run_program({"opensc-tool", "-r", "0", "-n"});
    EXPECT_EQ(name.status, 0) << name.output;
    EXPECT_THAT(name.output, HasSubstr("jpki"));

    const auto dump = run_program({"pkcs15-tool", "-r", "0", "-D"});
    EXPECT_EQ(dump.status, 0) << dump.output;
    EXPECT_THAT(dump.output, HasSubstr("JPKI"));
    EXPECT_THAT(dump.output, HasSubstr("User Authentication PIN"));
    EXPECT_THAT(dump.output, HasSubstr("Digital Signature PIN"));
    EXPECT_THAT(dump.output, HasSubstr("Tries left     : 3"));

    const auto wrong = run_program({"pkcs15-tool", "-r", "0", "--verify-pin", "--auth-id", "1", "--pin", "9999"});
    EXPECT_NE(wrong.status, 0);
    const auto right = run_program({"pkcs15-tool", "-r", "0", "--verify-pin", "--auth-id", "1", "--pin", "1234"});
    EXPECT_EQ(right.status, 0) << right.output;

    std::string pattern = (std::filesystem::temp_directory_path() / "uketsuke-opensc-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    const std::filesystem::path folder = pattern;
    const std::string message = "reception\n";
    std::ofstream(folder / "message") << message;
    std::array<char, 32> digest{};
    EVP_Digest(message.data(), message.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha256(),
               nullptr);
    std::ofstream(folder / "digest", std::ios::binary).write(digest.data(), digest.size());
    const auto signature =
        run_program({"pkcs15-crypt", "-r", "0", "--sign", "--key", "1", "--pin", "1234", "--pkcs1", "--sha-256",
                     "--input", folder / "digest", "-o", folder / "signature", "-f", "openssl"});
    EXPECT_EQ(signature.status, 0) << signature.output;
    const auto certificate =
        run_program({"pkcs15-tool", "-r", "0", "--read-certificate", "1", "-o", folder / "certificate.pem"});
    EXPECT_EQ(certificate.status, 0) << certificate.output;
    const auto key = run_program(
        {"openssl", "x509", "-in", folder / "certificate.pem", "-pubkey", "-noout", "-out", folder / "key.pem"});
    EXPECT_EQ(key.status, 0) << key.output;
    const auto verified = run_program({"openssl", "dgst", "-sha256", "-verify", folder / "key.pem", "-signature",
                                       folder / "signature", folder / "message"});
    EXPECT_EQ(verified.status, 0) << verified.output;
    EXPECT_THAT(verified.output, HasSubstr("Verified OK"));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace uketsuke::card
