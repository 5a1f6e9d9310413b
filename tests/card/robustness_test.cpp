// Random and damaged bytes, the same ones in every run: nothing crashes, nothing hangs, nothing is read past its end.
#include <gtest/gtest.h>

#include <random>

#include "card/attributes.h"
#include "card/certificate.h"
#include "card/face_record.h"
#include "card/jp2.h"
#include "card/my_number_card.h"
#include "card/tlv.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::make_card;
using testing::test_persona;

class Chance {
  public:
    explicit Chance(std::uint32_t seed) : m_engine(seed) {}
    std::size_t below(std::size_t limit) { return m_engine() % limit; }
    Bytes bytes(std::size_t most) {
        Bytes out(below(most + 1));
        for (auto& byte : out) byte = static_cast<std::uint8_t>(m_engine());
        return out;
    }
    // A few bytes changed, taken out or put in.
    Bytes damaged(Bytes bytes) {
        for (std::size_t hits = 1 + below(4); hits > 0 && !bytes.empty(); --hits) {
            const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size()));
            switch (below(4)) {
                case 0:
                    *at = static_cast<std::uint8_t>(m_engine());
                    break;
                case 1:
                    bytes.erase(at);
                    break;
                case 2:
                    bytes.insert(at, static_cast<std::uint8_t>(m_engine()));
                    break;
                case 3:
                    bytes.erase(at, bytes.end());
                    break;
            }
        }
        return bytes;
    }

  private:
    std::mt19937 m_engine;
};

void parse_all(const Bytes& bytes) {
    // A copy of exactly this size, so that the address sanitizer sees one byte too far.
    const std::vector<std::uint8_t> exact(bytes);
    (void)parse_tlv(exact);
    (void)check_tlv_tree(exact);
    (void)find_ff20(exact);
    (void)parse_face_record(exact);
    (void)parse_attributes(exact);
    (void)parse_certificate(exact);
    (void)jp2_size(exact);
}

TEST(Robustness, ParsersTakeRandomBytes) {
    Chance chance(20261121);
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes = chance.bytes(96);
        if (i % 3 == 0) bytes.insert(bytes.begin(), {0xFF, 0x20});
        parse_all(bytes);
    }
}

TEST(Robustness, ParsersTakeDamagedFilesOfARealCard) {
    const auto card = make_card(test_persona(), 300);
    testing::CardChannel channel(*card);
    MyNumberCard session(channel);
    ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    const auto select = session.engine().select_file(0x0002, "record");
    ASSERT_TRUE(select);
    const auto record = session.engine().read_object(ObjectStart::Ff20AfterStrayBytes, "record");
    ASSERT_TRUE(record);
    const Bytes whole(record->begin(), record->end());
    Chance chance(7);
    int accepted = 0;
    for (int i = 0; i < 5'000; ++i) {
        const Bytes bytes = chance.damaged(whole);
        parse_all(bytes);
        accepted += parse_face_record(bytes) ? 1 : 0;
        parse_all(chance.damaged(card->certificate_der()));
    }
    EXPECT_GT(accepted, 0);      // damage inside of a picture goes unseen here
    EXPECT_LT(accepted, 5'000);  // and damage to the structure does not
}

TEST(Robustness, AWholeSessionTakesDamagedAnswers) {
    const auto card = make_card(test_persona(), 600);
    Chance chance(99);
    int errors = 0;
    for (int i = 0; i < 1'000; ++i) {
        card->reset();
        const std::size_t first = chance.below(30);
        std::size_t exchanges = 0;
        testing::CardChannel channel(*card, [&](std::size_t index, auto, Bytes answer) -> Result<Bytes> {
            ++exchanges;
            return index < first ? std::move(answer) : chance.damaged(std::move(answer));
        });
        MyNumberCard session(channel);
        const bool whole = session.identify() && session.read_certificate() && session.pin_status() &&
                           session.verify_number_b(*test_persona().number_b()) && session.read_face_record() &&
                           session.read_attributes();
        errors += whole ? 0 : 1;
        EXPECT_LT(exchanges, 600U);
    }
    EXPECT_GT(errors, 900);
}

TEST(Robustness, ACardOfRandomAnswersNeverKeepsTheSessionBusy) {
    Chance chance(3);
    const auto card = make_card(test_persona(), 100);
    for (int i = 0; i < 2'000; ++i) {
        std::size_t exchanges = 0;
        testing::CardChannel channel(*card, [&](std::size_t, auto, const Bytes&) -> Result<Bytes> {
            ++exchanges;
            Bytes answer = chance.bytes(300);
            if (chance.below(3) != 0) answer.insert(answer.end(), {0x90, 0x00});
            if (chance.below(5) == 0) answer.insert(answer.end(), {0x61, static_cast<std::uint8_t>(chance.below(256))});
            return answer;
        });
        MyNumberCard session(channel);
        (void)session.identify();
        (void)session.read_certificate();
        (void)session.pin_status();
        (void)session.verify_number_b(*test_persona().number_b());
        (void)session.read_face_record();
        (void)session.read_attributes();
        EXPECT_LT(exchanges, 2'000U);
    }
}

// A command that gets past the first checks, with whatever data and lengths.
Bytes plausible_command(Chance& chance) {
    constexpr std::array<std::uint8_t, 9> k_instructions{0xA4, 0xB0, 0xB2, 0x20, 0x2A, 0x84, 0x82, 0xC0, 0xCA};
    constexpr std::array<std::uint8_t, 12> k_files{0x01, 0x02, 0x04, 0x05, 0x06, 0x08,
                                                   0x0A, 0x11, 0x17, 0x18, 0x1B, 0x1C};
    constexpr std::array<const char*, 5> k_applications{
        "00A4040C0AD392F000260100000001", "00A4040C0AD3921000310001010402", "00A4040C0AD3921000310001010408",
        "00A4040C0AD3921000310001010401", "00A4040C0AD3921000310001010100"};
    switch (chance.below(6)) {
        case 0:
            return testing::hex(k_applications[chance.below(k_applications.size())]);
        case 1:
            return {0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, k_files[chance.below(k_files.size())]};
        case 2:
            return {0x00, 0xB0, static_cast<std::uint8_t>(chance.below(256)),
                    static_cast<std::uint8_t>(chance.below(256)), static_cast<std::uint8_t>(chance.below(256))};
        case 3:
            return {0x00, 0xC0, 0x00, 0x00, static_cast<std::uint8_t>(chance.below(256))};
        default:
            break;
    }
    Bytes command = chance.bytes(300);
    if (command.size() < 5) return command;
    command[0] = chance.below(4) == 0 ? 0x80 : 0x00;
    command[1] = k_instructions[chance.below(k_instructions.size())];
    const std::size_t data = command.size() - 5;
    if (chance.below(3) == 0) {
        command[4] = 0;  // extended
        if (data >= 2) command[5] = static_cast<std::uint8_t>((data - 2) >> 8);
        if (data >= 2) command[6] = static_cast<std::uint8_t>(data - 2);
    } else {
        command[4] = static_cast<std::uint8_t>(data);
    }
    return command;
}

TEST(Robustness, TheVirtualCardTakesAnyBytesInEveryShape) {
    Chance chance(11);
    for (const auto kind : {PersonaKind::MyNumber, PersonaKind::ResidentCard, PersonaKind::Smartphone,
                            PersonaKind::OtherCard, PersonaKind::NoChip}) {
        for (const auto style : {AnswerStyle::Short, AnswerStyle::MoreData, AnswerStyle::WrongLength}) {
            Persona persona = test_persona();
            persona.kind = kind;
            persona.answers = style;
            persona.largest_answer = 32 + chance.below(225);
            if (chance.below(2) == 0) persona.record_shape = RecordShape::Old;
            const auto card = make_card(persona);
            for (int i = 0; i < 4'000; ++i) {
                const Bytes answer = card->answer(i % 4 == 0 ? chance.bytes(40) : plausible_command(chance));
                EXPECT_EQ(answer.size() >= 2, kind != PersonaKind::NoChip);
                EXPECT_LE(answer.size(), 0x10000U + 2);
            }
            EXPECT_EQ(card->certificate_der().empty(),
                      kind != PersonaKind::MyNumber && kind != PersonaKind::Smartphone);
            if (kind != PersonaKind::MyNumber) continue;
            // Nothing that was thrown at it has opened anything.
            testing::CardChannel channel(*card);
            MyNumberCard session(channel);
            EXPECT_EQ(session.sign(std::array<std::uint8_t, 32>{}).error().fault, Fault::NotAllowed);
        }
    }
}

TEST(Robustness, TheVirtualCardTakesEmptyAndHugeCommands) {
    const auto card = make_card();
    EXPECT_EQ(card->answer({}).size(), 2U);
    for (const std::size_t size : {1U, 2U, 3U, 65'536U, 70'000U, 1'000'000U}) {
        EXPECT_EQ(card->answer(Bytes(size, 0x00)).size(), 2U) << size;
        EXPECT_EQ(card->answer(Bytes(size, 0xFF)).size(), 2U) << size;
    }
}

}  // namespace
}  // namespace uketsuke::card
