#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/programs/card/commands.h"
#include "card/front/camera_front.h"
#include "card/front/drawn_front.h"
#include "card/front/picture_file.h"

namespace uketsuke::card_tool {
namespace {

using Json = nlohmann::ordered_json;

int complain(const card::Error& error) {
    fmt::print(stderr, "uketsuke-card: {}\n", describe(error));
    return k_bad_input;
}

int draw(const FrontOptions& options) {
    if (options.pictures.size() != 1) {
        fmt::print(stderr, "uketsuke-card: --draw wants one picture to write\n");
        return k_bad_input;
    }
    const auto persona = card::load_persona(options.folder + "/" + options.draw + ".toml");
    if (!persona) return complain(persona.error());
    card::FrontLook look;
    look.quarter_turns = options.quarter_turns;
    look.wear = options.wear;
    const auto picture = card::draw_front(*persona, look);
    if (!picture) return complain(picture.error());
    const auto saved = card::save_front_picture(*picture, options.pictures.front());
    return saved ? k_done : complain(saved.error());
}

Json result_of(card::NumberReader& reader, const card::FrontPicture& picture, bool show_number) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const auto read = reader.read(picture, today);
    if (!read) return {{"certain", false}, {"reason", read.error().where}};
    Json out{{"certain", read->confidence >= card::k_least_front_confidence},
             {"confidence", read->confidence},
             {"quarter_turns", read->quarter_turns},
             {"dates_agree", read->dates_agree}};
    if (show_number) out["number"] = std::string(read->number.ascii().begin(), read->number.ascii().end());
    return out;
}

void print(const std::string& picture, const Json& result, bool as_json) {
    if (as_json) {
        Json line{{"picture", picture}};
        line.update(result);
        return fmt::print("{}\n", line.dump());
    }
    if (result.contains("reason")) {
        return fmt::print("{}: not read: {}\n", picture, result["reason"].get<std::string>());
    }
    fmt::print("{}: {}, confidence {:.2f}, {} quarter turns{}\n", picture,
               result["certain"].get<bool>() ? "read" : "not certain", result["confidence"].get<double>(),
               result["quarter_turns"].get<int>(),
               result.contains("number") ? ", " + result["number"].get<std::string>() : "");
}

}  // namespace

int front(const FrontOptions& options) {
    if (!options.draw.empty()) return draw(options);
    const auto reader = card::NumberReader::open();
    if (!reader) return complain(reader.error());
    int status = k_done;
    for (const std::string& path : options.pictures) {
        const auto picture = card::load_front_picture(path);
        if (!picture) return complain(picture.error());
        const Json result = result_of(**reader, *picture, options.show_number);
        print(path, result, options.json);
        if (!result["certain"].get<bool>()) status = k_unread;
    }
    return status;
}

}  // namespace uketsuke::card_tool
