// uketsuke: the reception kiosk.
//
// Exit codes: 0 it ended as asked (a scenario held), 1 a scenario did not hold, 2 the command line or the configuration
// is wrong, 3 something that is needed could not be opened, 4 a scenario needs what is not here and was skipped.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <string>

#include "app/config/config.h"
#include "app/config/reference.h"
#include "app/config/staff_code.h"
#include "app/main/hardening.h"
#include "app/main/log.h"
#include "app/main/player.h"
#include "app/main/runtime.h"
#include "app/main/sound.h"
#include "app/main/window_loop.h"
#include "net/sealing.h"

namespace {

using namespace uketsuke;

constexpr int k_did_not_hold = 1;
constexpr int k_wrong_configuration = 2;
constexpr int k_cannot_start = 3;
constexpr int k_skipped = 4;

std::atomic<bool> g_quit{false};

struct Options {
    std::string config;
    bool check_config = false;
    bool print_reference = false;
    bool print_template = false;
    bool hash_staff_code = false;
    std::string scenario;
    std::string shots;
    std::string timeline;
    std::string size;
    std::string data;
};

int refuse(int code, const std::string& what) {
    fmt::print(stderr, "uketsuke: {}\n", what);
    return code;
}

// locale/ lies beside bin/, in the build folder as in an installation.
std::string text_dir() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return program.parent_path().parent_path().string();
}

bool apply_size(const std::string& size, config::DisplayConfig& display) {
    int width = 0;
    int height = 0;
    char end = 0;
    if (std::sscanf(size.c_str(), "%dx%d%c", &width, &height, &end) != 2) return false;
    if (width < 320 || width > 7680 || height < 320 || height > 7680) return false;
    display.width = width;
    display.height = height;
    display.fullscreen = false;
    return true;
}

ui::WindowOptions window_options(const config::Config& config, bool offscreen) {
    const config::DisplayConfig& display = config.display;
    ui::WindowOptions options;
    options.width = display.width;
    options.height = display.height;
    options.fullscreen = display.fullscreen && !offscreen;
    options.offscreen = offscreen;
    options.asset_dir = text_dir();
    options.scale = display.scale;
    return options;
}

int hash_staff_code() {
    std::string code;
    std::getline(std::cin, code);
    const auto hash = config::hash_staff_code(code);
    if (!hash) return refuse(k_wrong_configuration, hash.error());
    fmt::print("{}\n", *hash);
    return 0;
}

// Where staff find their page, and the account that the first start made: said here and nowhere else.
void introduce_desk(app::DeskService& desk) {
    if (!desk.url().empty()) {
        fmt::print("desk: {}\ndesk: certificate {}\n", desk.url(), desk.fingerprint());
    }
    if (auto made = desk.take_made()) {
        fmt::print("desk: first account {}, password {}\n", made->name, made->password);
        net::wipe(made->password);
    }
    std::fflush(stdout);
}

int play_scenario(const Options& options, const config::Config& config, app::Runtime& runtime) {
    const bool as_it_comes = options.scenario == "-";
    const auto scenario = as_it_comes ? app::Scenario{} : app::load_scenario(options.scenario);
    if (!scenario) return refuse(k_wrong_configuration, scenario.error());
    // The same visit shows the same pictures, however long the networks take to load.
    runtime.wait_for_face();
    std::unique_ptr<ui::Window> window;
    app::PlayOptions play;
    const auto text = ui::Text::load(text_dir() + "/locale");
    if (!text) return refuse(k_cannot_start, text.error());
    play.text = &*text;
    play.shots = options.shots;
    play.say = [](const std::string& line) {
        fmt::print("{}\n", line);
        std::fflush(stdout);
    };
    play.window = [&]() -> tl::expected<ui::Window*, std::string> {
        if (!window) {
            auto opened = ui::Window::open(window_options(config, true));
            if (!opened) return tl::unexpected(opened.error());
            window = std::move(*opened);
        }
        return window.get();
    };
    const auto held = as_it_comes ? app::play_stream(std::cin, runtime, play) : app::play(*scenario, runtime, play);
    if (!held && held.error().skipped) {
        fmt::print("{}: skipped: {}\n", options.scenario, held.error().why);
        return k_skipped;
    }
    if (!held) return refuse(k_did_not_hold, fmt::format("{}: {}", options.scenario, held.error().why));
    fmt::print("{}: held\n", options.scenario);
    return 0;
}

int run(const Options& options, const config::Config& config) {
    auto log = app::Log::open(config.log);
    if (!log) return refuse(k_cannot_start, log.error());
    auto runtime = app::Runtime::start(config, (*log)->sink());
    if (!runtime) return refuse(k_cannot_start, runtime.error());
    if ((*runtime)->furnished()) introduce_desk((*runtime)->desk());
    std::unique_ptr<app::Timeline> timeline;
    if (!options.timeline.empty()) {
        auto opened = app::Timeline::open(options.timeline);
        if (!opened) return refuse(k_cannot_start, opened.error());
        timeline = std::make_unique<app::Timeline>(std::move(*opened));
        (*runtime)->kiosk().record_to(timeline.get());
    }
    if (!options.scenario.empty()) return play_scenario(options, config, **runtime);
    auto window = ui::Window::open(window_options(config, false));
    if (!window) return refuse(k_cannot_start, window.error());
    const auto text = ui::Text::load(text_dir() + "/locale");
    if (!text) return refuse(k_cannot_start, text.error());
    const auto warn = [&](const std::string& trouble) { (*log)->sink()(workers::NoticeLevel::Warning, trouble); };
    app::Sound sound(config.voice, config.policy.offer_voice, *text, warn);
    app::Tablet tablet(config.display, warn);
    app::run_window(**runtime, **window, sound, tablet, config.policy.demonstration, g_quit);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    app::harden_process();
    CLI::App cli{"Reception kiosk for Japanese clinics"};
    Options options;
    cli.add_option("--config", options.config, "configuration (TOML)");
    cli.add_flag("--check-config", options.check_config, "only check the configuration");
    cli.add_option("--scenario", options.scenario,
                   "play this scripted visit off-screen; - reads its lines from standard input");
    cli.add_option("--shots", options.shots, "folder for the scenario's pictures");
    cli.add_option("--timeline", options.timeline, "write what happens as JSON lines");
    cli.add_option("--size", options.size, "window of this size instead of the configured one, WIDTHxHEIGHT");
    cli.add_option("--data", options.data, "folder for the outbox and its keys instead of the configured one");
    cli.add_flag("--print-config-reference", options.print_reference, "print the configuration's reference (Markdown)");
    cli.add_flag("--print-config-template", options.print_template, "print a configuration with every key's default");
    cli.add_flag("--hash-staff-code", options.hash_staff_code,
                 "read a staff code from standard input, print what the configuration takes");
    CLI11_PARSE(cli, argc, argv);
    if (options.print_reference || options.print_template) {
        fmt::print("{}",
                   options.print_reference ? config::configuration_reference() : config::configuration_template());
        return 0;
    }
    if (options.hash_staff_code) return hash_staff_code();
    if (options.config.empty()) return refuse(k_wrong_configuration, "--config FILE is needed");
    auto config = config::load_config(options.config);
    if (!config) return refuse(k_wrong_configuration, config.error().text());
    if (!options.size.empty() && !apply_size(options.size, config->display)) {
        return refuse(k_wrong_configuration, "--size takes WIDTHxHEIGHT from 320 to 7680");
    }
    if (!options.data.empty()) {
        const auto folder = std::filesystem::absolute(options.data);
        config->outbox.path = folder / "outbox.db";
        config->outbox.key_file = folder / "outbox.key";
        if (config->visit.enabled) config->visit.keyring = folder / "keyring";
    }
    // Nobody is there to open the page of a visit that is only played.
    config->desk.serve = options.scenario.empty() || options.scenario == "-";
    if (options.check_config) {
        fmt::print("{}: in order\n", options.config);
        return 0;
    }
    std::signal(SIGINT, [](int) { g_quit = true; });
    std::signal(SIGTERM, [](int) { g_quit = true; });
    std::signal(SIGPIPE, SIG_IGN);
    return run(options, *config);
}
