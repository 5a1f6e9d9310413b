// uketsuke-tour: sets up a tablet for home visits and keeps the list of who may open it, also beside a running kiosk.

#include <CLI/CLI.hpp>

#include "app/programs/tour/commands.h"

int main(int argc, char** argv) {
    using namespace uketsuke;
    constexpr int used_wrongly = 2;
    CLI::App app(
        "Sets up a tablet for home visits, also beside a running kiosk. Codes are read from standard input, one a "
        "line: "
        "first the one of a member who is there, then a new one. The tenth wrong code in a row destroys everything.");
    tour::Arguments a;
    int code = 0;
    app.require_subcommand(1);
    const auto command = [&](const char* name, const char* what, int (*run)(const tour::Arguments&)) {
        CLI::App* sub = app.add_subcommand(name, what);
        sub->add_option("--config", a.config, "the tablet's configuration")->required()->check(CLI::ExistingFile);
        sub->callback([&code, &a, run] { code = run(a); });
        return sub;
    };
    CLI::App* made =
        command("set-up", "Makes the keyring with its first member, and prints the device's id.", tour::set_up);
    CLI::App* added = command("enrol", "Another member, with a code of their own.", tour::enrol);
    for (CLI::App* sub : {made, added}) sub->add_option("--name", a.name, "the member's name")->required();
    command("list", "Number and name of each member.", tour::list);
    command("remove", "Takes a member away; their code opens nothing more.", tour::remove)
        ->add_option("number", a.number, "as list prints it")
        ->required();
    CLI::App* sealed =
        command("seal", "Seals a secret of the institution under the tablet's key.", tour::seal_client_key);
    std::string as;
    sealed->add_option("--as", as, "client-key: the private key of service.client_certificate, to visit.client_key")
        ->required()
        ->check(CLI::IsMember({"client-key"}));
    sealed->add_option("source", a.source, "the PEM file; it stays, and is to be removed")
        ->required()
        ->check(CLI::ExistingFile);
    command("record", "The latest entries of the sealed record, newest last, and whether it is intact.", tour::record)
        ->add_option("-n", a.lines, "how many")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command("device", "The device's id, by which it is reported as lost, and the tries that are left. Needs no code.",
            tour::device);
    bool sure = false;
    command("destroy", "Destroys the key, and with it everything sealed on this tablet. Needs no code.", tour::destroy)
        ->add_flag("--yes", sure, "there is no way back")
        ->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : used_wrongly;
    }
    return code;
}
