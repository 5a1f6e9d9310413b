#include "app/ui/glyph_cover.h"

#include <memory>
#include <mutex>
#include <optional>

#include "app/ui/ruby.h"
#include "app/ui/text.h"
#include "app/ui/typesetter_fonts.h"

namespace uketsuke::ui {
namespace {

struct Cover {
    std::once_flag once;
    std::unique_ptr<Coverage> names;  // nullptr: the fonts are gone
};

struct ScriptCover {
    Script script{};
    std::unique_ptr<Coverage> coverage;  // nullptr: no font is installed
};

// Reading the fonts takes longer than looking through a catalogue.
const Coverage* coverage_of(Script script) {
    static std::optional<ScriptCover> last;
    if (!last || last->script != script) {
        const FontConfig config = closed_font_config();
        last = ScriptCover{script, config ? std::make_unique<Coverage>(config, families(script)) : nullptr};
    }
    return last->coverage.get();
}

}  // namespace

std::function<bool(char32_t)> glyph_cover() {
    if (!any_font_installed()) return {};
    return [cover = std::make_shared<Cover>()](char32_t point) {
        std::call_once(cover->once, [&] {
            const FontConfig config = closed_font_config();
            if (config) cover->names = std::make_unique<Coverage>(config, families(Script::Japanese));
        });
        // Drawn with the character before them.
        return variation_selector(point) || (cover->names && cover->names->has(point));
    };
}

std::set<char32_t> missing_glyphs(core::Language language, std::string_view text) {
    const Script script = script_of(language);
    const Coverage* coverage = coverage_of(script);
    std::set<char32_t> missing;
    const auto look = [&](std::string_view words) {
        while (!words.empty()) {
            const char32_t point = take_code_point(words);
            if (point < 0x20 || point == U'|' || variation_selector(point)) continue;
            if (coverage == nullptr || !coverage->has(point)) missing.insert(point);
        }
    };
    if (script != Script::Japanese) {
        look(text);
        return missing;
    }
    for (const RubyRun& run : ruby_runs(text)) {
        look(run.base);
        look(run.ruby);
    }
    return missing;
}

}  // namespace uketsuke::ui
