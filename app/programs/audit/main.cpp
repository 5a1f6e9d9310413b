// uketsuke-audit: reads the record of what staff did, also while the kiosk writes it.

#include <CLI/CLI.hpp>

#include "app/programs/audit/commands.h"

int main(int argc, char** argv) {
    using namespace uketsuke;
    constexpr int used_wrongly = 2;
    CLI::App app(
        "Reads the record of what staff did at a kiosk, also while the kiosk writes it. It holds no patient's data.");
    audit::Arguments a;
    int code = 0;
    app.require_subcommand(1);
    app.add_option("--log", a.log, "the record, audit.path of the configuration")->required();
    app.fallthrough();
    const auto command = [&](const char* name, const char* what, int (*run)(const audit::Arguments&)) {
        CLI::App* sub = app.add_subcommand(name, what);
        sub->callback([&code, &a, run] { code = run(a); });
        return sub;
    };
    CLI::App* verify = command("verify",
                               "Says what was altered, removed, inserted or cut off, and where the clock jumped. Exit "
                               "code 0 intact, 1 not, 2 used wrongly.",
                               audit::verify);
    verify->add_option("--key", a.key, "the kiosk's key file: with it the sealed head is checked, too");
    verify->add_option("--head", a.head,
                       "a hash that was noted earlier (16 digits or more): it must still be there, so that nothing "
                       "was rolled back, not even together with the head");
    command("export", "Every readable entry as CSV, oldest first.", audit::export_rows)
        ->add_option("--out", a.out, "a file (mode 0600, never written over), or - for standard output")
        ->required();
    command("list", "The latest entries, newest last.", audit::list)
        ->add_option("-n", a.lines, "how many")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : used_wrongly;
    }
    return code;
}
