// uketsuke-queue export, where there is less to give than was asked for.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdio>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::must;
using testing::read_file;
using testing::start_time;

TEST(QueueExport, SaysOfADeclarationWithoutAPageThatItIsNotAmongTheDocuments) {
    testing::TestOutbox box;
    const std::filesystem::path key_file = box.folder / "outbox.key", folder = box.folder / "evidence";
    box.key = must(SealingKey::load(key_file, KeyCreation::IfAbsent));
    box.open();
    const SignedRequest other = testing::signed_request();
    must(box->enqueue(other, start_time()));
    Declaration form = testing::declared_form();
    form.page.clear();
    must(box->enqueue(testing::declared_request(form), start_time()));
    for (int i = 0; i < 2; ++i) must(box->claim(start_time() + 1h, 60s));
    must(box->delivered(form.id, std::vector<std::uint8_t>{'o', 'k'}, start_time()));
    must(box->settle());
    const std::string command = std::string(QUEUE_PROGRAM) + " --outbox " + box.path().string() + " --key " +
                                key_file.string() + " export --documents " + folder.string() + " 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string out;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) out.push_back(static_cast<char>(c));
    EXPECT_EQ(WEXITSTATUS(::pclose(pipe)), 1);
    EXPECT_THAT(out, HasSubstr("\"page\":null"));
    EXPECT_THAT(out, HasSubstr("has no page"));
    EXPECT_THAT(out, HasSubstr(other.id.text())) << "the others are exported";
    EXPECT_FALSE(std::filesystem::exists(folder / (form.id.text() + "-declaration.pdf")));
    EXPECT_EQ(read_file(folder / (form.id.text() + "-answer.xml")), "ok") << "its answer is";
}

}  // namespace
}  // namespace uketsuke::net
