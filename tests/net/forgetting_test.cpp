// What is left of a person in freed memory after a declaration was encoded and its question made and sent: nothing that
// can be found.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "net/sealing.h"
#include "tests/net/support.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_is_ours = false;  // the sanitizers keep freed memory aside
#else
constexpr bool memory_is_ours = true;
#endif

namespace uketsuke::net {
namespace {

using testing::declared_form;
using testing::must;

constexpr std::size_t length = 12;
constexpr unsigned char mask = 0xA7;

// Bytes in a form that the search does not find.
using Masked = std::array<unsigned char, length>;

Masked masked(const void* bytes) {
    Masked out{};
    for (std::size_t i = 0; i < length; ++i) {
        out[i] = static_cast<unsigned char>(static_cast<const unsigned char*>(bytes)[i] ^ mask);
    }
    return out;
}

// Where the heap lies; nothing is allocated, since that would overwrite what was freed.
bool find_heap(std::size_t& from, std::size_t& to) {
    static char maps[1U << 16U];
    const int fd = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    std::size_t length_read = 0;
    ssize_t n = 0;
    while ((n = ::read(fd, maps + length_read, sizeof maps - 1 - length_read)) > 0) {
        length_read += static_cast<std::size_t>(n);
    }
    ::close(fd);
    maps[length_read] = '\0';
    char* name = std::strstr(maps, "[heap]");
    if (name == nullptr) return false;
    while (name > maps && name[-1] != '\n') --name;
    char* dash = nullptr;
    from = std::strtoull(name, &dash, 16);
    to = std::strtoull(dash + 1, nullptr, 16);
    return true;
}

// How often the bytes lie in the heap, in use or freed.
int copies_of(const Masked& pattern) {
    std::size_t from = 0, to = 0;
    if (!find_heap(from, to)) return -1;
    int found = 0;
    const auto* const end = reinterpret_cast<const unsigned char*>(to);
    for (const auto* at = reinterpret_cast<const unsigned char*>(from); at + length <= end; ++at) {
        std::size_t same = 0;
        while (same < length && (at[same] ^ mask) == pattern[same]) ++same;
        if (same == length) ++found;
    }
    return found;
}

struct Traces {
    Masked name, name_in_points, kana, birth_date;
};

// A tag of the document makes the birth date long enough to be told from other digits.
Traces traces_of(const Declaration& form) {
    Traces traces{};
    traces.name = masked(form.name.data());
    traces.kana = masked(form.name_kana.data());
    char32_t points[] = U"見本架空";
    traces.name_in_points = masked(points);
    std::string dated = ">" + form.birth_date + "</B";
    traces.birth_date = masked(dated.data());
    wipe(dated);
    return traces;
}

// Longer than what a string holds in itself, or a vector's freed elements.
Declaration person() {
    Declaration form = declared_form(100);
    form.name = "見本架空之介";
    form.name_kana = "ミホンカクウノスケ";
    form.address = std::string(500, 'x');
    return form;
}

void expect_nothing_of(const Traces& traces) {
    EXPECT_EQ(copies_of(traces.name), 0) << "the name";
    EXPECT_EQ(copies_of(traces.name_in_points), 0) << "the name as code points";
    EXPECT_EQ(copies_of(traces.kana), 0) << "the kana";
    EXPECT_EQ(copies_of(traces.birth_date), 0) << "the birth date";
}

struct Forgetting : ::testing::Test {
    void SetUp() override {
        if (!memory_is_ours) GTEST_SKIP() << "freed memory is the sanitizer's";
    }
};

TEST_F(Forgetting, WouldBeNoticedIfSomethingWereLeft) {
    Declaration form = person();
    const Traces traces = traces_of(form);
    EXPECT_GE(copies_of(traces.name), 1);
    EXPECT_GE(copies_of(traces.kana), 1);
    std::string question = must(query_text(form, "1234567890")).value();
    EXPECT_EQ(copies_of(traces.birth_date), 1) << "the question itself, and no copy of it";
    EXPECT_EQ(copies_of(traces.name), 2);
    wipe(question);
    wipe(form);
    expect_nothing_of(traces);
}

TEST_F(Forgetting, LeavesNothingOfAFormThatWasEncodedAndRead) {
    Declaration form = person();
    const Traces traces = traces_of(form);
    std::vector<std::uint8_t> bytes = must(encode(form));
    Declaration read = must(decode_declaration(bytes));
    for (Declaration* one : {&form, &read}) wipe(*one);
    wipe(bytes);
    expect_nothing_of(traces);
}

TEST_F(Forgetting, LeavesNothingOfADocumentInEitherEncoding) {
    Declaration form = person();
    const Traces traces = traces_of(form);
    Masked in_shift_jis{};
    for (const Encoding encoding : {Encoding::Utf8, Encoding::ShiftJis}) {
        OqsRequest request;
        request.birthdate = form.birth_date;
        OqsElement& element = request.other.emplace_back();
        element.name = "Name";
        // Longer than what is reserved, so that it grows with the name in it.
        element.text = form.name + std::string(20'000, 'x');
        OqsDocument document = must(write_request(request, encoding));
        const std::size_t at = document.bytes.find("<Name>");
        ASSERT_NE(at, std::string::npos);
        if (encoding == Encoding::ShiftJis) in_shift_jis = masked(document.bytes.data() + at + 6);
        wipe(document.bytes);
        wipe(request);
    }
    wipe(form);
    expect_nothing_of(traces);
    EXPECT_EQ(copies_of(in_shift_jis), 0) << "the name in Shift_JIS";
}

// Nobody listens, so that libcurl, which keeps buffers of its own, reads nothing of the body.
TEST_F(Forgetting, LeavesNothingOfAQuestionThatCouldNotBeSent) {
    ServiceOptions service;
    service.url = "https://127.0.0.1:1";
    service.ca_pem = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
    const auto client = must(EligibilityClient::create(service));
    Declaration form = person();
    const Traces traces = traces_of(form);
    std::string question = must(query_text(form, "1234567890")).value();
    EXPECT_FALSE(client->query(form.id, question));
    wipe(question);
    wipe(form);
    expect_nothing_of(traces);
}

}  // namespace
}  // namespace uketsuke::net
