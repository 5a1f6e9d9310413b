// A My Number card as a clinic's counter may use it. Reads no My Number, knows no 照合番号A, sends no signature
// password and changes no PIN: there is no call for any of these.
// Source of files, references and commands: facts §1.1 to §1.5 (community knowledge; the card's specification is not
// public).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "card/apdu.h"
#include "card/attributes.h"
#include "card/certificate.h"
#include "card/channel.h"
#include "card/error.h"
#include "card/face_record.h"
#include "card/issuer_signature.h"
#include "card/number_b.h"
#include "card/refused_numbers.h"

namespace uketsuke::card {

enum class CardKind : std::uint8_t {
    MyNumber,
    ResidentCard,     // 住民基本台帳カード, the generation before
    SmartphoneToken,  // the certificate in a telephone
    Other,            // another IC card
};
std::string_view name_of(CardKind kind);  // "my-number", "resident-card", "smartphone-token", "other-card"

struct PinStatus {
    int tries = 0;
    bool locked = true;  // 63C0, 6983 and 6984 alike
};

enum class PinVerdict : std::uint8_t {
    Right,
    Wrong,
    Locked,   // before (nothing was sent) or by this answer
    NotSent,  // see NotSentReason; no try was spent
    Lost,     // sent, and the answer did not come: the session is over, the next one must ask the counter again
};
enum class NotSentReason : std::uint8_t { None, CounterChanged, FloorReached, RefusedBefore, Locked };

struct PinAnswer {
    PinVerdict verdict = PinVerdict::NotSent;
    std::optional<int> tries_left;  // as the card said last; nullopt when it could not be asked
    NotSentReason not_sent = NotSentReason::None;
};

struct MyNumberCardOptions {
    int number_b_floor = 3;  // 照合番号B is not sent when this many tries or fewer are left; 0 to 9
    // Keys that may sign the key in EF 0004 of the 券面事項確認AP. Empty: no card is better than
    // IssuerCheck::Consistent.
    std::vector<KnownIssuer> known_issuers;
    // Which numbers cards have refused in other sessions, too; must outlive this one. Null: this session only.
    RefusedNumbers* refused = nullptr;
    ApduOptions apdu{};
};

// Owner: one card session. Refers to the channel, which must outlive it. Thread: the one that uses the channel.
// Every call selects what it needs and repeats no selection that still holds; the calls may come in any order. Each of
// identify, pin_status and read_certificate stays within the JPKI application. After a lost answer every call fails.
class MyNumberCard {
  public:
    explicit MyNumberCard(Channel& channel, MyNumberCardOptions options = {});
    MyNumberCard(const MyNumberCard&) = delete;
    MyNumberCard& operator=(const MyNumberCard&) = delete;

    // By SELECT of the JPKI application and the token label in EF 0006; never by ATR. Three APDUs.
    Result<CardKind> identify();

    // Selects the JPKI application unless it is selected: what an Attestation exchanges is that application's.
    Result<void> enter_jpki() { return select(Application::Jpki); }

    // EF 000A, without a PIN. Read from the card once in a session.
    Result<Certificate> read_certificate();

    // EF 000B, without a PIN: the certification authority, and whether it signed the certificate in EF 000A (which is
    // read first unless it was). NotFound for a card without it.
    Result<IssuerGeneration> read_issuer();

    // Tries left of the 4-digit PIN of user authentication (at most 3). Spends none.
    Result<PinStatus> pin_status();

    // Asks the counter; sends the PIN only when it equals `tries_expected` and is above 0; asks the counter again.
    // `digits` are values 0 to 9, or ASCII '0' to '9'; the caller wipes them. Error: BadConfig for other bytes, a lost
    // answer before the PIN was sent, or a status word without meaning here.
    Result<PinAnswer> verify_pin(std::span<const std::uint8_t, 4> digits, int tries_expected);

    // RSASSA-PKCS1-v1_5 over this SHA-256 digest with the user-authentication key: 256 bytes. NotAllowed unless the
    // PIN was verified (or an Attestation opened the key) before, with no call between the two that leaves the JPKI
    // application (number_b_status, verify_number_b, read_face_record, read_attributes): leaving it forgets the PIN.
    Result<Bytes> sign(std::span<const std::uint8_t, 32> sha256);

    // Tries left of 照合番号B in the 券面事項確認AP (at most 10). Spends none.
    Result<PinStatus> number_b_status();

    // NotSent at or below the floor, and for a number that this card has refused before: in this session, or in any
    // that MyNumberCardOptions::refused remembers (the certificate is read first unless it was: its serial number is
    // the card's name there). A number whose answer was lost is RefusedBefore while the counter is lower than it was
    // before. A right number opens read_face_record and, under the same rules in its own application, read_attributes.
    Result<PinAnswer> verify_number_b(const NumberB& number);

    // With FaceRecord::issuer_check filled; the issuer's key (EF 0004) is read once in a session. A signature that does
    // not verify is IssuerSignatureWrong: such a photo is used for nothing. NotAllowed before a right 照合番号B.
    Result<FaceRecord> read_face_record();

    // Name, address, birth date and sex as text. Spends a try of the 券面入力補助AP's own counter only with a number
    // that the card has accepted in this session. NotAllowed before that.
    Result<Attributes> read_attributes();

    const Traffic& traffic() const { return m_engine.traffic(); }
    ApduEngine& engine() { return m_engine; }

    // The manufacturer field of EF 0006 (bytes 32 to 63), trimmed. Read at most once.
    Result<std::string> token_manufacturer();

  private:
    enum class Application : std::uint8_t { None, Jpki, Surface, Text };
    struct Reference {  // a PIN object: where it is and how many tries a fresh one has
        Application application;
        std::uint16_t file;
        int limit;
        std::string_view name;
    };
    static const Reference k_auth_pin;
    static const Reference k_surface_number_b;
    static const Reference k_text_number_b;

    Result<void> select(Application application);
    Result<void> select(Application application, std::uint16_t file, std::string_view where);
    Result<SecretBytes> read_file(Application application, std::uint16_t file, ObjectStart start,
                                  std::string_view where);
    Result<void> read_token_info();
    Result<void> read_issuer_key();
    Result<PinStatus> tries_of(const Reference& reference);
    Result<PinAnswer> send(const Reference& reference, std::span<const std::uint8_t> secret);
    Result<std::string> name_for_refusals(const Reference& reference);
    Result<PinAnswer> offer(const Reference& reference, const NumberB& number);
    Result<void> open_with_number_b(const Reference& reference);

    ApduEngine m_engine;
    MyNumberCardOptions m_options;
    Application m_selected = Application::None;
    std::uint16_t m_selected_file = 0;  // within m_selected; 0: none
    bool m_number_b_open = false;       // in m_selected
    SecretBytes m_token_info;
    std::optional<Certificate> m_certificate;
    std::optional<SecretBytes> m_issuer_key;  // EF 0004 as read; empty: this card has none that can be read
    std::optional<NumberB> m_accepted;
    RefusedNumbers m_refused_here;  // in this session, for a caller that keeps none
};

}  // namespace uketsuke::card
