// uketsuke-staff: who may use the desk's page, and with which code the staff functions at the kiosk. Works beside a
// running kiosk.

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "net/desk/staff_accounts.h"

namespace {

using namespace uketsuke;

int report(const net::Error& error) {
    fmt::print(stderr, "uketsuke-staff: {}: {}\n", net::name_of(error.fault), error.where);
    return 1;
}

// The one moment in which a password can be read.
int show(net::Result<net::StaffAccounts::Made> made) {
    if (!made) return report(made.error());
    fmt::print("{}: the password is {}\nIt is shown only now, and is to be changed at the first sign-in.\n", made->name,
               made->password);
    made->password.assign(made->password.size(), '\0');
    return 0;
}

int list(const net::StaffAccounts& accounts) {
    for (const net::Account& account : accounts.list()) {
        fmt::print("{}\t{}\t{}\t{}\n", account.name, net::name_of(account.role),
                   account.must_change ? "to be changed" : "own password",
                   account.has_kiosk_code ? "kiosk code" : "no kiosk code");
    }
    return 0;
}

// One line of standard input, which a terminal does not show.
std::string read_code() {
    termios before{};
    const bool terminal = ::isatty(STDIN_FILENO) != 0 && ::tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
        fmt::print(stderr, "Code, 6 to 12 digits (empty takes it away): ");
    }
    std::string code;
    std::getline(std::cin, code);
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
        fmt::print(stderr, "\n");
    }
    return code;
}

int done(const net::Result<void>& result) {
    return result ? 0 : report(result.error());
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Staff accounts of the desk's page. Changes reach a running kiosk at once.");
    std::string file;
    std::string name;
    std::string role;
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--accounts", file, "the accounts file; a missing one is made with a first manager")->required();
    CLI::App* listed = app.add_subcommand("list", "Name, role, whether the password is to be changed, kiosk code.");
    CLI::App* added = app.add_subcommand("add", "Makes an account and prints its password once.");
    CLI::App* reset = app.add_subcommand("reset", "Makes and prints a new password; open sessions end.");
    CLI::App* removed = app.add_subcommand("remove", "Takes an account away; open sessions end.");
    CLI::App* coded = app.add_subcommand("code", "Reads this person's code for the kiosk from standard input.");
    for (CLI::App* sub : {added, reset, removed, coded}) sub->add_option("name", name, "the account")->required();
    added->add_option("--role", role, "desk receives patients; manager also exports, audits and stops the kiosk")
        ->required()
        ->check(CLI::IsMember({"desk", "manager"}));
    CLI11_PARSE(app, argc, argv);

    auto accounts = net::StaffAccounts::open(file);
    if (!accounts) return report(accounts.error());
    if (auto made = (*accounts)->take_made()) {
        if (const int code = show(std::move(*made)); code != 0) return code;
    }
    if (listed->parsed()) return list(**accounts);
    if (added->parsed()) return show((*accounts)->add(name, net::role_named(role).value_or(net::Role::Desk)));
    if (reset->parsed()) return show((*accounts)->reset_password(name));
    if (removed->parsed()) return done((*accounts)->remove(name));
    std::string code = read_code();
    const auto set = (*accounts)->set_kiosk_code(name, code);
    code.assign(code.size(), '\0');
    return done(set);
}
