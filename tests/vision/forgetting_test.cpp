// What is left of a face in the process's memory when its session is over: nothing that can be found.
#include <malloc.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "tests/vision/support.h"
#include "vision/face_attempt.h"
#include "vision/synthetic.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_is_ours = false;  // the sanitizers keep freed memory aside
#else
constexpr bool memory_is_ours = true;
#endif

namespace uketsuke::vision {
namespace {

constexpr std::size_t length = 64;
constexpr std::uint8_t mask = 0xA7;

// A pattern kept in a form that the search does not find.
using Masked = std::array<std::uint8_t, length>;

Masked masked(const void* bytes) {
    Masked out{};
    for (std::size_t i = 0; i < length; ++i) out[i] = static_cast<const std::uint8_t*>(bytes)[i] ^ mask;
    return out;
}

bool is_at(const std::uint8_t* at, const Masked& pattern) {
    for (std::size_t i = 0; i < length; ++i)
        if ((at[i] ^ mask) != pattern[i]) return false;
    return true;
}

// How often the pattern lies in memory that this process can write.
int copies_of(const Masked& pattern) {
    std::ifstream maps("/proc/self/maps");
    std::FILE* memory = std::fopen("/proc/self/mem", "rb");
    if (memory == nullptr) return -1;
    constexpr std::size_t block = 1U << 20U;
    std::vector<std::uint8_t> buffer(block + length);
    int found = 0;
    std::string line;
    while (std::getline(maps, line)) {
        std::size_t from = 0;
        std::size_t to = 0;
        char rights[5] = {};
        if (std::sscanf(line.c_str(), "%zx-%zx %4s", &from, &to, rights) != 3 || std::strncmp(rights, "rw", 2) != 0)
            continue;
        for (std::size_t at = from; at < to; at += block) {
            if (std::fseek(memory, static_cast<long>(at), SEEK_SET) != 0) break;
            const std::size_t got = std::fread(buffer.data(), 1, std::min(block + length, to - at), memory);
            for (std::size_t i = 0; i + length <= got; ++i) {
                const std::uint8_t* const here = buffer.data() + i;
                const std::size_t address = at + i;
                const auto own = reinterpret_cast<std::size_t>(buffer.data());
                const bool in_buffer = address + length > own && address < own + buffer.size();
                if ((here[0] ^ mask) == pattern[0] && !in_buffer && is_at(here, pattern)) ++found;
            }
        }
    }
    std::fclose(memory);
    return found;
}

class Forgetting : public test::WithEngine {};

struct Traces {
    std::vector<Masked> of_pictures;
    Masked of_reference{};
    Masked of_live{};
};

// A row of pixels through the middle of the face.
Masked middle_of(const Image& image) {
    const std::size_t row = static_cast<std::size_t>(image.width) * image.channels();
    return masked(image.pixels.data() + row * static_cast<std::size_t>(image.height / 2) + row / 2 - length / 2);
}

// A session from the card's photograph to a verdict; everything of it goes out of scope here.
__attribute__((noinline)) Traces hold_a_session(FaceEngine& engine, const OperatingPoint& point) {
    Traces traces;
    auto jp2 = encode_chip_photo(draw_card_portrait(3)).value();
    auto photo = decode_photo(jp2).value();
    traces.of_pictures.push_back(middle_of(photo));
    auto reference = engine.enroll(photo).value();
    wipe(photo);
    wipe(jp2);
    traces.of_reference = masked(reference.embedding.values().data());
    FaceAttempt attempt(engine, reference, point, {5, 0, {}});
    for (int i = 0; i < 6; ++i) {
        Appearance person;
        person.identity = 3;
        const std::chrono::milliseconds at(66 * i);
        Frame frame{draw_person(animate(person, at), 640, 480), static_cast<std::uint64_t>(i + 1),
                    std::chrono::steady_clock::time_point(at)};
        traces.of_pictures.push_back(middle_of(frame.image));
        Image gray = to_gray(frame.image);
        traces.of_pictures.push_back(middle_of(gray));
        wipe(gray);
        attempt.observe(frame);
        const auto seen = engine.analyse(frame.image, Depth::IdentityAlways);
        if (seen.embedding) traces.of_live = masked(seen.embedding->values().data());
        wipe(frame.image);
    }
    EXPECT_NE(attempt.progress().verdict, Verdict::Undecided);
    return traces;
}

TEST_F(Forgetting, AfterASessionNoPictureAndNoEmbeddingLiesInMemory) {
    if (!memory_is_ours) GTEST_SKIP() << "freed memory is the sanitizer's";
    ASSERT_EQ(mallopt(M_PERTURB, 0x5A), 1) << "as the kiosk does at its start";
    const auto decided_by = point(1e-2, Use::Demo);
    const Traces traces = hold_a_session(*m_engine, decided_by);
    m_engine->forget();
    for (const auto& trace : traces.of_pictures) EXPECT_EQ(copies_of(trace), 0) << "a row of a picture";
    EXPECT_EQ(copies_of(traces.of_reference), 0) << "the card photograph's embedding";
    EXPECT_EQ(copies_of(traces.of_live), 0) << "a live embedding";
}

TEST_F(Forgetting, WouldBeNoticedIfSomethingWereLeft) {
    if (!memory_is_ours) GTEST_SKIP() << "freed memory is the sanitizer's";
    Image kept = draw_card_portrait(3);
    EXPECT_GE(copies_of(middle_of(kept)), 1);
    const Masked trace = middle_of(kept);
    wipe(kept);
    EXPECT_EQ(copies_of(trace), 0);
}

}  // namespace
}  // namespace uketsuke::vision
