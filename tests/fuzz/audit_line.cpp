// A line of the staff record as somebody may have left it: believed only as it is written.
#include <string_view>

#include "net/internal/audit_line.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {

int run_audit_line(Input bytes) {
    const auto input = exact_copy(bytes);
    const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    net::internal::AuditLineFault fault{};
    if (auto line = net::internal::read_audit_line(text, fault)) {
        const std::string hash = line->entry.hash;
        promise(net::internal::write_audit_line(*line) == std::string(text) + "\n", "a second spelling is believed");
        promise(line->entry.hash == hash, "another hash after writing");
    }
    const std::string cleaned = net::internal::audit_text(text);
    promise(cleaned.size() <= 200, "a text that is too long");
    promise(net::internal::audit_text(cleaned) == cleaned, "a cleaned text is cleaned again");
    return 0;
}

}  // namespace uketsuke::fuzz
