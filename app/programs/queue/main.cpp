// uketsuke-queue: looks into a kiosk's outbox, also while the kiosk runs.

#include <CLI/CLI.hpp>

#include "app/programs/queue/commands.h"

int main(int argc, char** argv) {
    using namespace uketsuke;
    CLI::App app("Looks into a kiosk's outbox. Every command but rotate-key also works beside a running kiosk.");
    queue::Arguments a;
    int code = 0;
    app.require_subcommand(1);
    app.add_option("--outbox", a.database, "the outbox file")->required()->check(CLI::ExistingFile);
    CLI::Option* key = app.add_option(
        "--key", a.key, "the kiosk's key file: show, --documents and rotate-key need it, verify checks seals");
    app.add_option("--audit", a.audit,
                   "the kiosk's record of what staff did, where it is not audit.log beside the outbox: export and "
                   "retry are written into it, and rotate-key seals its head anew; needs --key")
        ->needs(key)
        ->check(CLI::ExistingFile);
    app.fallthrough();
    const auto command = [&](const char* name, const char* what, int (*run)(const queue::Arguments&)) {
        CLI::App* sub = app.add_subcommand(name, what);
        sub->callback([&code, &a, run] { code = run(a); });
        return sub;
    };
    command(
        "list",
        "The oldest 1000 requests and the counts: id, state, attempts, queued at, next at (UTC), and why it waits or "
        "what its answer meant. No personal values.",
        queue::list);
    command("show",
            "One request: state, method, consents, whether a declaration is kept, its document and its answer. "
            "Personal values; needs --key.",
            queue::show)
        ->add_option("id", a.id, "the request's id, as list prints it")
        ->required();
    command("retry",
            "Makes a request due now, with its attempts counted anew. Refused when it is delivered or in flight.",
            queue::retry)
        ->add_option("id", a.id, "the request's id, as list prints it")
        ->required();
    CLI::App* exported =
        command("export",
                "Every request as one JSON object a line, without personal values. With --documents its "
                "request and answer as files too.",
                queue::export_rows);
    exported->add_option("id", a.id, "only this request");
    exported->add_option(
        "--documents", a.documents,
        "a folder (made with mode 0700) for ID-request.xml, ID-answer.xml and ID-declaration.pdf (mode 0600, "
        "never written over). Personal values; needs --key");
    command("verify", "Checks every page and index, and with --key every seal. Exit code 1 when something is wrong.",
            queue::verify);
    command(
        "rotate-key",
        "Seals everything anew. The kiosk must be stopped. Without --new-key a fresh key takes the place of the --key "
        "file; a cut is finished by the next start or the next rotate-key.",
        queue::rotate_key)
        ->add_option("--new-key", a.new_key,
                     "a key file (32 bytes, mode 0600) to seal with; the --key file stays as it is. For a key that the "
                     "service manager hands over: exchange the credential afterwards")
        ->check(CLI::ExistingFile);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    return code;
}
