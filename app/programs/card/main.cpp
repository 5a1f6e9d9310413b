// uketsuke-card: looks at the card on a reader, locks its 4-digit PINs, reads the number off pictures of a card's
// front, lists the invented people, serves one of them as a virtual card.
#include <CLI/CLI.hpp>

#include "app/programs/card/commands.h"

int main(int argc, char** argv) {
    using namespace uketsuke;
    CLI::App cli{"My Number cards: real ones on a PC/SC reader, virtual ones behind it"};
    cli.require_subcommand(1);
    card_tool::ShowOptions show;
    card_tool::LockOptions lock;
    card_tool::FrontOptions front;
    card_tool::PersonasOptions personas;
    card_tool::ServeOptions serve;
    front.folder = personas.folder = serve.folder = UKETSUKE_PERSONAS;

    CLI::App* show_command = cli.add_subcommand("show", "What lies on the reader; spends no PIN try");
    show_command->add_flag("--json", show.json, "one JSON object");
    show_command->add_option("--reader", show.reader, "part of the reader's name");
    show_command->add_option("--number-b", show.number_b,
                             "照合番号B, 14 digits, opens photo and attributes; - reads it from standard input");

    CLI::App* lock_command = cli.add_subcommand("lock", "Locks the card's 4-digit PINs for good; asks first");
    lock_command->add_flag("--yes", lock.yes, "does not ask");
    lock_command->add_flag("--json", lock.json, "one JSON object");
    lock_command->add_option("--reader", lock.reader, "part of the reader's name");

    CLI::App* front_command = cli.add_subcommand("front", "Reads the number off pictures of a card's front");
    front_command->add_option("pictures", front.pictures, "PNG or JPEG files")->required();
    front_command->add_flag("--json", front.json, "one JSON object a picture");
    front_command->add_flag("--show-number", front.show_number, "prints the number that was read, too");
    front_command->add_option("--draw", front.draw, "draws this invented person's card into the one picture instead");
    front_command->add_option("--turns", front.quarter_turns, "quarter turns of the drawn card")
        ->check(CLI::Range(0, 3));
    front_command->add_option("--wear", front.wear, "wear of the drawn card")->check(CLI::Range(0.0, 1.0));
    front_command->add_option("--personas", front.folder, "folder of TOML files");

    CLI::App* personas_command = cli.add_subcommand("personas", "The invented people");
    personas_command->add_flag("--json", personas.json, "a JSON array");
    personas_command->add_option("--personas", personas.folder, "folder of TOML files");

    CLI::App* serve_command = cli.add_subcommand("serve", "Puts a virtual card on vsmartcard's reader");
    serve_command->add_option("--persona", serve.persona, "id, or a TOML file")->required();
    serve_command->add_option("--vpcd", serve.vpcd, "HOST:PORT of vpcd")->capture_default_str();
    serve_command->add_option("--photo", serve.photo, "JP2 file for the chip");
    serve_command->add_option("--ca-out", serve.authority, "writes the issuing certificate there (PEM)");
    serve_command->add_option("--personas", serve.folder, "folder of TOML files");

    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return cli.exit(error) == 0 ? card_tool::k_done : card_tool::k_bad_input;
    }
    if (*show_command) return card_tool::show(show);
    if (*lock_command) return card_tool::lock(lock);
    if (*front_command) return card_tool::front(front);
    if (*personas_command) return card_tool::personas(personas);
    return card_tool::serve(serve);
}
