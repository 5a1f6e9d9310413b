#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/programs/queue/commands.h"
#include "app/programs/queue/common.h"
#include "net/declaration.h"

namespace uketsuke::queue {
namespace {

namespace fs = std::filesystem;

net::Result<void> write_private(const fs::path& file, const std::vector<std::uint8_t>& bytes) {
    const auto failed = [&](int error) {
        return net::fail(net::Fault::StorageFailed, file.string() + ": " + std::strerror(error));
    };
    // Never through a link, never over a file that is there: it may be evidence.
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return failed(errno);
    std::size_t written = 0;
    int error = 0;
    while (written < bytes.size() && error == 0) {
        const ssize_t n = ::write(fd, bytes.data() + written, bytes.size() - written);
        if (n < 0 && errno != EINTR) error = errno;
        if (n > 0) written += static_cast<std::size_t>(n);
    }
    if (::close(fd) != 0 && error == 0) error = errno;
    if (error == 0) return {};
    ::unlink(file.c_str());
    return failed(error);
}

// The page of the row's self-declaration. NotFound: none could be made of it, and its line says so.
net::Result<void> write_page(const net::Outbox& outbox, const net::RequestId& id, const fs::path& folder, Json& line) {
    auto bytes = outbox.declaration(id);
    if (!bytes) return tl::unexpected(bytes.error());
    auto form = net::decode_declaration(*bytes);
    net::wipe(*bytes);
    if (!form) return tl::unexpected(form.error());
    const std::string name = id.text() + "-declaration.pdf";
    net::Result<void> done;
    if (form->page.empty()) {
        line["page"] = nullptr;
        done = net::fail(net::Fault::NotFound,
                         "request " + id.text() + ": its declaration has no page, and is not among the documents");
    } else {
        line["page"] = name;
        done = write_private(folder / name, form->page);
    }
    net::wipe(*form);
    return done;
}

// The row's documents as files beside each other, and their names in its line.
net::Result<void> write_documents(const net::Outbox& outbox, const net::RequestId& id, const fs::path& folder,
                                  Json& line) {
    auto detail = outbox.show(id);
    if (!detail) return tl::unexpected(detail.error());
    const std::string request = id.text() + "-request.xml", answer = id.text() + "-answer.xml";
    net::Result<void> done;
    if (!detail->request.body.empty()) {
        line["request"] = request;
        done = write_private(folder / request, detail->request.body);
    }
    // What is wrong with the page does not keep the answer back.
    net::Result<void> page;
    if (done && detail->summary.has_declaration) page = write_page(outbox, id, folder, line);
    if (done && !detail->answer.empty()) {
        line["answer"] = answer;
        done = write_private(folder / answer, detail->answer);
    }
    net::wipe(detail->request);
    net::wipe(detail->answer);
    return done ? page : done;
}

}  // namespace

int export_rows(const Arguments& a) {
    net::Result<net::RequestId> only = net::RequestId{};
    if (!a.id.empty() && !(only = id_of(a))) return trouble(only.error());
    if (!a.documents.empty() && a.key.empty()) {
        return trouble({net::Fault::BadKey, "--documents needs --key: the documents are sealed"});
    }
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    if (!a.documents.empty() && ::mkdir(a.documents.c_str(), 0700) != 0 && errno != EEXIST) {
        return trouble({net::Fault::StorageFailed, a.documents + ": " + std::strerror(errno)});
    }
    constexpr std::int64_t all = 1'000'000;
    const auto rows = (*outbox)->list(all);
    if (!rows) return trouble(rows.error());
    // First the record, then what leaves: never the other way round.
    const std::string more = std::to_string(a.id.empty() ? rows->size() : 1) + " requests" +
                             (a.documents.empty() ? "" : " with their documents");
    if (const auto recorded = record(a, "requests exported", a.id, more); !recorded) return trouble(recorded.error());
    int code = 0;
    std::int64_t found = 0;
    for (const net::RequestSummary& row : *rows) {
        if (!a.id.empty() && row.id != *only) continue;
        ++found;
        Json line = json_of(row);
        if (!a.documents.empty()) {
            // One row that cannot be read does not keep the others from being rescued.
            if (auto done = write_documents(**outbox, row.id, a.documents, line); !done) code = trouble(done.error());
        }
        fmt::print("{}\n", line.dump());
    }
    if (!a.id.empty() && found == 0) return trouble({net::Fault::NotFound, "no request " + a.id});
    return code;
}

}  // namespace uketsuke::queue
