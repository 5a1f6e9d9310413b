#include "app/ui/typesetter_fonts.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fontconfig/fontconfig.h>

namespace uketsuke::ui {

namespace {

constexpr std::array<const char*, 2> k_font_roots{"/usr/share/fonts", "/usr/local/share/fonts"};
constexpr std::array<std::array<const char*, 2>, 2> k_font_files{{
    {"/truetype/bizud-gothic/BIZUDPGothic-Regular.ttf", "/truetype/bizud-gothic/BIZUDPGothic-Bold.ttf"},
    {"/opentype/noto/NotoSansCJK-Regular.ttc", "/opentype/noto/NotoSansCJK-Bold.ttc"},
}};

// Regular and bold of each family.
std::vector<std::pair<std::string, std::string>> installed_files() {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& [regular, bold] : k_font_files) {
        for (const std::string root : k_font_roots) {
            std::error_code ignored;
            if (std::filesystem::exists(root + regular, ignored) && std::filesystem::exists(root + bold, ignored)) {
                found.emplace_back(root + regular, root + bold);
                break;
            }
        }
    }
    return found;
}

struct FreePattern {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
struct FreeFonts {
    void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
};
struct FreeObjects {
    void operator()(FcObjectSet* objects) const { FcObjectSetDestroy(objects); }
};
struct FreeCharacters {
    void operator()(FcCharSet* characters) const { FcCharSetDestroy(characters); }
};
using Characters = std::unique_ptr<FcCharSet, FreeCharacters>;

Characters characters_of(FcConfig* config, const std::string& family, int weight) {
    const std::unique_ptr<FcPattern, FreePattern> wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    const std::unique_ptr<FcObjectSet, FreeObjects> objects(FcObjectSetBuild(FC_CHARSET, nullptr));
    const std::unique_ptr<FcFontSet, FreeFonts> fonts(FcFontList(config, wanted.get(), objects.get()));
    Characters all(FcCharSetCreate());
    for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
        FcCharSet* some = nullptr;
        if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &some) == FcResultMatch) {
            FcCharSetMerge(all.get(), some, nullptr);
        }
    }
    return all;
}

}  // namespace

Script script_of(core::Language language) {
    switch (language) {
        case core::Language::Japanese:
        case core::Language::JapaneseFurigana:
        case core::Language::EasyJapanese:
            return Script::Japanese;
        case core::Language::English:
        case core::Language::Portuguese:
            return Script::Latin;
        case core::Language::Vietnamese:
            return Script::Vietnamese;
        case core::Language::Chinese:
            return Script::Chinese;
        case core::Language::Korean:
            return Script::Korean;
    }
    return Script::Japanese;
}

const char* shaper_language(core::Language language) {
    switch (language) {
        case core::Language::Japanese:
        case core::Language::JapaneseFurigana:
        case core::Language::EasyJapanese:
            return "ja";
        case core::Language::English:
            return "en";
        case core::Language::Chinese:
            return "zh-CN";
        case core::Language::Korean:
            return "ko";
        case core::Language::Vietnamese:
            return "vi";
        case core::Language::Portuguese:
            return "pt-BR";
    }
    return "ja";
}

const std::vector<std::string>& families(Script script) {
    static const std::vector<std::string> k_universal{"BIZ UDPGothic", "Noto Sans CJK JP"};
    // BIZ UDPGothic cuts p, q, g and y short, for lines of kanji: whole sentences of Latin letters read badly in it.
    static const std::vector<std::string> k_latin{"Noto Sans CJK JP", "BIZ UDPGothic"};
    // BIZ UDPGothic lacks most of the Vietnamese letters; in two faces mixed they cannot be read.
    static const std::vector<std::string> k_vietnamese{"Noto Sans CJK JP"};
    static const std::vector<std::string> k_chinese{"Noto Sans CJK SC"};
    static const std::vector<std::string> k_korean{"Noto Sans CJK KR"};
    switch (script) {
        case Script::Japanese:
            return k_universal;
        case Script::Latin:
            return k_latin;
        case Script::Vietnamese:
            return k_vietnamese;
        case Script::Chinese:
            return k_chinese;
        case Script::Korean:
            return k_korean;
    }
    return k_universal;
}

bool any_font_installed() {
    return !installed_files().empty();
}

FontConfig closed_font_config() {
    FontConfig config(FcConfigCreate(), &FcConfigDestroy);
    bool some = false;
    for (const auto& [regular, bold] : installed_files()) {
        const auto add = [&config](const std::string& path) {
            return FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(path.c_str())) != 0;
        };
        const bool added = add(regular) && add(bold);
        some = some || added;
    }
    return some ? config : nullptr;
}

struct Coverage::Sets {
    struct Family {
        Characters regular;
        Characters bold;
    };
    std::vector<Family> families;
};

Coverage::Coverage(const FontConfig& config, const std::vector<std::string>& families)
    : m_sets(std::make_unique<Sets>()) {
    for (const std::string& family : families) {
        m_sets->families.push_back({characters_of(config.get(), family, FC_WEIGHT_REGULAR),
                                    characters_of(config.get(), family, FC_WEIGHT_BOLD)});
    }
}

Coverage::~Coverage() = default;

bool Coverage::has(std::size_t family, char32_t point) const {
    const Sets::Family& sets = m_sets->families.at(family);
    return FcCharSetHasChar(sets.regular.get(), point) != 0 && FcCharSetHasChar(sets.bold.get(), point) != 0;
}

bool Coverage::has(char32_t point) const {
    for (std::size_t i = 0; i < m_sets->families.size(); ++i) {
        if (has(i, point)) return true;
    }
    return false;
}

}  // namespace uketsuke::ui
