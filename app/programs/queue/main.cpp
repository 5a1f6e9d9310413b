// uketsuke-queue: looks into a kiosk's outbox, also while the kiosk runs.

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "net/outbox.h"

namespace {

using namespace uketsuke;
using Json = nlohmann::ordered_json;
using Opened = net::Result<std::unique_ptr<net::Outbox>>;

int trouble(const net::Error& error) {
    fmt::print(stderr, "uketsuke-queue: {}\n", error.where);
    return 1;
}

net::WallTime now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string utc(net::WallTime at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", std::chrono::floor<std::chrono::seconds>(at));
}

std::string text_of(const std::vector<std::uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

struct Arguments {
    std::string database;
    std::string key;
    std::string id;
};

Opened open(const Arguments& a, net::OutboxAccess access) {
    net::OutboxOptions options;
    options.access = access;
    if (a.key.empty()) return net::Outbox::open_without_key(a.database, options);
    auto key = net::SealingKey::load(a.key, net::KeyCreation::Never);
    if (!key) return tl::unexpected(key.error());
    return net::Outbox::open(a.database, std::move(*key), options);
}

Json json_of(const net::RequestSummary& row) {
    return {{"id", row.id.text()},         {"state", net::name_of(row.state)},
            {"attempts", row.attempts},    {"queued_at", utc(row.queued_at)},
            {"next_at", utc(row.next_at)}, {"reason", row.reason}};
}

// Rows without their personal part: safe on a screen and in a support ticket.
int list(const Arguments& a, bool as_json) {
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    const auto rows = (*outbox)->list();
    const auto counts = (*outbox)->counts();
    if (!rows) return trouble(rows.error());
    if (!counts) return trouble(counts.error());
    for (const net::RequestSummary& row : *rows) {
        if (as_json) {
            fmt::print("{}\n", json_of(row).dump());
        } else {
            fmt::print("{}  {:11}  {:3}  {}  {}  {}\n", row.id.text(), net::name_of(row.state), row.attempts,
                       utc(row.queued_at), utc(row.next_at), row.reason);
        }
    }
    if (as_json) return 0;
    fmt::print("due {}, in flight {}, processing {}, delivered {}, needs staff {}\n", counts->due, counts->in_flight,
               counts->processing, counts->delivered, counts->needs_staff);
    return 0;
}

int show(const Arguments& a) {
    const auto id = net::RequestId::parse(a.id);
    if (!id) return trouble({net::Fault::BadOptions, "not a request id: " + a.id});
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    auto detail = (*outbox)->show(*id);
    if (!detail) return trouble(detail.error());
    fmt::print("{}\nmethod {}\n\n{}\n\n{}\n", json_of(detail->summary).dump(2), net::name_of(detail->request.method),
               text_of(detail->request.body), detail->answer.empty() ? "(no answer yet)" : text_of(detail->answer));
    net::wipe(detail->request);
    net::wipe(detail->answer);
    return 0;
}

int retry(const Arguments& a) {
    const auto id = net::RequestId::parse(a.id);
    if (!id) return trouble({net::Fault::BadOptions, "not a request id: " + a.id});
    const Opened outbox = open(a, net::OutboxAccess::Maintenance);
    if (!outbox) return trouble(outbox.error());
    const auto done = (*outbox)->retry(*id, now());
    if (!done) return trouble(done.error());
    fmt::print("{} is due now\n", a.id);
    return 0;
}

int verify(const Arguments& a) {
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    const auto check = (*outbox)->verify();
    if (!check) return trouble(check.error());
    for (const std::string& problem : check->problems) fmt::print("{}\n", problem);
    const bool good = check->problems.empty();
    fmt::print("{} requests, {}{}\n", check->rows, good ? "all in order" : "trouble found",
               a.key.empty() ? " (seals not checked: no --key)" : "");
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Looks into a kiosk's outbox");
    Arguments arguments;
    app.require_subcommand(1);
    app.add_option("--outbox", arguments.database, "the outbox file")->required()->check(CLI::ExistingFile);
    app.add_option("--key", arguments.key, "the kiosk's key file; needed by show, checked by verify");
    app.fallthrough();
    CLI::App* list_command = app.add_subcommand("list", "every request without personal values");
    CLI::App* show_command =
        app.add_subcommand("show", "one request with its document and answer (personal; needs --key)");
    show_command->add_option("id", arguments.id)->required();
    CLI::App* retry_command = app.add_subcommand("retry", "make a request due now");
    retry_command->add_option("id", arguments.id)->required();
    CLI::App* verify_command = app.add_subcommand("verify", "check every page, index and seal");
    CLI::App* export_command = app.add_subcommand("export", "the list as one JSON object a line");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    if (*list_command || *export_command) return list(arguments, export_command->parsed());
    if (*show_command) return show(arguments);
    if (*retry_command) return retry(arguments);
    if (*verify_command) return verify(arguments);
    return 2;
}
