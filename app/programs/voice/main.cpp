// uketsuke-voice: what kiosk-config/install-voice renders, and trying it out.
//   list     every clip that the spoken languages need, as language<TAB>file<TAB>text
//   level    one recording, shaped like all others (app/voice/shaping.h)
//   check    says what a folder of clips lacks; exit 1 when it lacks something
//   say      one message through this machine's loudspeaker

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "app/ui/text.h"
#include "app/voice/clip_store.h"
#include "app/voice/script.h"
#include "app/voice/shaping.h"
#include "app/voice/speaker.h"

namespace {

using namespace uketsuke;

struct Arguments {
    std::string locale;
    std::string language;  // empty: all
    std::string folder;
    std::string from;
    std::string to;
    std::string key;
    int n = ui::Message::k_no_number;
    int m = ui::Message::k_no_number;
    int volume = core::k_loudest;
};

int trouble(const std::string& what) {
    fmt::print(stderr, "uketsuke-voice: {}\n", what);
    return 1;
}

bool is_wanted(core::Language language, const Arguments& a) {
    const bool own = voice::folder_of(language) == core::name_of(language);
    return own && voice::has_engine(language) && (a.language.empty() || a.language == core::name_of(language));
}

int list(const ui::Text& text, const Arguments& a) {
    for (const core::Language language : core::k_languages) {
        if (!is_wanted(language, a)) continue;
        for (const voice::Prompt& prompt : voice::prompts(text, language)) {
            fmt::print("{}\t{}\t{}\n", core::name_of(language), prompt.clip, prompt.text);
        }
    }
    return 0;
}

int check(const ui::Text& text, const Arguments& a) {
    const voice::ClipStore clips(a.folder);
    int result = 0;
    for (const core::Language language : core::k_languages) {
        if (!is_wanted(language, a)) continue;
        const std::string missing = clips.missing(text, language);
        if (missing.empty()) continue;
        fmt::print("{}\n", missing);
        result = 1;
    }
    return result;
}

int level(const Arguments& a) {
    const auto sound = voice::load_wav(a.from);
    if (!sound) return trouble(sound.error());
    const voice::Sound clip = voice::shaped(voice::resampled(*sound, voice::k_clip_rate));
    if (clip.samples.empty()) return trouble(a.from + ": nothing can be heard in it");
    std::ofstream out(a.to, std::ios::binary | std::ios::trunc);
    out << voice::wav_bytes(clip);
    if (!out.flush()) return trouble(a.to + ": cannot be written");
    fmt::print("{:.2f}\n", voice::level_of(clip));
    return 0;
}

int say(const ui::Text& text, const Arguments& a) {
    for (const core::Language language : core::k_languages) {
        if (a.language != core::name_of(language)) continue;
        voice::Speaker speaker(text, {.folder = a.folder, .volume = a.volume});
        speaker.say({{a.key, a.n, a.m, {}}}, language);
        const bool heard = speaker.sounding();
        while (speaker.sounding()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            speaker.pump();
        }
        for (const std::string& sentence : speaker.take_troubles()) trouble(sentence);
        return heard ? 0 : 1;
    }
    return trouble("no such language: " + a.language);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The kiosk's recorded voice");
    app.require_subcommand(1);
    Arguments a;
    const auto with_texts = [&a](CLI::App* command) {
        command->add_option("--locale", a.locale, "folder of the compiled catalogues")->required();
        command->add_option("--language", a.language, "only this one, as the catalogues are named");
        return command;
    };
    CLI::App* list_command = with_texts(app.add_subcommand("list", "every clip: language, file, text"));
    CLI::App* check_command = with_texts(app.add_subcommand("check", "what a folder of clips lacks"));
    check_command->add_option("folder", a.folder, "folder of clips")->required();
    CLI::App* level_command = app.add_subcommand("level", "shapes one recording; prints its level in decibels");
    level_command->add_option("from", a.from, "recording, WAV")->required();
    level_command->add_option("to", a.to, "clip, WAV")->required();
    CLI::App* say_command = with_texts(app.add_subcommand("say", "says one message"));
    say_command->add_option("folder", a.folder, "folder of clips")->required();
    say_command->add_option("key", a.key, "message, such as pin.tries")->required();
    say_command->add_option("-n", a.n, "its number {n}")->check(CLI::Range(0, 99'999));
    say_command->add_option("-m", a.m, "its number {m}")->check(CLI::Range(0, 99'999));
    say_command->add_option("--volume", a.volume, "1 to 4")->check(CLI::Range(1, 4))->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    if (level_command->parsed()) return level(a);
    const auto text = ui::Text::load(a.locale);
    if (!text) return trouble(text.error());
    if (list_command->parsed()) return list(*text, a);
    return check_command->parsed() ? check(*text, a) : say(*text, a);
}
