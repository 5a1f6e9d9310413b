// Every shape that a virtual card can take, seen through bare APDUs: what strangers get to see.
#include "card/virtual_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "card/authority.h"
#include "card/face_record.h"
#include "card/issuer_signature.h"
#include "card/my_number_card.h"
#include "card/tlv.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::hex;
using testing::make_card;
using testing::test_persona;
using testing::to_hex;

const char* const k_jpki = "00A4040C0A D392F000260100000001";
const char* const k_surface = "00A4040C0A D3921000310001010402";
const char* const k_text = "00A4040C0A D3921000310001010408";
const char* const k_resident = "00A4040C0A D3921000310001010401";
const char* const k_common = "00A4040C0A D3921000310001010100";

std::string ask(VirtualCard& card, const std::string& command) {
    return to_hex(card.answer(hex(command)));
}

Persona persona_of(PersonaKind kind) {
    Persona persona = test_persona();
    persona.kind = kind;
    return persona;
}

std::string label_of(VirtualCard& card) {
    EXPECT_EQ(ask(card, k_jpki), "9000");
    EXPECT_EQ(ask(card, "00A4020C020006"), "9000");
    const Bytes answer = card.answer(hex("00B0000020"));
    EXPECT_EQ(answer.size(), 34U);
    std::string label(answer.begin(), answer.end() - 2);
    label.erase(label.find_last_not_of(' ') + 1);
    return label;
}

TEST(VirtualCardKinds, CarryTheLabelsThatTellThemApart) {
    EXPECT_EQ(label_of(*make_card(test_persona())), "JPKIAPICCTOKEN2");
    EXPECT_EQ(label_of(*make_card(persona_of(PersonaKind::ResidentCard))), "JPKIAPICCTOKEN");
    Persona telephone = persona_of(PersonaKind::Smartphone);
    EXPECT_EQ(label_of(*make_card(telephone)), "JPKIAPIOSTOKEN");
    telephone.telephone = Telephone::Android;
    EXPECT_EQ(label_of(*make_card(telephone)), "JPKIAPGPSETOKEN");
}

TEST(VirtualCardKinds, HaveOnlyTheApplicationsOfTheirKind) {
    const auto card = make_card(test_persona());
    for (const char* application : {k_jpki, k_surface, k_text, k_resident, k_common}) {
        EXPECT_EQ(ask(*card, application), "9000");
    }
    for (const auto kind : {PersonaKind::ResidentCard, PersonaKind::Smartphone}) {
        const auto other = make_card(persona_of(kind));
        EXPECT_EQ(ask(*other, k_jpki), "9000");
        for (const char* application : {k_surface, k_text, k_resident, k_common}) {
            EXPECT_EQ(ask(*other, application), "6A82");
        }
    }
    const auto transit = make_card(persona_of(PersonaKind::OtherCard));
    EXPECT_EQ(ask(*transit, k_jpki), "6A82");
    EXPECT_EQ(ask(*transit, "00B0000000"), "6986");
}

TEST(VirtualCardKinds, ATelephoneAuthenticatesAndAnOldResidentCardOnlySigns) {
    const auto telephone = make_card(persona_of(PersonaKind::Smartphone));
    EXPECT_FALSE(telephone->certificate_der().empty());
    ask(*telephone, k_jpki);
    EXPECT_EQ(ask(*telephone, "00A4020C020018"), "9000");
    EXPECT_EQ(ask(*telephone, "0020008004 31323334"), "9000");
    const auto resident = make_card(persona_of(PersonaKind::ResidentCard));
    EXPECT_TRUE(resident->certificate_der().empty());
    ask(*resident, k_jpki);
    EXPECT_EQ(ask(*resident, "00A4020C02000A"), "6A82");
    EXPECT_EQ(ask(*resident, "00A4020C020018"), "6A82");
    EXPECT_EQ(ask(*resident, "00A4020C02001B"), "9000");
    EXPECT_EQ(ask(*resident, "00A4020C020008"), "9000");
    EXPECT_EQ(ask(*resident, "00B0000003"), "8F00009000");
}

TEST(VirtualCardKinds, WithoutAChipNothingAnswers) {
    const auto paper = VirtualCard::make(persona_of(PersonaKind::NoChip), {}, testing::test_now());
    ASSERT_TRUE(paper);
    EXPECT_FALSE((*paper)->has_chip());
    EXPECT_TRUE((*paper)->atr().empty());
    EXPECT_EQ(ask(**paper, k_jpki), "");
    EXPECT_TRUE(make_card()->has_chip());
}

std::string tries_of(VirtualCard& card, const char* application, const char* file) {
    EXPECT_EQ(ask(card, application), "9000");
    EXPECT_EQ(ask(card, std::string("00A4020C02") + file), "9000");
    return ask(card, "00200080");
}

TEST(VirtualCardPins, EachApplicationCountsItsOwn) {
    Persona persona = test_persona();
    persona.pin_tries = 3;
    persona.text_pin_tries = 2;
    persona.resident_pin_tries = 1;
    const auto card = make_card(persona);
    EXPECT_EQ(tries_of(*card, k_jpki, "0018"), "63C3");
    EXPECT_EQ(tries_of(*card, k_text, "0011"), "63C2");
    EXPECT_EQ(tries_of(*card, k_resident, "001C"), "63C1");
    EXPECT_EQ(ask(*card, "0020008004 39393939"), "63C0");
    EXPECT_EQ(ask(*card, "0020008004 31323334"), "6984");
    EXPECT_EQ(tries_of(*card, k_text, "0011"), "63C2");
    EXPECT_EQ(ask(*card, "0020008004 31323334"), "9000");
    EXPECT_EQ(tries_of(*card, k_text, "0011"), "63C3");
}

TEST(VirtualCardPins, WithoutASigningCertificateThePasswordIsLockedAndOpensNothing) {
    Persona child = test_persona();
    child.signature_certificate = false;
    const auto card = make_card(child);
    EXPECT_EQ(tries_of(*card, k_jpki, "001B"), "63C0");
    EXPECT_EQ(ask(*card, "0020008006 414243313233"), "6984");
    for (const char* absent : {"0001", "001A"}) EXPECT_EQ(ask(*card, std::string("00A4020C02") + absent), "6A82");
    EXPECT_EQ(ask(*card, "00A4020C020008"), "9000");
    EXPECT_EQ(ask(*card, "00B0000003"), "008F009000");
}

TEST(VirtualCardPins, AFaceAuthenticationCardIsLockedAndStillOpensWithNumberB) {
    Persona persona = test_persona();
    persona.face_authentication_card = true;
    const auto card = make_card(persona);
    EXPECT_EQ(tries_of(*card, k_jpki, "0018"), "63C0");
    EXPECT_EQ(tries_of(*card, k_text, "0011"), "63C0");
    EXPECT_EQ(tries_of(*card, k_resident, "001C"), "63C0");
    EXPECT_EQ(card->persona().pin_tries, 0);
    testing::CardChannel channel(*card);
    MyNumberCard session(channel);
    EXPECT_EQ(session.verify_number_b(*persona.number_b())->verdict, PinVerdict::Right);
    EXPECT_TRUE(session.read_face_record());
    EXPECT_TRUE(session.read_attributes());
}

// The whole file, by bare READ BINARY of the card's own choice of length.
Bytes read_file(VirtualCard& card, const char* application, const char* file, bool open) {
    EXPECT_EQ(ask(card, application), "9000");
    if (open) {
        const auto number = *test_persona().number_b();
        const std::string reference = std::string(application) == k_text ? "0015" : "0012";
        EXPECT_EQ(ask(card, "00A4020C02" + reference), "9000");
        EXPECT_EQ(ask(card, "002000800E" + to_hex(number.ascii())), "9000");
    }
    EXPECT_EQ(ask(card, std::string("00A4020C02") + file), "9000");
    Bytes out = card.answer(hex("00B00000000000"));
    EXPECT_THAT(to_hex(out), ::testing::EndsWith("9000"));
    out.resize(out.size() - 2);
    return out;
}

std::vector<std::uint16_t> tags_in(std::span<const std::uint8_t> record) {
    const auto header = read_tlv_header(record);
    const auto elements = parse_tlv(record.subspan(header->header_size, header->value_size));
    std::vector<std::uint16_t> tags;
    for (const Tlv& one : *elements) tags.push_back(one.tag);
    return tags;
}

TEST(VirtualCardRecords, AreOfferedInTheShapeOfNewCards) {
    const auto card = make_card();
    const Bytes record = read_file(*card, k_surface, "0002", true);
    EXPECT_EQ(*find_ff20(record), 0U);
    EXPECT_THAT(tags_in(record),
                ::testing::ElementsAre(0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28, 0xDF29, 0xDF2A));
    const Bytes text = read_file(*card, k_text, "0002", true);
    EXPECT_THAT(tags_in(text), ::testing::ElementsAre(0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25));
}

TEST(VirtualCardRecords, AreOfferedInTheShapeOfOldCardsWithEveryOddity) {
    Persona persona = test_persona();
    persona.record_shape = RecordShape::Old;
    const auto card = make_card(persona);
    for (const auto& [application, reference] : {std::pair{k_surface, "0012"}, std::pair{k_text, "0015"}}) {
        const Bytes file = read_file(*card, application, "0002", true);
        ASSERT_EQ(*find_ff20(file), 2U) << reference;
        const auto record = std::span(file).subspan(2);
        EXPECT_EQ(record[2], 0x82);
        const auto tags = tags_in(record);
        EXPECT_THAT(tags, ::testing::Not(::testing::Contains(0xDF21)));
        EXPECT_THAT(tags, ::testing::Contains(0xDF3C));
        EXPECT_FALSE(std::is_sorted(tags.begin(), tags.end()));
        const auto elements = parse_tlv(record.subspan(5));
        ASSERT_TRUE(elements);
        // Five bytes of header before each value, however short that is.
        std::size_t sum = 0;
        for (const Tlv& one : *elements) sum += 5 + one.value.size();
        EXPECT_EQ(sum, record.size() - 5);
    }
}

TEST(VirtualCardRecords, OldAndNewHoldTheSamePersonAndVerify) {
    for (const auto shape : {RecordShape::New, RecordShape::Old}) {
        Persona persona = test_persona();
        persona.record_shape = shape;
        const auto card = make_card(persona);
        testing::CardChannel channel(*card);
        MyNumberCard session(channel);
        ASSERT_EQ(session.verify_number_b(*persona.number_b())->verdict, PinVerdict::Right);
        const auto record = session.read_face_record();
        ASSERT_TRUE(record) << describe(record.error());
        EXPECT_EQ(record->birth_date, persona.birth_date);
        EXPECT_EQ(record->card_expiry, persona.card_expiry);
        EXPECT_EQ(record->sex, persona.sex);
        EXPECT_EQ(record->photo_jp2.size(), testing::test_photo().size());
        EXPECT_EQ(session.read_attributes()->address.view(), persona.address);
    }
}

IssuerCheck check_of(Persona persona, std::span<const KnownIssuer> known) {
    const auto card = make_card(std::move(persona));
    const Bytes record = read_file(*card, k_surface, "0002", true);
    const Bytes key = read_file(*card, k_surface, "0004", false);
    return check_issuer(record, key, known);
}

TEST(VirtualCardIssuer, SignsTheFaceRecordThroughAKeyThatTheAuthorityVouchesFor) {
    const KnownIssuer authority = (*Authority::shared())->known_issuer();
    EXPECT_EQ(authority.modulus.size(), 256U);
    EXPECT_EQ(to_hex(authority.exponent), "010001");
    EXPECT_EQ(check_of(test_persona(), std::span(&authority, 1)), IssuerCheck::Vouched);
    EXPECT_EQ(check_of(test_persona(), {}), IssuerCheck::Consistent);
    KnownIssuer stranger = authority;
    stranger.modulus[128] ^= 0x01;
    EXPECT_EQ(check_of(test_persona(), std::span(&stranger, 1)), IssuerCheck::Wrong);
}

TEST(VirtualCardIssuer, IsShapedAsOnRealCardsAndNamesNoRealKey) {
    const Bytes file = read_file(*make_card(), k_surface, "0004", false);
    ASSERT_EQ(file.size(), 568U);
    EXPECT_THAT(to_hex(file), ::testing::StartsWith("7F218202335F4E820129"));
    const auto key = parse_issuer_key(file);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->signed_part.size(), 297U);
    EXPECT_EQ(key->issuer_id, (*Authority::shared())->known_issuer().key_id);
    EXPECT_NE(key->issuer_id, key->subject_id);
    // Real hierarchies number their keys from 5 and 6.
    EXPECT_EQ(key->issuer_id[0], '9');
    EXPECT_EQ(key->subject_id[0], '9');
    // Another key signs the face record than the one that signs certificates.
    EXPECT_NE(key->modulus, (*Authority::shared())->known_issuer().modulus);
}

TEST(VirtualCardIssuer, CanBeWrongOrAbsent) {
    Persona persona = test_persona();
    persona.issuer_signature = IssuerSignature::Wrong;
    EXPECT_EQ(check_of(persona, {}), IssuerCheck::Wrong);
    persona.record_shape = RecordShape::Old;
    EXPECT_EQ(check_of(persona, {}), IssuerCheck::Wrong);
    persona.issuer_signature = IssuerSignature::Absent;
    EXPECT_EQ(check_of(persona, {}), IssuerCheck::NotPossible);
}

// A card that gives `largest` bytes at a time, with its certificate selected.
std::shared_ptr<VirtualCard> narrow_card(std::size_t largest, AnswerStyle answers) {
    Persona persona = test_persona();
    persona.largest_answer = largest;
    persona.answers = answers;
    auto card = make_card(persona);
    EXPECT_EQ(ask(*card, k_jpki), "9000");
    EXPECT_EQ(ask(*card, "00A4020C02000A"), "9000");
    return card;
}

TEST(VirtualCardAnswers, AreShortWhereTheCardGivesLessThanIsAsked) {
    const auto card = narrow_card(100, AnswerStyle::Short);
    const Bytes part = card->answer(hex("00B0000000"));
    EXPECT_EQ(part.size(), 102U);
    EXPECT_THAT(to_hex(part), ::testing::EndsWith("9000"));
    EXPECT_EQ(card->answer(hex("00B0000020")).size(), 34U);
}

TEST(VirtualCardAnswers, GoOnWithGetResponseWhereTheCardSays61) {
    const auto card = narrow_card(100, AnswerStyle::MoreData);
    const Bytes first = card->answer(hex("00B0000000"));
    EXPECT_EQ(first.size(), 102U);
    EXPECT_THAT(to_hex(first), ::testing::EndsWith("619C"));
    const Bytes second = card->answer(hex("00C000009C"));
    EXPECT_THAT(to_hex(second), ::testing::EndsWith("6138"));
    const Bytes third = card->answer(hex("00C0000038"));
    EXPECT_EQ(third.size(), 58U);
    EXPECT_THAT(to_hex(third), ::testing::EndsWith("9000"));
    EXPECT_EQ(ask(*card, "00C0000000"), "6985");
    // Fewer than are waiting, and then something else: what was not fetched is gone.
    card->answer(hex("00B0000000"));
    EXPECT_EQ(card->answer(hex("00C0000010")).size(), 18U);
    ask(*card, "00A4020C02000A");
    EXPECT_EQ(ask(*card, "00C0000000"), "6985");
}

TEST(VirtualCardAnswers, NameTheLengthWhereTheCardSays6C) {
    const auto card = narrow_card(100, AnswerStyle::WrongLength);
    EXPECT_EQ(ask(*card, "00B0000000"), "6C64");
    EXPECT_EQ(card->answer(hex("00B0000064")).size(), 102U);
    const std::size_t size = card->certificate_der().size();
    const Bytes last{0x00, 0xB0, static_cast<std::uint8_t>((size - 7) >> 8), static_cast<std::uint8_t>(size - 7), 0x64};
    EXPECT_EQ(to_hex(card->answer(last)), "6C07");
}

TEST(VirtualCardAnswers, OfEveryStyleAndLengthAreReadWholeByTheEngine) {
    for (const auto style : {AnswerStyle::Short, AnswerStyle::MoreData, AnswerStyle::WrongLength}) {
        for (const std::size_t largest : {32U, 33U, 100U, 255U, 256U}) {
            SCOPED_TRACE(largest);
            Persona persona = test_persona();
            persona.largest_answer = largest;
            persona.answers = style;
            const auto card = make_card(persona);
            testing::CardChannel channel(*card);
            MyNumberCard session(channel);
            EXPECT_EQ(*session.identify(), CardKind::MyNumber);
            EXPECT_EQ(session.read_certificate()->serial_hex, persona.serial_hex());
            ASSERT_EQ(session.verify_number_b(*persona.number_b())->verdict, PinVerdict::Right);
            const auto record = session.read_face_record();
            ASSERT_TRUE(record) << describe(record.error());
            EXPECT_EQ(Bytes(record->photo_jp2.begin(), record->photo_jp2.end()), testing::test_photo());
            EXPECT_EQ(session.read_attributes()->name.view(), persona.name);
        }
    }
}

}  // namespace
}  // namespace uketsuke::card
