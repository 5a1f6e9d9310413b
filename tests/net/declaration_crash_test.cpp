// kill -9 around a declaration that is queued and one that is kept with a reception: what was accepted is there.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <map>
#include <random>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::declared_form;
using testing::declared_request;
using ::testing::IsEmpty;
using testing::must;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;

const WallTime t0 = start_time();

// What a form says depends on its id alone, so that whoever finds it knows whether it is whole.
Declaration form_of(const RequestId& id) {
    Declaration form = declared_form(20'000);
    form.id = id;
    form.phone = id.text();
    return form;
}

// Says "q<id>" for a declaration that is queued, "k<id>" for one that is kept with a reception.
[[noreturn]] void work(const std::filesystem::path& path, const SealingKey& key, int acknowledge) {
    const auto outbox = Outbox::open(path, key.share());
    if (!outbox || (*outbox)->damage()) ::_exit(3);
    const auto say = [&](char word, const RequestId& id) {
        const std::string line = word + id.text();
        if (::write(acknowledge, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(5);
    };
    for (;;) {
        const SignedRequest own = declared_request(form_of(make_request_id()));
        if (!(*outbox)->enqueue(own, t0)) ::_exit(4);
        say('q', own.id);
        const SignedRequest reception = signed_request();
        if (!(*outbox)->enqueue(reception, t0)) ::_exit(4);
        if (!(*outbox)->declare(reception.id, *encode(form_of(reception.id)), t0)) ::_exit(4);
        say('k', reception.id);
    }
}

std::string read_all(int pipe) {
    std::string text;
    std::array<char, 4096> chunk{};
    for (ssize_t n = 0; (n = ::read(pipe, chunk.data(), chunk.size())) > 0;) {
        text.append(chunk.data(), static_cast<std::size_t>(n));
    }
    return text;
}

TEST(DeclarationCrash, FortyKillsAtRandomMomentsLoseNoFormThatWasAccepted) {
    TestOutbox box;
    testing::card();  // made once, before the first child
    std::mt19937_64 chance(20'251'121);
    std::map<std::string, char> accepted;
    for (int kill = 0; kill < 40; ++kill) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t worker = ::fork();
        if (worker == 0) work(box.path(), box.key, ends[1]);
        ::close(ends[1]);
        const timespec moment{0, static_cast<long>(chance() % 60'000'000)};
        ::nanosleep(&moment, nullptr);
        ::kill(worker, SIGKILL);
        int status = 0;
        ::waitpid(worker, &status, 0);
        ASSERT_FALSE(WIFEXITED(status)) << "the worker ended by itself with code " << WEXITSTATUS(status);
        const std::string said = read_all(ends[0]);
        ::close(ends[0]);
        for (std::size_t at = 0; at + 37 <= said.size(); at += 37) accepted.emplace(said.substr(at + 1, 36), said[at]);
    }
    EXPECT_GT(accepted.size(), 80u) << "the workers must get somewhere before they are killed";
    box.open();
    EXPECT_FALSE(box->damage());
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
    for (const auto& [text, word] : accepted) {
        const RequestId id = *RequestId::parse(text);
        EXPECT_EQ(must(decode_declaration(must(box->declaration(id)))), form_of(id));
        const RequestDetail detail = must(box->show(id));
        EXPECT_TRUE(detail.summary.has(Mark::Declared));
        EXPECT_EQ(detail.request.method == Method::Declaration, word == 'q');
    }
}

}  // namespace
}  // namespace uketsuke::net
