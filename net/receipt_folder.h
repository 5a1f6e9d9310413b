#pragma once
// The folders that a clinic's receipt computer (レセコン) shares with the eligibility terminal (facts 2.2, 2.5), local
// or mounted from a server:
//   face/  OQSsiquc01res_face_<id>_<yyyyMMddHHmmss>.xml   the answer for each patient received here, written by us
//   req/   OQSsiquc01req_<…>.xml                          a question of the receipt computer, read by us
//   res/   OQSsiquc01res_<…>.xml                          its answer, written by us
// Files appear whole and are never overwritten; nothing that is not ours is deleted, moved or locked. One thread at a
// time. A folder on a server may block for as long as its server does: use a thread of its own.

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"
#include "net/request_id.h"
#include "net/wall_time.h"

namespace uketsuke::net {

struct ReceiptFolders {
    std::filesystem::path face;      ///< empty: no answers are filed
    std::filesystem::path requests;  ///< empty: no questions are answered
    std::filesystem::path results;
    std::filesystem::path mount_point;     ///< where the share of a server is mounted; empty: the folders are local
    std::size_t largest = 4u << 20;        ///< bytes of a request file
    std::chrono::milliseconds still{300};  ///< a request file must be the same for that long: it may still be written
    std::chrono::seconds unreadable{10};   ///< and for that long, before one that is no document is answered as such
};

/// "OQSsiquc01res_face_<id without dashes>_<yyyyMMddHHmmss>.xml". What stands between "face_" and the date in other
/// terminals' files is not public; ours tells two patients of one second apart.
std::string face_file_name(const RequestId& id, WallTime received_at);
/// "OQSsiquc01req_x.xml" → "OQSsiquc01res_x.xml"; empty when it is no such name or longer than 200 bytes.
std::string result_file_name(std::string_view request_file_name);

using FileDigest = std::array<std::uint8_t, 32>;

struct RequestFile {
    std::string name;
    std::string document;  ///< as it stands in the file; personal
    FileDigest digest{};   ///< of its time of change and its bytes: the same name may ask again tomorrow
    bool readable = true;  ///< an OQSsiquc01req document; otherwise answer it with unreadable_answer()
};

class ReceiptFolder {
  public:
    explicit ReceiptFolder(ReceiptFolders folders);

    /// Writes an answer into face/. Again after a crash is fine. FolderAway, StorageFull, StorageReadOnly,
    /// StorageFailed: try later. Conflict: ten other files have the name's variants.
    Result<void> file_answer(const RequestId& id, WallTime received_at, std::string_view document);

    /// The request files that have no answer in res/ yet and have not changed for a while, oldest name first, at most
    /// ten. `now` is a steady clock's. A file that is no plain file, unreadable for us or just gone is left out.
    Result<std::vector<RequestFile>> waiting_requests(std::chrono::milliseconds now);
    /// It was answered earlier, and the receipt computer has taken the answer away: not handed out again, nor read
    /// again, until it changes.
    void done_with(const RequestFile& request);

    /// Names of every request file that is there, whether answered or not.
    const std::vector<std::string>& names_seen() const { return m_names; }

    /// Writes the answer to `request` into res/. A file that is there already stays and is fine: it is an answer.
    Result<void> answer(const RequestFile& request, std::string_view document);

  private:
    struct Look {
        FileDigest digest{};
        std::chrono::milliseconds since{};
        std::int64_t changed_at = 0;  // nanoseconds, by the folder's clock
        bool done = false;
    };
    Result<void> check(const std::filesystem::path& folder) const;
    Result<void> list_requests();

    ReceiptFolders m_folders;
    std::vector<std::string> m_names;
    std::map<std::string, Look> m_looks;
};

/// The key of a question towards the service: the same file gives the same key, so that an answer that was lost is
/// asked for again and not a second time.
RequestId request_id_of(const FileDigest& digest);

/// SegmentOfResult 9 with our own code and a message in Japanese, for a file that is no OQSsiquc01req document.
std::string unreadable_answer(WallTime now);
/// The same for a question that the service refused without a document of its own; `code` is what it said ("HTTP 400").
std::string refused_answer(WallTime now, const std::string& code);

}  // namespace uketsuke::net
