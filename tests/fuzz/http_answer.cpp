// An HTTP answer from outside, as the client sees it: "status[?]\nRetry-After\nDate\n" and the body; a question mark
// says that the answer was asked for. Whatever comes, it becomes one row of the table of meanings.
#include <charconv>
#include <string>

#include "net/meaning.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {
namespace {

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

net::Expected expected_of_nobody() {
    net::Expected expected;
    expected.id = *net::RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100");
    expected.holder_birthdate = "19800101";
    expected.remarks.today = "20261121";
    expected.remarks.covers = [](char32_t c) { return c < 0x10000; };
    expected.remarks.consents = net::ConsentsGiven{true, false, true, true};
    return expected;
}

void promises_of(const net::Reply& reply) {
    promise(!reply.retry_after || (reply.retry_after->count() >= 0 && reply.retry_after->count() <= 3600),
            "a wait beyond its bounds");
    promise(reply.message.size() <= 200 && reply.code.size() <= 200, "a text beyond its bounds");
    const net::Judgement judged = net::judge(reply, expected_of_nobody());
    const net::MeaningRow& row = net::row_of(judged.meaning);
    promise(row.meaning == judged.meaning, "a meaning without its row");
    for (std::size_t i = 1; i < judged.remarks.size(); ++i) {
        promise(judged.remarks[i - 1] < judged.remarks[i], "remarks out of order");
    }
    promise(judged.remarks.empty() == net::words_for(judged.remarks).empty(), "remarks without words");
    const bool confirmed = judged.meaning == net::Meaning::Confirmed || judged.meaning == net::Meaning::ConfirmedRemark;
    promise(!confirmed || (reply.http_status == 200 && reply.answer && reply.kind == net::ReplyKind::Answered),
            "confirmed without an answer");
    promise(judged.meaning != net::Meaning::Confirmed || judged.remarks.empty(), "a remark that nobody reads");
}

}  // namespace

int run_http_answer(Input bytes) {
    const auto input = exact_copy(bytes);
    std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    std::string_view status = take_line(text);
    net::ReplyHead head;
    const bool asked = status.ends_with('?');
    if (asked) status.remove_suffix(1);
    std::from_chars(status.data(), status.data() + status.size(), head.status);
    head.retry_after = take_line(text);
    head.date = take_line(text);
    const auto reply = net::understand_reply(head, text, asked);
    if (reply) {
        promises_of(*reply);
    } else {
        promise(!reply.error().where.empty(), "an error without words");
        promise(net::meaning_of(reply.error().fault) == net::Meaning::Unreadable ||
                    net::meaning_of(reply.error().fault) == net::Meaning::OwnIdentity,
                "an answer that is no answer means something else");
    }
    return 0;
}

}  // namespace uketsuke::fuzz
