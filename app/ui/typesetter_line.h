// One line composed from runs of letters and the readings above them. Private to app/ui.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/typesetter.h"
#include "app/ui/typesetter_fonts.h"

struct _PangoContext;  // NOLINT(bugprone-reserved-identifier)
struct _PangoFontMap;  // NOLINT(bugprone-reserved-identifier)
struct _PangoLayout;   // NOLINT(bugprone-reserved-identifier)

namespace uketsuke::ui {

struct UnrefObject {
    void operator()(void* object) const;
};

// Letters that stand together.
struct SetRun {
    std::unique_ptr<_PangoLayout, UnrefObject> layout;
    float x = 0;
    int baseline = 0;  // from the em box's top
};

struct SetLine {
    std::vector<SetRun> runs;
    LineBox box;
};

class LineSetter {
  public:
    explicit LineSetter(FontConfig config);

    SetLine set(std::string_view line, const TextStyle& style);
    static LinePicture paint(const SetLine& line);

  private:
    SetRun run(const std::string& letters, const TextStyle& style);
    void place(SetLine& line, SetRun run, float x, int baseline) const;
    void set_with_reading(SetLine& line, const std::string& base, const std::string& reading, const TextStyle& style);
    const Coverage& coverage(Script script);

    FontConfig m_config;
    std::unique_ptr<_PangoFontMap, UnrefObject> m_fonts;
    std::unique_ptr<_PangoContext, UnrefObject> m_context;
    std::map<Script, Coverage> m_coverage;
};

}  // namespace uketsuke::ui
