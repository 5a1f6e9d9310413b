// The record of a tablet: whoever finds it reads neither who visits nor what they did.
#include <gmock/gmock.h>

#include "net/internal/audit_line.h"
#include "tests/net/audit_fixture.h"

namespace uketsuke::net {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::fault_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using ::testing::Not;
using testing::read_file;

struct AuditSealTest : testing::AuditFixture {
    std::unique_ptr<AuditLog> open_sealed() {
        AuditOptions options = manual();
        options.sealed = true;
        return must(AuditLog::open(path, key.share(), std::move(options)));
    }
    void fill_sealed(int entries) {
        const auto log = open_sealed();
        for (int i = 0; i < entries; ++i) {
            must(log->append({"山田 花子", "tour begun", "code", "r" + std::to_string(i), "more"}));
            pass(std::chrono::minutes(1));
        }
    }
    std::vector<std::string> who(const std::optional<SealingKey>& with) const {
        std::vector<std::string> all;
        const auto keep = [&](const AuditEntry& entry) {
            all.push_back(entry.act.who);
            return true;
        };
        must(read_audit_log(path, keep, with));
        return all;
    }
};

TEST_F(AuditSealTest, ShowsNobodyWithoutTheKeyWhoDidWhat) {
    fill_sealed(3);
    const std::string bytes = read_file(path) + read_file(head);
    for (const char* word : {"山田", "tour", "code", "boot", "\"n\""}) EXPECT_THAT(bytes, Not(HasSubstr(word)));
    EXPECT_THAT(read_file(path), Not(HasSubstr("{")));
    EXPECT_THAT(who(key.share()), ElementsAre("山田 花子", "山田 花子", "山田 花子"));
    EXPECT_EQ(must(open_sealed()->latest(1)).at(0).act.on, "r2");
}

TEST_F(AuditSealTest, GoesOnAfterARestartAndVerifiesWithTheKey) {
    fill_sealed(3);
    fill_sealed(2);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_EQ(verify().entries, 5U);
    EXPECT_EQ(verify().head, open_sealed()->head());
}

TEST_F(AuditSealTest, SaysOnceThatItIsSealedWhereThereIsNoKey) {
    fill_sealed(3);
    EXPECT_THAT(findings(false), ElementsAre(AuditFinding::Unreadable));
    EXPECT_THAT(verify(false).problems.at(0).says, HasSubstr("sealed"));
    EXPECT_EQ(verify(false).entries, 0U);
    EXPECT_EQ(fault_of(read_audit_log(path, [](const AuditEntry&) { return true; })), Fault::BadKey);
    key = SealingKey::random();
    EXPECT_THAT(findings(), Contains(AuditFinding::HeadForeign));
    EXPECT_THAT(findings(), Contains(AuditFinding::Altered));
    EXPECT_THAT(who(key.share()), IsEmpty());
}

TEST_F(AuditSealTest, ShowsEveryByteThatWasAltered) {
    fill_sealed(2);
    const std::string bytes = read_file(path);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const int bit : {0x01, 0x20}) {
            std::string altered = bytes;
            altered[at] = static_cast<char>(altered[at] ^ bit);
            testing::write_file(path, altered);
            ASSERT_FALSE(verify().intact()) << at;
        }
    }
}

TEST_F(AuditSealTest, FindsLinesThatWereRemovedReorderedOrPutBack) {
    fill_sealed(4);
    const auto all = lines();
    write_lines({all[0], all[2], all[3]});
    EXPECT_THAT(findings(), Contains(AuditFinding::Broken));
    write_lines({all[0], all[2], all[1], all[3]});
    EXPECT_THAT(findings(), Contains(AuditFinding::Broken));
    write_lines({all[0], all[1], all[2]});
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::CutOff));
    write_lines({all[0], all[1], all[2], all[3], all[3]});
    EXPECT_THAT(findings(), Contains(AuditFinding::Broken));
}

TEST_F(AuditSealTest, GoesOnFromAPlainLogAndACounterKioskStaysPlain) {
    fill(2);
    fill_sealed(2);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_THAT(who(key.share()), ElementsAre("sato", "sato", "山田 花子", "山田 花子"));
    EXPECT_EQ(lines().at(0).front(), '{');
    EXPECT_NE(lines().at(2).front(), '{');
}

TEST_F(AuditSealTest, TheLongestEntryFitsIntoOneSealedLine) {
    const std::string longest(300, '"');
    const auto log = open_sealed();
    now.boot = std::string(300, '\\');
    must(log->append({longest, longest, longest, longest, longest}));
    EXPECT_LT(lines().at(0).size(), internal::longest_audit_line);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(AuditSealTest, ASealedLineThatACrashLeftHalfWrittenIsSetAsideSealed) {
    fill_sealed(2);
    const std::string bytes = read_file(path);
    testing::write_file(path, bytes + lines().at(1).substr(0, 60));
    const auto log = open_sealed();
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_EQ(must(log->latest(1)).at(0).act.what, "torn line set aside");
    EXPECT_EQ(read_file(folder / "audit.log.torn").size(), 61U);
}

TEST_F(AuditSealTest, IsSealedAnewLineByLineUnderAnotherKeyAlsoAfterACut) {
    fill_sealed(3);
    const std::string old_head = read_file(head);
    SealingKey fresh = SealingKey::random();
    must(rekey_audit_log(path, key, fresh));
    testing::write_file(head, old_head);
    must(rekey_audit_log(path, key, fresh));
    EXPECT_EQ(fault_of(rekey_audit_log(path, key, fresh)), Fault::BadPayload);
    key = std::move(fresh);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_EQ(who(key.share()).size(), 3U);
    fill_sealed(1);
    EXPECT_THAT(findings(), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::net
