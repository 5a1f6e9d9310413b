#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "net/audit_log.h"
#include "net/internal/audit_head.h"
#include "net/internal/audit_line.h"
#include "net/internal/audit_seal.h"
#include "net/internal/place_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

using internal::AuditHead;
using internal::AuditLine;

constexpr std::size_t most_problems = 100;
constexpr std::int64_t smallest_jump_ms = 2'000;
constexpr std::int64_t an_hour_in_seconds = 3'600;

// A log that is gone is one without entries: its head still says what there was.
Result<internal::UniqueFd> open_log(const std::filesystem::path& path) {
    internal::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (fd.ok() || (errno == ENOENT && internal::is_taken(internal::audit_head_file(path)))) return fd;
    if (errno == ENOENT) return fail(Fault::NotFound, "audit log " + path.string() + ": there is none");
    return tl::unexpected(internal::folder_error(errno, "audit log " + path.string()));
}

std::optional<SealingKey> line_key_of(const std::optional<SealingKey>& key) {
    return key ? std::optional(internal::audit_line_key(*key)) : std::nullopt;
}

class Verifier {
  public:
    Verifier(std::optional<AuditHead> head, const SealingKey* line_key)
        : m_head(std::move(head)), m_line_key(line_key) {}

    bool take(std::string_view text, bool whole) {
        ++m_line;
        internal::AuditLineFault fault{};
        const auto line = internal::read_stored_audit_line(text, m_line_key, fault);
        if (!whole) {
            note(AuditFinding::Unreadable, line ? "its end is missing" : "it was not written to its end");
            return true;
        }
        if (!line && fault == internal::AuditLineFault::Sealed) {
            if (!std::exchange(m_says_sealed, true)) {
                note_whole(AuditFinding::Unreadable, "it has sealed lines: without the key they are not checked");
            }
            return true;
        }
        if (!line) {
            const bool altered = fault == internal::AuditLineFault::Altered;
            note(altered ? AuditFinding::Altered : AuditFinding::Unreadable,
                 altered ? "its hash or its seal does not hold: it was altered, or sealed with another key"
                         : "it is no entry of an audit log");
            return true;
        }
        compare_with_last(*line);
        compare_clocks(*line);
        ++m_check.entries;
        m_check.head = line->entry.hash;
        if (m_head && line->entry.number == m_head->entries) m_hash_at_head = line->entry.hash;
        if (m_head && line->entry.number == m_head->entries + 1) m_hash_after_head = line->entry.hash;
        m_last = *line;
        return true;
    }

    void compare_with_head() {
        const std::uint64_t last = m_last ? m_last->entry.number : 0;
        if (last < m_head->entries) {
            note_whole(AuditFinding::CutOff, "it ends with entry " + std::to_string(last) + ", and the head knows " +
                                                 std::to_string(m_head->entries));
        } else if (m_head->entries > 0 && m_hash_at_head != m_head->hash) {
            note_whole(AuditFinding::CutOff,
                       "entry " + std::to_string(m_head->entries) + " is another one than the head knows");
        } else if (last > m_head->entries + 1) {
            note_whole(AuditFinding::HeadOld, "it goes on to entry " + std::to_string(last) +
                                                  ", and the head knows only " + std::to_string(m_head->entries));
        } else if (last == m_head->entries + 1 && m_hash_after_head != m_head->next) {
            note_whole(AuditFinding::HeadOld, "its last entry was not announced by the head");
        }
    }

    void note_whole(AuditFinding finding, std::string says) { add({finding, 0, std::move(says)}); }
    AuditCheck result() { return std::move(m_check); }
    bool has_entries() const { return m_line > 0; }

  private:
    void note(AuditFinding finding, std::string says) { add({finding, m_line, std::move(says)}); }
    void add(AuditProblem problem) {
        if (m_check.problems.size() < most_problems) {
            m_check.problems.push_back(std::move(problem));
        } else if (problem.finding != AuditFinding::ClockBack && problem.finding != AuditFinding::ClockJump) {
            // Many jumps of the clock must not crowd out a broken chain.
            m_check.problems.back() = std::move(problem);
        }
    }

    void compare_with_last(const AuditLine& line) {
        const std::string& before = m_last ? m_last->entry.hash : internal::no_audit_hash;
        const std::uint64_t number = m_last ? m_last->entry.number + 1 : 1;
        if (line.before == before && line.entry.number == number) return;
        note(AuditFinding::Broken, "entry " + std::to_string(line.entry.number) +
                                       " does not follow the line before it: something was removed, inserted or "
                                       "reordered");
    }

    void compare_clocks(const AuditLine& line) {
        if (!m_last) return;
        const std::int64_t passed = (line.entry.at - m_last->entry.at).count();
        if (passed < 0) {
            note(AuditFinding::ClockBack,
                 "the clock stood " + std::to_string(-passed / 1'000) + " s earlier than at the entry before");
            return;
        }
        if (line.boot != m_last->boot) return;
        const std::int64_t up = line.up_ms - m_last->up_ms;
        const std::int64_t allowed = std::max(smallest_jump_ms, up / an_hour_in_seconds);
        if (up >= 0 && passed - up <= allowed && up - passed <= allowed) return;
        note(AuditFinding::ClockJump, "since the entry before the clock moved by " + std::to_string(passed / 1'000) +
                                          " s, and " + std::to_string(up / 1'000) + " s passed");
    }

    std::optional<AuditHead> m_head;
    const SealingKey* m_line_key;
    bool m_says_sealed = false;
    AuditCheck m_check;
    std::uint64_t m_line = 0;
    std::optional<AuditLine> m_last;
    std::string m_hash_at_head, m_hash_after_head;
};

}  // namespace

const char* name_of(AuditFinding finding) {
    switch (finding) {
        case AuditFinding::Unreadable:
            return "unreadable";
        case AuditFinding::Altered:
            return "altered";
        case AuditFinding::Broken:
            return "broken";
        case AuditFinding::CutOff:
            return "cut off";
        case AuditFinding::HeadMissing:
            return "head missing";
        case AuditFinding::HeadForeign:
            return "head foreign";
        case AuditFinding::HeadOld:
            return "head old";
        case AuditFinding::ClockBack:
            return "clock back";
        case AuditFinding::ClockJump:
            return "clock jump";
    }
    return "unreadable";
}

bool AuditCheck::intact() const {
    return std::all_of(problems.begin(), problems.end(), [](const AuditProblem& problem) {
        return problem.finding == AuditFinding::ClockBack || problem.finding == AuditFinding::ClockJump;
    });
}

Result<AuditCheck> verify_audit_log(const std::filesystem::path& path, const std::optional<SealingKey>& key) {
    const auto line_key = line_key_of(key);
    // The head first: what is appended meanwhile is ahead of it, and read again when that looks like trouble.
    for (int tries_left = 3;; --tries_left) {
        auto head = key ? internal::read_audit_head(path, internal::audit_head_key(*key))
                        : Result<AuditHead>(tl::unexpected(Error{}));
        if (key && !head && head.error().fault != Fault::NotFound && head.error().fault != Fault::BadPayload) {
            return tl::unexpected(head.error());
        }
        const auto fd = open_log(path);
        if (!fd) return tl::unexpected(fd.error());
        Verifier verifier(head ? std::optional<AuditHead>(*head) : std::nullopt, line_key ? &*line_key : nullptr);
        if (fd->ok()) {
            const auto read = internal::each_audit_line(
                fd->get(), 0, "audit log " + path.string(),
                [&](std::string_view text, std::uint64_t, bool whole) { return verifier.take(text, whole); });
            if (!read) return tl::unexpected(read.error());
        }
        if (head) {
            verifier.compare_with_head();
        } else if (key && head.error().fault == Fault::NotFound) {
            verifier.note_whole(AuditFinding::HeadMissing, "there is no head beside it");
        } else if (key) {
            verifier.note_whole(AuditFinding::HeadForeign,
                                "the seal of the head does not hold: it was altered, or is of another key");
        }
        AuditCheck check = verifier.result();
        if (check.intact() || !head || tries_left == 0) return check;
        const auto again = internal::read_audit_head(path, internal::audit_head_key(*key));
        if (again && *again == *head) return check;
    }
}

Result<void> read_audit_log(const std::filesystem::path& path, const std::function<bool(const AuditEntry&)>& each,
                            const std::optional<SealingKey>& key) {
    const auto fd = open_log(path);
    if (!fd) return tl::unexpected(fd.error());
    if (!fd->ok()) return {};
    const auto line_key = line_key_of(key);
    bool sealed = false;
    const auto take = [&](std::string_view text, std::uint64_t, bool whole) {
        internal::AuditLineFault fault{};
        const auto line = internal::read_stored_audit_line(text, line_key ? &*line_key : nullptr, fault);
        sealed = !line && fault == internal::AuditLineFault::Sealed;
        return !sealed && (!line || !whole || each(line->entry));
    };
    auto read = internal::each_audit_line(fd->get(), 0, "audit log " + path.string(), take);
    if (read && sealed)
        return fail(Fault::BadKey, "audit log " + path.string() + ": it is sealed, and there is no key");
    return read;
}

}  // namespace uketsuke::net
