#include "net/receipt_folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "net/internal/hex.h"
#include "net/internal/place_file.h"
#include "net/internal/sha256.h"
#include "net/oqs_xml.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

constexpr std::string_view request_prefix = "OQSsiquc01req";
constexpr std::string_view result_prefix = "OQSsiquc01res";
constexpr std::string_view extension = ".xml";
constexpr std::size_t longest_name = 200;
constexpr std::size_t most_names = 10'000;
constexpr std::size_t most_at_once = 10;
constexpr int most_variants = 10;

// When it changed counts, too: the same question may be written anew tomorrow.
FileDigest digest_of(std::int64_t changed_at, std::string_view bytes) {
    std::string all = std::to_string(changed_at) + "\n";
    all.append(bytes);
    const FileDigest digest = internal::sha256(all);
    wipe(all);
    return digest;
}

std::int64_t changed_at(const struct stat& info) {
    return std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
}

std::string without_dashes(const RequestId& id) {
    std::string text = id.text();
    std::erase(text, '-');
    return text;
}

std::string abnormal_answer(WallTime now, const std::string& code, const std::string& message) {
    OqsAnswer answer;
    answer.header.process_execution_time = jst_date_time(std::chrono::floor<std::chrono::seconds>(now));
    answer.header.segment_of_result = SegmentOfResult::Abnormal;
    answer.header.error_code = code;
    answer.header.error_message = message;
    answer.header.character_code_identifier = std::string("0");
    return write_answer(answer);
}

struct Closer {
    void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

std::string face_file_name(const RequestId& id, WallTime received_at) {
    return "OQSsiquc01res_face_" + without_dashes(id) + "_" +
           jst_date_time(std::chrono::floor<std::chrono::seconds>(received_at)) + ".xml";
}

std::string result_file_name(std::string_view name) {
    const bool ours = name.size() <= longest_name && name.size() > request_prefix.size() + extension.size() &&
                      name.starts_with(request_prefix) && name.ends_with(extension);
    if (!ours) return "";
    return std::string(result_prefix) + std::string(name.substr(request_prefix.size()));
}

RequestId request_id_of(const FileDigest& digest) {
    auto bytes = digest;
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    std::string text = internal::to_hex(std::span(bytes).first(16));
    for (const std::size_t at : {20u, 16u, 12u, 8u}) text.insert(at, "-");
    return RequestId::parse(text).value_or(RequestId{});
}

std::string unreadable_answer(WallTime now) {
    return abnormal_answer(now, "UKETSUKE-E01", "資格確認の要求ファイルとして読み取れません。");
}

std::string refused_answer(WallTime now, const std::string& code) {
    return abnormal_answer(now, code, "資格確認サービスが要求を受け付けませんでした。");
}

ReceiptFolder::ReceiptFolder(ReceiptFolders folders) : m_folders(std::move(folders)) {}

Result<void> ReceiptFolder::check(const std::filesystem::path& folder) const {
    struct stat info {};
    if (::stat(folder.c_str(), &info) != 0) {
        return tl::unexpected(internal::folder_error(errno, "folder " + folder.string()));
    }
    if (!S_ISDIR(info.st_mode)) return fail(Fault::FolderAway, "folder " + folder.string() + ": it is a file");
    if (m_folders.mount_point.empty()) return {};
    // The empty folder under a mount that is missing would take the files, and nobody would ever find them.
    struct stat at {};
    struct stat above {};
    const std::filesystem::path& point = m_folders.mount_point;
    if (::stat(point.c_str(), &at) != 0 || ::stat((point / "..").c_str(), &above) != 0) {
        return tl::unexpected(internal::folder_error(errno, "mount point " + point.string()));
    }
    if (at.st_dev == above.st_dev) {
        return fail(Fault::FolderAway, "mount point " + point.string() + ": nothing is mounted there");
    }
    return {};
}

Result<void> ReceiptFolder::file_answer(const RequestId& id, WallTime received_at, std::string_view document) {
    if (auto there = check(m_folders.face); !there) return there;
    const std::string name = face_file_name(id, received_at);
    for (int variant = 1; variant <= most_variants; ++variant) {
        std::string tried = name;
        if (variant > 1) tried.insert(tried.rfind('_'), "-" + std::to_string(variant));
        const auto placed = internal::place_file(m_folders.face, tried, document);
        if (placed) return {};
        if (placed.error().fault != Fault::Conflict) return tl::unexpected(placed.error());
    }
    return fail(Fault::Conflict, "folder " + m_folders.face.string() + ": other files have every name of " + name);
}

Result<void> ReceiptFolder::list_requests() {
    m_names.clear();
    const std::unique_ptr<DIR, Closer> directory(::opendir(m_folders.requests.c_str()));
    if (!directory) return tl::unexpected(internal::folder_error(errno, "folder " + m_folders.requests.string()));
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(directory.get());
        if (entry == nullptr) break;
        if (!result_file_name(entry->d_name).empty()) m_names.emplace_back(entry->d_name);
        if (m_names.size() >= most_names) break;
    }
    if (errno != 0) return tl::unexpected(internal::folder_error(errno, "folder " + m_folders.requests.string()));
    std::sort(m_names.begin(), m_names.end());
    return {};
}

Result<std::vector<RequestFile>> ReceiptFolder::waiting_requests(std::chrono::milliseconds now) {
    for (const auto& folder : {m_folders.requests, m_folders.results}) {
        if (auto there = check(folder); !there) return tl::unexpected(there.error());
    }
    if (auto listed = list_requests(); !listed) return tl::unexpected(listed.error());
    std::erase_if(m_looks,
                  [&](const auto& look) { return !std::binary_search(m_names.begin(), m_names.end(), look.first); });
    std::vector<RequestFile> ready;
    for (const std::string& name : m_names) {
        if (ready.size() >= most_at_once) break;
        if (internal::is_taken(m_folders.results / result_file_name(name))) continue;
        struct stat info {};
        const std::filesystem::path file = m_folders.requests / name;
        if (::lstat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
        const auto known = m_looks.find(name);
        if (known != m_looks.end() && known->second.done && known->second.changed_at == changed_at(info)) continue;
        auto bytes = internal::read_plain_file(file, m_folders.largest);
        const bool too_big = !bytes && bytes.error().fault == Fault::AnswerTooBig;
        if (!bytes && !too_big) {
            if (bytes.error().fault == Fault::FolderAway) return tl::unexpected(bytes.error());
            continue;
        }
        RequestFile request{name, too_big ? std::string() : std::move(*bytes), {}, true};
        request.digest = digest_of(changed_at(info), request.document);
        const Look first{request.digest, now, changed_at(info), false};
        const auto [look, fresh] = m_looks.try_emplace(name, first);
        if (look->second.digest != request.digest) look->second = first;
        const auto unchanged = now - look->second.since;
        if (fresh || unchanged < m_folders.still) continue;
        request.readable = !too_big && read_request(request.document).has_value();
        if (!request.readable && unchanged < m_folders.unreadable) continue;
        ready.push_back(std::move(request));
    }
    return ready;
}

void ReceiptFolder::done_with(const RequestFile& request) {
    const auto look = m_looks.find(request.name);
    if (look != m_looks.end() && look->second.digest == request.digest) look->second.done = true;
}

Result<void> ReceiptFolder::answer(const RequestFile& request, std::string_view document) {
    if (auto there = check(m_folders.results); !there) return there;
    const auto placed = internal::place_file(m_folders.results, result_file_name(request.name), document);
    if (!placed && placed.error().fault != Fault::Conflict) return tl::unexpected(placed.error());
    done_with(request);
    return {};
}

}  // namespace uketsuke::net
