#include "card/my_number_card.h"

#include <algorithm>
#include <array>
#include <utility>

#include "card/status_word.h"

namespace uketsuke::card {
namespace {

constexpr std::array<std::uint8_t, 10> k_jpki_aid{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
constexpr std::array<std::uint8_t, 10> k_surface_aid{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
constexpr std::array<std::uint8_t, 10> k_text_aid{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};

constexpr std::uint16_t k_token_info = 0x0006;
constexpr std::uint16_t k_auth_certificate = 0x000A;
constexpr std::uint16_t k_authority_certificate = 0x000B;
constexpr std::uint16_t k_auth_key = 0x0017;
constexpr std::uint16_t k_face_record = 0x0002;
constexpr std::uint16_t k_issuer_key = 0x0004;
constexpr std::uint16_t k_attributes = 0x0002;
constexpr std::size_t k_signature_size = 256;

// Of what never leaves the memory of one session.
constexpr std::array<std::uint8_t, RefusedNumbers::k_key_size> k_session_key{};

// DER of DigestInfo up to the digest (PKCS#1, SHA-256).
constexpr std::array<std::uint8_t, 19> k_digest_info{0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                     0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

std::string trimmed(std::span<const std::uint8_t> field) {
    std::string text;
    for (const std::uint8_t byte : field) {
        if (byte == 0) break;
        text += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '?';
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

CardKind kind_of_label(const std::string& label) {
    constexpr std::string_view k_icc = "JPKIAPICCTOKEN";
    if (label == k_icc) return CardKind::ResidentCard;
    if (label.starts_with(k_icc)) return CardKind::MyNumber;
    if (label.starts_with("JPKIAPGPSETOKEN") || label.starts_with("JPKIAPIOSTOKEN")) return CardKind::SmartphoneToken;
    return CardKind::Other;
}

}  // namespace

const MyNumberCard::Reference MyNumberCard::k_auth_pin{Application::Jpki, 0x0018, 3, "PIN"};
const MyNumberCard::Reference MyNumberCard::k_surface_number_b{Application::Surface, 0x0012, 10,
                                                               "照合番号B of the face record"};
const MyNumberCard::Reference MyNumberCard::k_text_number_b{Application::Text, 0x0015, 10,
                                                            "照合番号B of the attributes"};

std::string_view name_of(CardKind kind) {
    switch (kind) {
        case CardKind::MyNumber:
            return "my-number";
        case CardKind::ResidentCard:
            return "resident-card";
        case CardKind::SmartphoneToken:
            return "smartphone-token";
        case CardKind::Other:
            return "other-card";
    }
    return "other-card";
}

MyNumberCard::MyNumberCard(Channel& channel, MyNumberCardOptions options)
    : m_engine(channel, options.apdu), m_options(std::move(options)), m_refused_here(k_session_key) {}

Result<void> MyNumberCard::select(Application application) {
    if (m_selected == application && !m_engine.broken()) return {};
    m_selected = Application::None;
    m_selected_file = 0;
    m_number_b_open = false;
    Result<void> done;
    switch (application) {
        case Application::Jpki:
            done = m_engine.select_application(k_jpki_aid, "SELECT of the JPKI application");
            break;
        case Application::Surface:
            done = m_engine.select_application(k_surface_aid, "SELECT of 券面事項確認AP");
            break;
        case Application::Text:
            done = m_engine.select_application(k_text_aid, "SELECT of 券面入力補助AP");
            break;
        case Application::None:
            return {};
    }
    if (!done) return done;
    m_selected = application;
    return {};
}

Result<void> MyNumberCard::select(Application application, std::uint16_t file, std::string_view where) {
    if (auto selected = select(application); !selected) return selected;
    if (m_selected_file == file) return {};
    m_selected_file = 0;
    if (auto selected = m_engine.select_file(file, where); !selected) return selected;
    m_selected_file = file;
    return {};
}

Result<void> MyNumberCard::read_token_info() {
    if (!m_token_info.empty()) return {};
    constexpr std::string_view k_where = "token information (EF 0006)";
    if (auto selected = select(Application::Jpki, k_token_info, k_where); !selected) return selected;
    auto info = m_engine.read_start(64, k_where);
    if (!info) return tl::unexpected(info.error());
    if (info->size() < 32) return fail(Fault::BadData, "token information (EF 0006) is too short");
    m_token_info = std::move(*info);
    return {};
}

Result<CardKind> MyNumberCard::identify() {
    const auto read = read_token_info();
    if (read) return kind_of_label(trimmed(std::span(m_token_info).first(32)));
    // A status word is an answer: some other card lies there. A lost answer says nothing about the card.
    if (read.error().status_word != 0 && !m_engine.broken()) return CardKind::Other;
    return tl::unexpected(read.error());
}

Result<std::string> MyNumberCard::token_manufacturer() {
    if (auto read = read_token_info(); !read) return tl::unexpected(read.error());
    if (m_token_info.size() < 64) return std::string{};
    return trimmed(std::span(m_token_info).subspan(32, 32));
}

Result<SecretBytes> MyNumberCard::read_file(Application application, std::uint16_t file, ObjectStart start,
                                            std::string_view where) {
    if (auto selected = select(application, file, where); !selected) return tl::unexpected(selected.error());
    return m_engine.read_object(start, where);
}

Result<Certificate> MyNumberCard::read_certificate() {
    if (m_engine.broken()) return tl::unexpected(*m_engine.broken());
    if (m_certificate) return *m_certificate;
    const auto file = read_file(Application::Jpki, k_auth_certificate, ObjectStart::FirstByte,
                                "user-authentication certificate (EF 000A)");
    if (!file) return tl::unexpected(file.error());
    auto certificate = parse_certificate(*file);
    if (certificate) m_certificate = *certificate;
    return certificate;
}

Result<IssuerGeneration> MyNumberCard::read_issuer() {
    const auto certificate = read_certificate();
    if (!certificate) return tl::unexpected(certificate.error());
    const auto file = read_file(Application::Jpki, k_authority_certificate, ObjectStart::FirstByte,
                                "certificate of the authority for user authentication (EF 000B)");
    if (!file) return tl::unexpected(file.error());
    return describe_issuer(*file, *certificate);
}

Result<PinStatus> MyNumberCard::tries_of(const Reference& reference) {
    const std::string where = "tries left of the " + std::string(reference.name);
    if (auto selected = select(reference.application, reference.file, where); !selected) {
        return tl::unexpected(selected.error());
    }
    const auto answer = m_engine.exchange({0x00, 0x20, 0x00, 0x80}, where);
    if (!answer) return tl::unexpected(answer.error());
    if (const auto tries = tries_in(answer->status_word)) return PinStatus{*tries, *tries == 0};
    // ISO 7816-4 lets a card say 9000 when the reference is verified already; a success has restored the counter.
    if (status_of(answer->status_word) == Status::Ok) return PinStatus{reference.limit, false};
    return tl::unexpected(error_of(answer->status_word, where));
}

Result<PinStatus> MyNumberCard::pin_status() {
    return tries_of(k_auth_pin);
}

Result<PinStatus> MyNumberCard::number_b_status() {
    return tries_of(k_surface_number_b);
}

Result<PinAnswer> MyNumberCard::send(const Reference& reference, std::span<const std::uint8_t> secret) {
    const std::string where = "VERIFY of the " + std::string(reference.name);
    if (auto selected = select(reference.application, reference.file, where); !selected) {
        return tl::unexpected(selected.error());
    }
    const auto answer = m_engine.exchange({0x00, 0x20, 0x00, 0x80, secret}, where);
    if (!answer) {
        if (!m_engine.broken()) return tl::unexpected(answer.error());
        return PinAnswer{PinVerdict::Lost, std::nullopt, NotSentReason::None};
    }
    switch (status_of(answer->status_word)) {
        case Status::Ok:
            return PinAnswer{PinVerdict::Right, reference.limit, NotSentReason::None};
        case Status::TriesLeft:
            return PinAnswer{PinVerdict::Wrong, tries_in(answer->status_word), NotSentReason::None};
        case Status::Refused:
            return PinAnswer{PinVerdict::Wrong, std::nullopt, NotSentReason::None};
        case Status::Locked:
            return PinAnswer{PinVerdict::Locked, 0, NotSentReason::None};
        case Status::MoreData:
        case Status::WrongLength:
        case Status::EndOfFile:
        case Status::NotAllowed:
        case Status::NotFound:
        case Status::NotSupported:
        case Status::Other:
            break;
    }
    return tl::unexpected(error_of(answer->status_word, where));
}

Result<PinAnswer> MyNumberCard::verify_pin(std::span<const std::uint8_t, 4> digits, int tries_expected) {
    SecretBytes ascii;
    ascii.reserve(digits.size());
    for (const std::uint8_t digit : digits) {
        const bool is_ascii = digit >= '0' && digit <= '9';
        if (digit > 9 && !is_ascii) return fail(Fault::BadConfig, "a PIN has four digits");
        ascii.push_back(is_ascii ? digit : static_cast<std::uint8_t>('0' + digit));
    }
    const auto before = pin_status();
    if (!before) return tl::unexpected(before.error());
    if (before->locked) return PinAnswer{PinVerdict::Locked, 0, NotSentReason::Locked};
    if (before->tries != tries_expected) {
        return PinAnswer{PinVerdict::NotSent, before->tries, NotSentReason::CounterChanged};
    }
    auto answer = send(k_auth_pin, ascii);
    if (!answer || answer->verdict == PinVerdict::Lost) return answer;
    // What the card says now is what the next person is told; without it the answer's own figure stands.
    const auto after = pin_status();
    if (!after) return answer;
    if (answer->verdict != PinVerdict::Locked) answer->tries_left = after->tries;
    if (answer->verdict == PinVerdict::Wrong && after->locked) answer->verdict = PinVerdict::Locked;
    return answer;
}

Result<Bytes> MyNumberCard::sign(std::span<const std::uint8_t, 32> sha256) {
    constexpr std::string_view k_where = "signature with the user-authentication key";
    if (auto selected = select(Application::Jpki, k_auth_key, k_where); !selected) {
        return tl::unexpected(selected.error());
    }
    std::array<std::uint8_t, k_digest_info.size() + 32> input{};
    std::copy(k_digest_info.begin(), k_digest_info.end(), input.begin());
    std::copy(sha256.begin(), sha256.end(), input.begin() + k_digest_info.size());
    const auto signature = m_engine.expect_ok({0x80, 0x2A, 0x00, 0x80, input, 256}, k_where);
    if (!signature) return tl::unexpected(signature.error());
    if (signature->size() != k_signature_size) return fail(Fault::BadData, "the signature is not 256 bytes long");
    return Bytes(signature->begin(), signature->end());
}

Result<std::string> MyNumberCard::name_for_refusals(const Reference& reference) {
    // A session sees one card; the two applications count, and refuse, each for itself.
    const std::string application = std::to_string(static_cast<int>(reference.application));
    if (m_options.refused == nullptr) return application;
    const auto certificate = read_certificate();
    if (!certificate) return tl::unexpected(certificate.error());
    return certificate->serial_hex + '/' + application;
}

Result<PinAnswer> MyNumberCard::offer(const Reference& reference, const NumberB& number) {
    const auto card = name_for_refusals(reference);
    if (!card) return tl::unexpected(card.error());
    RefusedNumbers& known = m_options.refused != nullptr ? *m_options.refused : m_refused_here;
    if (known.refused(*card, number)) {
        return PinAnswer{PinVerdict::NotSent, std::nullopt, NotSentReason::RefusedBefore};
    }
    const auto before = tries_of(reference);
    if (!before) return tl::unexpected(before.error());
    if (before->locked) return PinAnswer{PinVerdict::Locked, 0, NotSentReason::Locked};
    if (before->tries <= m_options.number_b_floor) {
        return PinAnswer{PinVerdict::NotSent, before->tries, NotSentReason::FloorReached};
    }
    if (known.doubtful(*card, number, before->tries)) {
        return PinAnswer{PinVerdict::NotSent, before->tries, NotSentReason::RefusedBefore};
    }
    auto answer = send(reference, number.ascii());
    // Sent, and not known whether it was judged: a patient who takes the card in this moment must not lose the photo
    // for good, and a wrong number must not cost a second try. The counter of the next session tells them apart.
    if (!answer || answer->verdict == PinVerdict::Lost) {
        known.remember_lost(*card, number, before->tries);
        return answer;
    }
    if (answer->verdict == PinVerdict::Right) {
        known.remember_right(*card, number);
        m_number_b_open = true;
        return answer;
    }
    known.remember_wrong(*card, number);
    if (!answer->tries_left) {
        if (const auto after = tries_of(reference)) answer->tries_left = after->tries;
    }
    return answer;
}

Result<PinAnswer> MyNumberCard::verify_number_b(const NumberB& number) {
    auto answer = offer(k_surface_number_b, number);
    if (answer && answer->verdict == PinVerdict::Right) m_accepted = number;
    return answer;
}

Result<void> MyNumberCard::open_with_number_b(const Reference& reference) {
    if (m_selected == reference.application && m_number_b_open) return {};
    if (!m_accepted) return fail(Fault::NotAllowed, "照合番号B was not accepted in this session");
    const auto answer = offer(reference, *m_accepted);
    if (!answer) return tl::unexpected(answer.error());
    const std::string where(reference.name);
    switch (answer->verdict) {
        case PinVerdict::Right:
            return {};
        case PinVerdict::Wrong:
            return fail(Fault::NumberRefused, where);
        case PinVerdict::Locked:
            return fail(Fault::PinLocked, where);
        case PinVerdict::Lost:
            return tl::unexpected(*m_engine.broken());
        case PinVerdict::NotSent:
            break;
    }
    return fail(answer->not_sent == NotSentReason::FloorReached ? Fault::FloorReached : Fault::NumberRefused, where);
}

Result<void> MyNumberCard::read_issuer_key() {
    if (m_issuer_key) return {};
    auto file =
        read_file(Application::Surface, k_issuer_key, ObjectStart::FirstByte, "issuer's key (券面事項確認AP EF 0004)");
    if (!file && m_engine.broken()) return tl::unexpected(file.error());
    m_issuer_key = file ? std::move(*file) : SecretBytes{};
    return {};
}

Result<FaceRecord> MyNumberCard::read_face_record() {
    constexpr std::string_view k_where = "face record (券面事項確認AP EF 0002)";
    if (auto open = open_with_number_b(k_surface_number_b); !open) return tl::unexpected(open.error());
    const auto file = read_file(Application::Surface, k_face_record, ObjectStart::Ff20AfterStrayBytes, k_where);
    if (!file) return tl::unexpected(file.error());
    auto record = parse_face_record(*file);
    if (!record) return record;
    if (record->issuer_signature.empty()) {
        record->issuer_check = IssuerCheck::NotPossible;
        return record;
    }
    if (auto key = read_issuer_key(); !key) return tl::unexpected(key.error());
    record->issuer_check = check_issuer(*file, *m_issuer_key, m_options.known_issuers);
    if (record->issuer_check == IssuerCheck::Wrong) return fail(Fault::IssuerSignatureWrong, std::string(k_where));
    return record;
}

Result<Attributes> MyNumberCard::read_attributes() {
    if (auto open = open_with_number_b(k_text_number_b); !open) return tl::unexpected(open.error());
    const auto file = read_file(Application::Text, k_attributes, ObjectStart::Ff20AfterStrayBytes,
                                "attributes (券面入力補助AP EF 0002)");
    if (!file) return tl::unexpected(file.error());
    return parse_attributes(*file);
}

}  // namespace uketsuke::card
