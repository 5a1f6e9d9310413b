#include "net/reception.h"

#include <gmock/gmock.h>

#include <set>

#include "net/backoff.h"
#include "net/oqs_xml.h"
#include "net/wall_time.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::card;
using testing::fault_of;
using testing::must;
using testing::practice_reception;
using testing::signed_request;

TEST(RequestId, IsAFreshVersionFourUuidEachTime) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const RequestId id = make_request_id();
        ASSERT_TRUE(RequestId::parse(id.text())) << id.text();
        EXPECT_TRUE(seen.insert(id.text()).second);
    }
}

TEST(RequestId, RefusesTextThatIsNotOne) {
    EXPECT_TRUE(RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100"));
    for (const char* bad : {"", "0f0e0d0c-0b0a-4908-8706-05040302010", "0f0e0d0c-0b0a-1908-8706-050403020100",
                            "0f0e0d0c-0b0a-4908-c706-050403020100", "0F0E0D0C-0B0A-4908-8706-050403020100",
                            "0f0e0d0c/0b0a-4908-8706-050403020100", "0f0e0d0c-0b0a-4908-8706-0504030201\n0"}) {
        EXPECT_FALSE(RequestId::parse(bad)) << bad;
    }
    EXPECT_TRUE(RequestId{}.is_nil());
    EXPECT_FALSE(RequestId::parse(RequestId{}.text()));
}

TEST(WallTime, SpellsJapaneseTimeAndReadsItBack) {
    const std::chrono::sys_seconds at = std::chrono::sys_days(std::chrono::year(2023) / 2 / 21) + 8h + 48min + 35s;
    EXPECT_EQ(jst_date_time(at), "20230221174835");
    EXPECT_EQ(jst_date(at + 7h), "20230222");
    EXPECT_EQ(parse_jst_date_time("20230221174835"), at);
    for (const char* bad :
         {"", "2023022117483", "20230230000000", "20230221240000", "20230221176000", "2023022117483x"}) {
        EXPECT_FALSE(parse_jst_date_time(bad)) << bad;
    }
}

TEST(SignedText, HoldsWhoWhenHowAndEveryConsentWithItsTwentyFourHours) {
    const Reception reception = practice_reception(card(), make_request_id());
    const auto request = must(read_request(must(signed_text(reception))));
    EXPECT_EQ(request.arbitrary_identifier, reception.id.text());
    EXPECT_EQ(request.header.medical_institution_code, "1312345670");
    EXPECT_EQ(request.method, "pin");
    EXPECT_EQ(request.confirmed_at, jst_date_time(reception.confirmed_at));
    EXPECT_EQ(request.certificate_sha256.size(), 64u);
    EXPECT_EQ(request.limit_application_flag, "1");
    EXPECT_EQ(request.operation.flag, "1");
    EXPECT_EQ(request.operation.at, jst_date_time(reception.consents[0].at));
    EXPECT_EQ(request.operation.available_till, jst_date_time(reception.consents[0].at + 24h));
    EXPECT_EQ(request.pharmacists, request.diagnosis);
    EXPECT_EQ(request.health_checkup.flag, "0");
    EXPECT_EQ(request.health_checkup.available_till, "");
}

TEST(SignedText, IsTheSameBytesForTheSameReceptionAndOthersForAnyOtherAnswer) {
    const Reception reception = practice_reception(card(), make_request_id());
    const std::string text = must(signed_text(reception));
    EXPECT_EQ(text, must(signed_text(reception)));
    std::set<std::string> texts{text};
    for (std::size_t i = 0; i < 3; ++i) {
        Reception other = reception;
        other.consents[i].agreed = !other.consents[i].agreed;
        EXPECT_TRUE(texts.insert(must(signed_text(other))).second);
    }
    Reception other = reception;
    other.limit_amount_provided = false;
    EXPECT_TRUE(texts.insert(must(signed_text(other))).second);
    other = reception;
    other.method = Method::Face;
    EXPECT_TRUE(texts.insert(must(signed_text(other))).second);
    other = reception;
    other.certificate_der[10] ^= 1;
    EXPECT_TRUE(texts.insert(must(signed_text(other))).second);
}

TEST(SignedText, AsksForARegistrationOnlyWhereThePatientWishedIt) {
    Reception reception = practice_reception(card(), make_request_id());
    const std::string without = must(signed_text(reception));
    EXPECT_THAT(without, ::testing::Not(::testing::HasSubstr("RegistrationWish")));
    reception.registration_wished = true;
    const std::string with = must(signed_text(reception));
    EXPECT_THAT(with, ::testing::HasSubstr("<RegistrationWish>1</RegistrationWish>"));
    EXPECT_EQ(must(read_request(with)).registration_wish, "1");
    EXPECT_EQ(must(read_request(without)).registration_wish, "");
}

TEST(SignedText, MakesAConsentAvailableForTwentyFourHoursAcrossMonthsAndYears) {
    Reception reception = practice_reception(card(), make_request_id());
    reception.confirmed_at = parse_jst_date_time("20251231235930").value();
    for (Consent& consent : reception.consents) consent.at = reception.confirmed_at;
    const auto request = must(read_request(must(signed_text(reception))));
    EXPECT_EQ(request.operation.at, "20251231235930");
    EXPECT_EQ(request.operation.available_till, "20260101235930");
    EXPECT_EQ(request.header.qualification_confirmation_date, "20251231");
}

TEST(SignedText, DoesNotDependOnTheOrderInWhichTheConsentsAreHeld) {
    Reception reception = practice_reception(card(), make_request_id());
    const std::string text = must(signed_text(reception));
    EXPECT_EQ(must(signed_text(reception)), text);
    std::swap(reception.consents[0], reception.consents[2]);
    EXPECT_EQ(must(signed_text(reception)), text);
}

TEST(AttestedText, NamesTheMethodAndTheDigestOfTheBody) {
    const std::string body = "abc";
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
    EXPECT_EQ(attested_text(Method::Visual, bytes),
              "uketsuke attestation\nvisual\n"
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
    EXPECT_NE(attested_text(Method::Visual, bytes), attested_text(Method::Face, bytes));
}

TEST(SignedText, RefusesAReceptionThatIsNotWhole) {
    Reception reception = practice_reception(card(), make_request_id());
    reception.institution_code = "13123";
    EXPECT_EQ(fault_of(signed_text(reception)), Fault::BadOptions);
    reception = practice_reception(card(), RequestId{});
    EXPECT_EQ(fault_of(signed_text(reception)), Fault::BadOptions);
    reception = practice_reception(card(), make_request_id());
    reception.consents[1].item = ConsentItem::Operation;
    EXPECT_EQ(fault_of(signed_text(reception)), Fault::BadOptions);
}

TEST(SignedRequest, ComesBackFromItsEncodingUnchanged) {
    const SignedRequest request = signed_request();
    EXPECT_EQ(must(decode(encode(request))), request);
}

TEST(SignedRequest, RefusesEveryCutAndEveryTail) {
    std::vector<std::uint8_t> bytes = encode(signed_request());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ASSERT_FALSE(decode(std::span(bytes).first(length))) << length;
    }
    bytes.push_back(0);
    EXPECT_EQ(fault_of(decode(bytes)), Fault::BadPayload);
}

TEST(SignedRequest, KeepsItsAttestationAndItsHoldersBirthDate) {
    SignedRequest request = signed_request();
    request.method = Method::Face;
    request.attestation = std::vector<std::uint8_t>(64, 7);
    request.holder_birthdate = "19440514";
    EXPECT_EQ(must(decode(encode(request))), request);
}

// A row that a kiosk wrote before attestations existed: version 1, the method, the id, three parts with their lengths.
TEST(SignedRequest, OfVersionOneIsStillRead) {
    std::vector<std::uint8_t> bytes{1, 2};
    const std::string id = "0f0e0d0c-0b0a-4908-8706-050403020100";
    bytes.insert(bytes.end(), id.begin(), id.end());
    for (const std::string part : {"body", "sig", "der"}) {
        bytes.insert(bytes.end(), {0, 0, 0, static_cast<std::uint8_t>(part.size())});
        bytes.insert(bytes.end(), part.begin(), part.end());
    }
    const SignedRequest request = must(decode(bytes));
    EXPECT_EQ(request.id.text(), id);
    EXPECT_EQ(request.method, Method::Visual);
    EXPECT_EQ(std::string(request.body.begin(), request.body.end()), "body");
    EXPECT_EQ(std::string(request.signature.begin(), request.signature.end()), "sig");
    EXPECT_EQ(std::string(request.certificate_der.begin(), request.certificate_der.end()), "der");
    EXPECT_TRUE(request.attestation.empty() && request.holder_birthdate.empty());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ASSERT_FALSE(decode(std::span(bytes).first(length))) << length;
    }
    bytes[0] = 4;
    EXPECT_EQ(fault_of(decode(bytes)), Fault::BadPayload) << "of a version that does not exist yet";
}

// A row that a kiosk wrote before declarations existed.
TEST(SignedRequest, OfVersionTwoIsStillRead) {
    SignedRequest request = signed_request();
    request.holder_birthdate = "19440514";
    std::vector<std::uint8_t> bytes = encode(request);
    bytes[0] = 2;
    bytes.resize(bytes.size() - 4);
    EXPECT_EQ(must(decode(bytes)), request);
}

TEST(SignedRequest, OfADeclarationKeepsItsForm) {
    SignedRequest request = signed_request();
    request.method = Method::Declaration;
    request.declaration = std::vector<std::uint8_t>(300'000, 7);
    EXPECT_EQ(must(decode(encode(request))), request);
    wipe(request);
    EXPECT_TRUE(request.declaration.empty());
}

TEST(SignedRequest, IsEmptyAfterItWasWiped) {
    SignedRequest request = signed_request();
    request.attestation = {1, 2, 3};
    request.holder_birthdate = "19440514";
    wipe(request);
    EXPECT_TRUE(request.body.empty() && request.signature.empty() && request.certificate_der.empty());
    EXPECT_TRUE(request.attestation.empty() && request.holder_birthdate.empty());
}

TEST(Backoff, FollowsItsTableBetweenHalfAndTheWholeStep) {
    const std::pair<int, std::chrono::seconds> table[] = {{1, 2s},  {2, 4s},   {3, 8s},   {4, 16s},     {5, 32s},
                                                          {6, 64s}, {7, 128s}, {8, 300s}, {1000, 300s}, {0, 2s}};
    for (const auto& [attempt, step] : table) {
        EXPECT_EQ(backoff_delay(attempt, 0.0), step / 2) << attempt;
        EXPECT_EQ(backoff_delay(attempt, 1.0), step) << attempt;
        EXPECT_LT(backoff_delay(attempt, 0.999), step) << attempt;
    }
}

TEST(Backoff, TakesTheServicesWishAsAFloorAndBoundsItToAnHour) {
    EXPECT_EQ(backoff_delay(1, 0.0, 30s), 30s);
    EXPECT_EQ(backoff_delay(1, 1.0, 30s), 33s);
    EXPECT_EQ(backoff_delay(8, 0.0, 1s), 150s);
    EXPECT_EQ(backoff_delay(1, 0.0, 100h), longest_retry_after);
    EXPECT_EQ(backoff_delay(1, 0.0, -5s), 1s);
}

TEST(Backoff, SurvivesARandomNumberThatIsNone) {
    EXPECT_EQ(backoff_delay(3, std::numeric_limits<double>::quiet_NaN()), 4s);
    EXPECT_EQ(backoff_delay(3, -7.0), 4s);
    EXPECT_EQ(backoff_delay(3, 7.0), 8s);
}

}  // namespace
}  // namespace uketsuke::net
