#include "net/receipt_folder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <cstring>

#include "net/oqs_xml.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::fault_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using testing::read_file;
using testing::ScratchFolder;
using testing::start_time;
using testing::write_file;

constexpr const char* question =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<XmlMsg><MessageHeader>"
    "<MedicalInstitutionCode>1312345670</MedicalInstitutionCode></MessageHeader><MessageBody>"
    "<QualificationConfirmSearchInfo><InsurerNumber>  138057</InsurerNumber>"
    "</QualificationConfirmSearchInfo></MessageBody></XmlMsg>";

struct Folders : ::testing::Test {
    ScratchFolder root;
    ReceiptFolders folders{root / "face", root / "req", root / "res", {}};
    ReceiptFolder folder = make();
    const RequestId id = *RequestId::parse("0b7c3a52-5a0e-4d4e-9a3c-0123456789ab");

    ReceiptFolder make() {
        for (const auto& each : {folders.face, folders.requests, folders.results}) {
            std::filesystem::create_directory(each);
        }
        return ReceiptFolder(folders);
    }
    std::vector<std::string> names(const std::filesystem::path& where) const {
        std::vector<std::string> all;
        for (const auto& entry : std::filesystem::directory_iterator(where)) {
            all.push_back(entry.path().filename().string());
        }
        std::sort(all.begin(), all.end());
        return all;
    }
    // A file counts from its second look on.
    std::vector<RequestFile> settled() {
        must(folder.waiting_requests(1'000ms));
        return must(folder.waiting_requests(2'000ms));
    }
};

TEST_F(Folders, FileAnAnswerUnderTheNameThatReceiptComputersLookFor) {
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    const std::string name = "OQSsiquc01res_face_0b7c3a525a0e4d4e9a3c0123456789ab_20251009175320.xml";
    EXPECT_THAT(names(folders.face), ElementsAre(name)) << "and no part of it";
    EXPECT_EQ(read_file(folders.face / name), "<XmlMsg/>");
}

TEST_F(Folders, FileTheSameAnswerAgainAfterACrashWithoutASecondFile) {
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    EXPECT_EQ(names(folders.face).size(), 1u);
}

TEST_F(Folders, NeverOverwriteAFileThatIsNotThis) {
    const std::string name = face_file_name(id, start_time());
    write_file(folders.face / name, "somebody else's");
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    EXPECT_EQ(read_file(folders.face / name), "somebody else's");
    EXPECT_EQ(read_file(folders.face / "OQSsiquc01res_face_0b7c3a525a0e4d4e9a3c0123456789ab-2_20251009175320.xml"),
              "<XmlMsg/>");
}

TEST_F(Folders, FollowNoLinkThatLiesUnderTheName) {
    write_file(root / "elsewhere", "precious");
    std::filesystem::create_symlink(root / "elsewhere", folders.face / face_file_name(id, start_time()));
    std::filesystem::create_symlink(root / "elsewhere", folders.face / (face_file_name(id, start_time()) + ".part"));
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    EXPECT_EQ(read_file(root / "elsewhere"), "precious");
}

TEST_F(Folders, ReplaceThePartThatAKilledKioskLeft) {
    write_file(folders.face / (face_file_name(id, start_time()) + ".part"), "<XmlM");
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    EXPECT_THAT(names(folders.face), ElementsAre(face_file_name(id, start_time())));
}

TEST_F(Folders, SayThatTheyAreAwayAndWorkWhenTheyAreBack) {
    std::filesystem::rename(folders.face, root / "away");
    const auto filed = folder.file_answer(id, start_time(), "<XmlMsg/>");
    EXPECT_EQ(fault_of(filed), Fault::FolderAway);
    EXPECT_THAT(filed.error().where, HasSubstr(folders.face.string()));
    std::filesystem::rename(root / "away", folders.face);
    must(folder.file_answer(id, start_time(), "<XmlMsg/>"));
    EXPECT_EQ(names(folders.face).size(), 1u);
    write_file(root / "a file", "");
    folders.face = root / "a file";
    EXPECT_EQ(fault_of(ReceiptFolder(folders).file_answer(id, start_time(), "<XmlMsg/>")), Fault::FolderAway);
}

TEST_F(Folders, AreAwayWhileNothingIsMountedAtTheMountPoint) {
    folders.mount_point = root.path();
    folders.face = root / "share";
    std::filesystem::create_directory(folders.face);
    ReceiptFolder mounted(folders);
    const auto filed = mounted.file_answer(id, start_time(), "<XmlMsg/>");
    EXPECT_EQ(fault_of(filed), Fault::FolderAway);
    EXPECT_THAT(names(folders.face), IsEmpty()) << "files under a mount point are lost from sight";
    if (::mount("tmpfs", root.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
        GTEST_SKIP() << "needs the right to mount a tmpfs: " << std::strerror(errno);
    }
    std::filesystem::create_directory(folders.face);
    const auto again = mounted.file_answer(id, start_time(), "<XmlMsg/>");
    EXPECT_EQ(names(folders.face).size(), 1u);
    ASSERT_EQ(::umount(root.path().c_str()), 0);
    must(again);
}

TEST_F(Folders, SayThatTheDiskIsFullAndLeaveNoPart) {
    if (::mount("tmpfs", folders.face.c_str(), "tmpfs", 0, "size=64k") != 0) {
        GTEST_SKIP() << "needs the right to mount a tmpfs: " << std::strerror(errno);
    }
    const auto filed = folder.file_answer(id, start_time(), std::string(200'000, 'x'));
    const auto left = names(folders.face);
    ASSERT_EQ(::umount(folders.face.c_str()), 0);
    EXPECT_EQ(fault_of(filed), Fault::StorageFull);
    EXPECT_THAT(left, IsEmpty());
}

TEST_F(Folders, TakeARequestOnlyOnceItHasStoppedChanging) {
    const auto file = folders.requests / "OQSsiquc01req_202511210001.xml";
    write_file(file, std::string(question).substr(0, 60));
    EXPECT_THAT(must(folder.waiting_requests(1'000ms)), IsEmpty());
    write_file(file, question);
    EXPECT_THAT(must(folder.waiting_requests(1'250ms)), IsEmpty()) << "it has just changed";
    EXPECT_THAT(must(folder.waiting_requests(1'400ms)), IsEmpty()) << "150 ms are not enough";
    const auto ready = must(folder.waiting_requests(1'550ms));
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_EQ(ready[0].name, "OQSsiquc01req_202511210001.xml");
    EXPECT_EQ(ready[0].document, question);
    EXPECT_TRUE(ready[0].readable);
}

TEST_F(Folders, AnswerARequestUnderItsNameAndLeaveTheRequestAlone) {
    write_file(folders.requests / "OQSsiquc01req_a.xml", question);
    const auto ready = settled();
    ASSERT_EQ(ready.size(), 1u);
    must(folder.answer(ready[0], "<XmlMsg/>"));
    EXPECT_EQ(read_file(folders.results / "OQSsiquc01res_a.xml"), "<XmlMsg/>");
    EXPECT_EQ(read_file(folders.requests / "OQSsiquc01req_a.xml"), question);
    EXPECT_THAT(must(folder.waiting_requests(3'000ms)), IsEmpty());
    EXPECT_THAT(folder.names_seen(), ElementsAre("OQSsiquc01req_a.xml"));
}

TEST_F(Folders, LeaveTheAnswerOfAnotherTerminalAsItIs) {
    write_file(folders.requests / "OQSsiquc01req_a.xml", question);
    const auto ready = settled();
    ASSERT_EQ(ready.size(), 1u);
    write_file(folders.results / "OQSsiquc01res_a.xml", "theirs");
    must(folder.answer(ready[0], "<XmlMsg/>"));
    EXPECT_EQ(read_file(folders.results / "OQSsiquc01res_a.xml"), "theirs");
}

TEST_F(Folders, AskTheServiceUnderTheSameKeyForTheSameFileOnly) {
    write_file(folders.requests / "OQSsiquc01req_a.xml", question);
    const auto first = settled();
    ASSERT_EQ(first.size(), 1u);
    folder = ReceiptFolder(folders);
    const auto restarted = settled();
    ASSERT_EQ(restarted.size(), 1u);
    EXPECT_EQ(request_id_of(first[0].digest), request_id_of(restarted[0].digest));
    EXPECT_FALSE(request_id_of(first[0].digest).is_nil());
    // Written again, it asks again.
    const timespec later[2] = {{0, UTIME_OMIT}, {2'000'000'000, 5}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (folders.requests / "OQSsiquc01req_a.xml").c_str(), later, 0), 0);
    must(folder.waiting_requests(5'000ms));
    const auto again = must(folder.waiting_requests(6'000ms));
    ASSERT_EQ(again.size(), 1u);
    EXPECT_NE(request_id_of(first[0].digest), request_id_of(again[0].digest));
}

TEST_F(Folders, AreLookedThroughForRequestFilesAndNothingElse) {
    for (const char* name : {"OQSsiquc01req.xml", "OQSsiquc01req_x.xml.part", "OQSmuquc01req_x.xml", "notes.txt",
                             "OQSsiquc01res_x.xml", "oqssiquc01req_x.xml"}) {
        write_file(folders.requests / name, question);
    }
    std::filesystem::create_directory(folders.requests / "OQSsiquc01req_folder.xml");
    std::filesystem::create_symlink(root / "elsewhere", folders.requests / "OQSsiquc01req_link.xml");
    ASSERT_EQ(::mkfifo((folders.requests / "OQSsiquc01req_pipe.xml").c_str(), 0600), 0);
    write_file(folders.requests / "OQSsiquc01req_good.xml", question);
    const auto ready = settled();
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_EQ(ready[0].name, "OQSsiquc01req_good.xml");
}

TEST_F(Folders, SayWhichRequestIsNoDocumentAfterAWhile) {
    folders.largest = 4'096;
    folder = ReceiptFolder(folders);
    write_file(folders.requests / "OQSsiquc01req_garbage.xml", "<XmlMsg>");
    write_file(folders.requests / "OQSsiquc01req_dtd.xml", std::string("<!DOCTYPE XmlMsg []>") + question);
    write_file(folders.requests / "OQSsiquc01req_huge.xml", std::string(5'000, 'x'));
    must(folder.waiting_requests(1'000ms));
    EXPECT_THAT(must(folder.waiting_requests(5'000ms)), IsEmpty()) << "somebody may still be writing";
    const auto ready = must(folder.waiting_requests(11'000ms));
    ASSERT_EQ(ready.size(), 3u);
    for (const RequestFile& each : ready) EXPECT_FALSE(each.readable) << each.name;
    const OqsAnswer said = must(read_answer(unreadable_answer(start_time())));
    EXPECT_EQ(said.header.segment_of_result, SegmentOfResult::Abnormal);
    EXPECT_EQ(said.header.error_code, "UKETSUKE-E01");
}

TEST_F(Folders, HandOutAtMostTenRequestsAtOnceOldestNameFirst) {
    for (int i = 10; i < 40; ++i) {
        write_file(folders.requests / ("OQSsiquc01req_" + std::to_string(i) + ".xml"), question);
    }
    const auto ready = settled();
    ASSERT_EQ(ready.size(), 10u);
    EXPECT_EQ(ready.front().name, "OQSsiquc01req_10.xml");
    for (const RequestFile& each : ready) must(folder.answer(each, "<XmlMsg/>"));
    EXPECT_EQ(settled().front().name, "OQSsiquc01req_20.xml");
}

TEST_F(Folders, DoNotLetOldQuestionsStandBeforeANewOne) {
    for (int i = 10; i < 40; ++i) {
        write_file(folders.requests / ("OQSsiquc01req_" + std::to_string(i) + ".xml"), question);
    }
    write_file(folders.requests / "OQSsiquc01req_new.xml", question);
    must(folder.waiting_requests(1'000ms));
    for (int round = 0; round < 3; ++round) {
        for (const RequestFile& each : must(folder.waiting_requests(2'000ms))) folder.done_with(each);
    }
    const auto ready = must(folder.waiting_requests(2'000ms));
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_EQ(ready[0].name, "OQSsiquc01req_new.xml");
    // One that was written anew asks anew.
    const timespec later[2] = {{0, UTIME_OMIT}, {2'000'000'000, 5}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (folders.requests / "OQSsiquc01req_20.xml").c_str(), later, 0), 0);
    must(folder.waiting_requests(3'000ms));
    EXPECT_EQ(must(folder.waiting_requests(4'000ms)).size(), 2u);
}

TEST(ReceiptFileNames, TurnARequestIntoItsResult) {
    EXPECT_EQ(result_file_name("OQSsiquc01req_202511210001.xml"), "OQSsiquc01res_202511210001.xml");
    EXPECT_EQ(result_file_name("OQSsiquc01req_face_x.xml"), "OQSsiquc01res_face_x.xml");
    for (const std::string& odd :
         {std::string("OQSsiquc01req.xml"), std::string("OQSsiquc01req_x.XML"), std::string("x"), std::string(),
          "OQSsiquc01req_" + std::string(300, 'a') + ".xml"}) {
        EXPECT_EQ(result_file_name(odd), "") << odd;
    }
}

}  // namespace
}  // namespace uketsuke::net
