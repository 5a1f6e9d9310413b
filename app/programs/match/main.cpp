// uketsuke-match: distances, decisions and error rates of the face comparison, as JSON. See vision/README.md.
#include <CLI/CLI.hpp>
#include <map>

#include "app/programs/match/attacks.h"
#include "app/programs/match/commands.h"
#include "app/programs/match/cues.h"
#include "vision/models.h"

int main(int argc, char** argv) {
    using namespace uketsuke;
    vision::use_one_blas_thread();

    CLI::App app{"Compares faces: a card's photograph with live ones, or whole lists of pairs"};
    app.require_subcommand(1);
    match::Common common;
    // Unlike the kiosk, a tool for measuring also sees the weights that may only be measured with.
    common.models = {UKETSUKE_MODELS_DIR, UKETSUKE_MODELS_DIR "/evaluation-only", "/usr/share/uketsuke/models"};
    common.points = UKETSUKE_POINTS_FILE;
    const std::map<std::string, match::Degrade> degrades{
        {"none", match::Degrade::None}, {"card", match::Degrade::Card}, {"small", match::Degrade::Small}};
    std::string use = "patients";
    std::map<std::string, vision::Use> uses;
    for (const auto one : {vision::Use::Patients, vision::Use::SecondSign, vision::Use::Demo, vision::Use::Evaluation})
        uses.emplace(vision::to_string(one), one);
    const auto share = [&](CLI::App* sub) {
        sub->add_option("--models", common.models, "Folders with network weights (kiosk-config/fetch-models)");
        sub->add_option("--points", common.points, "Table of operating points");
        sub->add_option("--far", common.far, "False-accept rate to keep, picks the operating point")
            ->check(CLI::Range(0.0, 1.0));
        sub->add_option("--use", use, "Whose operating points: patients, second-sign, demo or evaluation")
            ->check(CLI::IsMember(uses));
        sub->add_option("--evidence", common.evidence,
                        "Networks to decide by, such as densenet-v1+sface; otherwise the best measured ones");
        sub->add_option("--degrade", common.degrade,
                        "Card photo: none, card (through a 240x320 gray JP2 of 5 kB) or small (80x100, 1.5 kB)")
            ->transform(CLI::CheckedTransformer(degrades));
        sub->add_flag("--mirror-live", common.mirror_live, "Live side with its mirrored average");
        sub->add_flag("!--no-mirror-card", common.mirror_card, "Card side without its mirrored average");
    };

    std::filesystem::path card;
    std::vector<std::filesystem::path> live;
    auto* verify = app.add_subcommand("verify", "Is the person of the live pictures the one of the card's photograph?");
    verify->add_option("card", card, "Card photograph")->required();
    verify->add_option("live", live, "Live pictures")->required();
    share(verify);

    match::PairsOptions pairs_options;
    auto* pairs = app.add_subcommand("pairs", "Rates over a list: card photo <TAB> live photo <TAB> same 0/1");
    pairs->add_option("list", pairs_options.list)->required();
    pairs->add_flag("--per-pair", pairs_options.per_pair, "A line of JSON for every pair before the summary");
    pairs->add_flag("--plain", pairs_options.plain, "Compare as dlib's example does, at its customary distance");
    pairs->add_option("--limit", pairs_options.limit, "Only the first N pairs");
    share(pairs);

    match::CalibrateOptions calibrate_options;
    auto* calibrate = app.add_subcommand("calibrate", "Makes the table of operating points from lists of pairs");
    calibrate->add_option("lists", calibrate_options.lists, "Lists of pairs, one a group of people");
    calibrate->add_option("--drawn", calibrate_options.drawn, "Also the demo point, from N drawn persons");
    calibrate->add_option("--out", calibrate_options.out, "Table to write; otherwise standard output");
    calibrate->add_option("--measured-on", calibrate_options.measured_on, "YYYY-MM")->required();
    share(calibrate);

    std::uint32_t identity = 1;
    double yaw = 0;
    int width = 640;
    int height = 480;
    bool portrait = false;
    std::filesystem::path picture;
    auto* draw = app.add_subcommand("draw", "Draws a synthetic person");
    draw->add_option("--identity", identity, "Who: any number");
    draw->add_option("--yaw", yaw, "Degrees")->check(CLI::Range(-40.0, 40.0));
    draw->add_option("--width", width)->check(CLI::Range(16, 4096));
    draw->add_option("--height", height)->check(CLI::Range(16, 4096));
    draw->add_flag("--card", portrait, "The portrait that the person's card would hold");
    draw->add_option("out", picture, "PNG file")->required();

    match::AttacksOptions attacks_options;
    auto* attacks = app.add_subcommand("attacks", "Plays attacks and living drawn persons: APCER and BPCER");
    attacks->add_option("--photos", attacks_options.photos, "Folder of photographs to present instead of drawn ones");
    attacks->add_option("--identities", attacks_options.identities, "Living drawn persons")
        ->check(CLI::Range(1, 10000));
    attacks->add_option("--presentations", attacks_options.presentations, "Of each attack instrument")
        ->check(CLI::Range(1, 10000));
    attacks->add_option("--seed", attacks_options.seed);
    attacks->add_option("--turns", attacks_options.turns, "Of the head, in the challenge")->check(CLI::Range(0, 2));
    attacks->add_option("--limit", attacks_options.limit_s, "Seconds of one attempt")->check(CLI::Range(1, 60));
    attacks->add_option("--only", attacks_options.only, "One instrument");
    attacks->add_flag("--quick", attacks_options.quick, "A few of each, to see that it works");
    bool cues = false;
    attacks->add_flag("--cues", cues, "What the texture and border cues say instead, and what they cost");
    share(attacks);

    CLI11_PARSE(app, argc, argv);
    common.use = uses.at(use);
    if (verify->parsed()) return match::verify(common, card, live);
    if (pairs->parsed()) return match::pairs(common, pairs_options);
    if (attacks->parsed()) return cues ? match::cues(common, attacks_options) : match::attacks(common, attacks_options);
    if (calibrate->parsed()) return match::calibrate(common, calibrate_options);
    return match::draw(identity, yaw, width, height, portrait, picture);
}
