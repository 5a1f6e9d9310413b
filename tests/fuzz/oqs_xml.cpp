// An OQS document from outside: read or refused with a reason, and what was read comes back from writing, in both
// encodings.
#include "net/oqs_xml.h"

#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {
namespace {

// Writing may make a document longer than reading takes.
constexpr net::XmlLimits k_ours{1U << 24, 16, 20'000};

void answer_comes_back(net::OqsAnswer answer) {
    const auto back = net::read_answer(net::write_answer(answer), k_ours);
    promise(back.has_value(), "a written answer is not read");
    net::OqsAnswer expected = answer;
    expected.text_repaired = false;
    promise(*back == expected, "another answer after writing");
    const auto narrow = net::write_answer(answer, net::Encoding::ShiftJis);
    promise(narrow.has_value(), "no Shift_JIS");
    const auto again = net::read_answer(narrow->bytes, k_ours);
    promise(again.has_value() && !again->text_repaired, "an answer in Shift_JIS is not read");
    promise(again->results.size() == answer.results.size(), "results were lost in Shift_JIS");
    promise(narrow->characters_replaced || again->validity == answer.validity, "another validity in Shift_JIS");
    net::wipe(answer);
    promise(answer.results.empty() && answer.other.empty() && answer.header.other.empty(), "a wiped answer has texts");
}

void request_comes_back(const net::OqsRequest& request) {
    const auto back = net::read_request(net::write_request(request), k_ours);
    promise(back.has_value(), "a written request is not read");
    promise(*back == request, "another request after writing");
}

}  // namespace

int run_oqs_xml(Input bytes) {
    const auto input = exact_copy(bytes);
    const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    auto answer = net::read_answer(text);
    if (answer) {
        answer_comes_back(std::move(*answer));
    } else {
        promise(answer.error().where.starts_with("document: "), "a refusal without words");
    }
    const auto request = net::read_request(text);
    if (request) request_comes_back(*request);
    return 0;
}

}  // namespace uketsuke::fuzz
