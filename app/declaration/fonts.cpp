#include "app/declaration/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>

namespace uketsuke::declaration {
namespace {

constexpr std::array k_roots{"/usr/share/fonts", "/usr/local/share/fonts"};
constexpr std::array k_files{"/truetype/bizud-gothic/BIZUDGothic-Regular.ttf",
                             "/truetype/bizud-gothic/BIZUDGothic-Bold.ttf", "/opentype/noto/NotoSansCJK-Regular.ttc",
                             "/opentype/noto/NotoSansCJK-Bold.ttc"};

bool add_installed(FcConfig* config) {
    bool some = false;
    for (const std::string file : k_files) {
        for (const std::string root : k_roots) {
            std::error_code ignored;
            const std::string path = root + file;
            if (!std::filesystem::exists(path, ignored)) continue;
            some |= FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(path.c_str())) != 0;
            break;
        }
    }
    return some;
}

PangoFontMap* open_fonts() {
    const std::unique_ptr<FcConfig, void (*)(FcConfig*)> config(FcConfigCreate(), &FcConfigDestroy);
    if (config == nullptr || !add_installed(config.get())) return nullptr;
    PangoFontMap* fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (fonts != nullptr) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts), config.get());
    return fonts;
}

}  // namespace

PangoFontMap* form_fonts() {
    static PangoFontMap* const k_fonts = open_fonts();
    return k_fonts;
}

}  // namespace uketsuke::declaration
