#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "net/internal/audit_line.h"
#include "net/internal/hex.h"
#include "net/meaning.h"
#include "net/webhook.h"

namespace uketsuke::net {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_header = 256;

const char* state_of(Meaning meaning) {
    switch (row_of(meaning).patient) {
        case PatientReads::Confirmed:
            return "confirmed";
        case PatientReads::ConfirmedLater:
            return "queued";
        case PatientReads::SeeTheDesk:
            return "see the desk";
    }
    return "see the desk";
}

bool is_decided(RequestState state) {
    switch (state) {
        case RequestState::Due:
        case RequestState::InFlight:
        case RequestState::Processing:
            return false;
        case RequestState::Delivered:
        case RequestState::NeedsStaff:
            return true;
    }
    return true;
}

Json person_of(const OqsAnswer& answer) {
    const QualificationResult& result = answer.results.front();
    return {{"name", result.name},
            {"name_kana", result.name_kana},
            {"birth_date", result.birthdate},
            {"sex", result.sex1},
            {"insurer_number", result.insurer_number},
            {"symbol", result.insured_card_symbol},
            {"number", result.insured_identification_number},
            {"branch", result.insured_branch_number}};
}

void wipe_texts(Json& json) {
    for (auto& value : json) {
        if (value.is_string()) wipe(value.get_ref<std::string&>());
    }
}

// What became of the request, from the very document that the row keeps.
void add_decision(const NotifyTask& task, const std::function<bool(char32_t)>& covers, Json& body) {
    const bool delivered = task.summary.state == RequestState::Delivered;
    Expected expected;
    expected.id = task.summary.id;
    expected.holder_birthdate = task.holder_birthdate;
    // next_at of such a row is when it was answered.
    expected.remarks.today = jst_date(std::chrono::floor<std::chrono::seconds>(task.summary.next_at));
    expected.remarks.covers = covers;
    expected.remarks.consents = task.consents;
    Reply reply;
    reply.kind = delivered ? ReplyKind::Answered : ReplyKind::Refused;
    auto answer = read_answer({reinterpret_cast<const char*>(task.answer.data()), task.answer.size()});
    if (answer) reply.answer = std::move(*answer);
    const Judgement judgement = judge(reply, expected);
    wipe(expected.holder_birthdate);
    body["state"] = delivered ? state_of(judgement.meaning) : "see the desk";
    body["meaning"] = name_of(judgement.meaning);
    for (const Remark remark : judgement.remarks) body["remarks"].push_back(name_of(remark));
    const bool theirs = judgement.meaning != Meaning::OtherRequest && judgement.meaning != Meaning::OtherPerson;
    if (delivered && theirs && reply.answer && reply.answer->results.size() == 1) {
        body["person"] = person_of(*reply.answer);
    }
    if (reply.answer) wipe(*reply.answer);
}

std::string hmac(std::string_view secret, std::string_view text) {
    std::array<std::uint8_t, 32> digest{};
    unsigned size = digest.size();
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
    return internal::to_hex(digest);
}

std::string signed_part(std::chrono::sys_seconds at, std::string_view body) {
    std::string text = std::to_string(at.time_since_epoch().count()) + ".";
    text += body;
    return text;
}

}  // namespace

std::string webhook_body(const NotifyTask& task, const std::function<bool(char32_t)>& covers) {
    Json body{{"id", task.summary.id.text()},
              {"version", task.version},
              {"accepted_at", internal::audit_time(task.summary.queued_at)},
              {"state", "queued"},
              {"method", name_of(task.method)},
              {"meaning", nullptr},
              {"remarks", Json::array()},
              {"person", nullptr}};
    const bool never_asked = task.summary.state == RequestState::NeedsStaff && task.summary.attempts == 0;
    if (task.method == Method::Declaration && never_asked) {
        body["state"] = state_of(Meaning::Refused);
    } else if (is_decided(task.summary.state)) {
        add_decision(task, covers, body);
    }
    // Texts were checked when the document was read; a byte that is no UTF-8 must not throw here all the same.
    std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    wipe_texts(body["person"]);
    return text;
}

std::string webhook_signature(std::string_view secret, std::chrono::sys_seconds at, std::string_view body) {
    std::string text = signed_part(at, body);
    std::string header = "t=" + std::to_string(at.time_since_epoch().count()) + ",v1=" + hmac(secret, text);
    wipe(text);
    return header;
}

bool webhook_signature_holds(std::string_view header, std::string_view secret, std::string_view body,
                             std::chrono::sys_seconds now, std::chrono::seconds tolerance) {
    const std::size_t comma = header.find(",v1=");
    if (header.size() > longest_header || !header.starts_with("t=") || comma == std::string_view::npos) return false;
    const std::string_view digits = header.substr(2, comma - 2);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc{} || end != digits.data() + digits.size() || seconds < 0) return false;
    const std::int64_t current = now.time_since_epoch().count();
    const std::int64_t older = current > seconds ? current - seconds : seconds - current;
    if (older > tolerance.count()) return false;
    const std::string right = webhook_signature(secret, std::chrono::sys_seconds(std::chrono::seconds(seconds)), body);
    return header.size() == right.size() && CRYPTO_memcmp(header.data(), right.data(), right.size()) == 0;
}

}  // namespace uketsuke::net
