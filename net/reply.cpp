#include "net/eligibility_client.h"
#include "net/internal/http_date.h"

namespace uketsuke::net {
namespace {

constexpr std::size_t longest_message = 200;

std::string shortened(const std::string& text) {
    if (text.size() <= longest_message) return text;
    std::size_t end = longest_message;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

std::string http(int status) {
    return "HTTP " + std::to_string(status);
}

ReplyKind kind_of(const OqsAnswer& answer) {
    switch (answer.header.segment_of_result) {
        case SegmentOfResult::Processing:
            return ReplyKind::Processing;
        case SegmentOfResult::Abnormal:
            return ReplyKind::Refused;
        case SegmentOfResult::Normal:
        case SegmentOfResult::Missing:
        case SegmentOfResult::Unknown:
            break;
    }
    return answer.processing_status == ProcessingResultStatus::Failed ? ReplyKind::Refused : ReplyKind::Answered;
}

void explain(Reply& reply) {
    if (!reply.answer) return;
    const OqsAnswer& answer = *reply.answer;
    const bool header = !answer.header.error_code.empty() || !answer.header.error_message.empty();
    reply.code = shortened(header ? answer.header.error_code : answer.processing_code);
    reply.message = shortened(header ? answer.header.error_message : answer.processing_message);
}

}  // namespace

const char* name_of(ReplyKind kind) {
    switch (kind) {
        case ReplyKind::Answered:
            return "answered";
        case ReplyKind::Processing:
            return "processing";
        case ReplyKind::TryLater:
            return "try later";
        case ReplyKind::UnknownKey:
            return "unknown key";
        case ReplyKind::Refused:
            return "refused";
    }
    return "refused";
}

namespace {

Result<Reply> understand(const ReplyHead& head, std::string_view body, bool asked) {
    const int status = head.status;
    Reply reply;
    reply.http_status = status;
    reply.http_version = head.http_version;
    reply.timing = head.timing;
    reply.retry_after = internal::parse_retry_after(head.retry_after, head.date);
    reply.service_time = internal::parse_http_date(head.date);
    reply.document.assign(body.begin(), body.end());
    auto parsed = read_answer(body);
    if (parsed) reply.answer = std::move(*parsed);
    explain(reply);

    if (status == 200) {
        if (!parsed) return tl::unexpected(parsed.error());
        const SegmentOfResult segment = reply.answer->header.segment_of_result;
        if (segment == SegmentOfResult::Missing || segment == SegmentOfResult::Unknown) {
            return fail(Fault::BadAnswer, "document: no SegmentOfResult that is known");
        }
        reply.kind = kind_of(*reply.answer);
        return reply;
    }
    if (status == 202) {
        reply.kind = ReplyKind::Processing;
        return reply;
    }
    if (status == 404 && asked) {
        reply.kind = ReplyKind::UnknownKey;
        return reply;
    }
    if (status == 408 || status == 425 || status == 429 || (status >= 500 && status < 600)) {
        reply.kind = ReplyKind::TryLater;
        if (reply.code.empty()) reply.code = http(status);
        return reply;
    }
    if (status == 401 || status == 403 || status == 407) {
        return fail(Fault::OwnIdentity, "service: " + http(status) + ", it does not accept our certificate");
    }
    if (status == 404 || status < 400 || status >= 600) {
        return fail(Fault::BadAnswer, "service: " + http(status) + " is not an answer to this request");
    }
    reply.kind = ReplyKind::Refused;
    if (reply.code.empty()) reply.code = http(status);
    return reply;
}

}  // namespace

Result<Reply> understand_reply(const ReplyHead& head, std::string_view body, bool asked) {
    auto reply = understand(head, body, asked);
    if (!head.device_lost) return reply;
    if (!reply) {
        // Whatever else is wrong, a lost device has to learn that it is.
        reply = Reply{};
        reply->http_status = head.status;
        reply->http_version = head.http_version;
        reply->timing = head.timing;
        reply->service_time = internal::parse_http_date(head.date);
        reply->code = http(head.status);
    }
    reply->device_lost = true;
    return reply;
}

}  // namespace uketsuke::net
