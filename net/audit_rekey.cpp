#include <fcntl.h>

#include <cerrno>

#include "net/audit_log.h"
#include "net/internal/audit_head.h"
#include "net/internal/audit_seal.h"
#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

struct Resealed {
    std::string bytes;
    bool changed = false;
};

// A line that `into` opens is one that an earlier call, cut off before the head, has sealed anew.
Result<Resealed> seal_anew(int fd, const std::string& name, const SealingKey& from, const SealingKey& into) {
    Resealed all;
    const auto take = [&](std::string_view text, std::uint64_t, bool whole) {
        const auto line = internal::open_audit_line(from, text);
        if (line && whole) {
            all.bytes += internal::seal_audit_line(into, *line + "\n");
            all.changed = true;
        } else {
            all.bytes.append(text).append(whole ? "\n" : "");
        }
        return true;
    };
    if (auto read = internal::each_audit_line(fd, 0, name, take); !read) return tl::unexpected(read.error());
    return all;
}

}  // namespace

Result<void> rekey_audit_log(const std::filesystem::path& path, const SealingKey& from, const SealingKey& into) {
    const auto head = internal::read_audit_head(path, internal::audit_head_key(from));
    if (!head) return tl::unexpected(head.error());
    const std::string name = "audit log " + path.string();
    const internal::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!fd.ok()) return tl::unexpected(internal::folder_error(errno, path.string()));
    const auto lines = seal_anew(fd.get(), name, internal::audit_line_key(from), internal::audit_line_key(into));
    if (!lines) return tl::unexpected(lines.error());
    // The head last: while it is of the old key, the call can be repeated.
    if (lines->changed) {
        if (auto written = internal::replace_file(path, lines->bytes, fd.get()); !written) return written;
    }
    return internal::write_audit_head(path, internal::audit_head_key(into), *head, fd.get());
}

}  // namespace uketsuke::net
