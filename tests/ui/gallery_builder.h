// Collects the shots of the gallery. Private to it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/ui/gallery.h"

namespace uketsuke::ui::test {

class Gallery {
  public:
    explicit Gallery(core::Language language) : m_language(language) {}

    core::View& add(const std::string& name, core::Page page, core::Stage stage, std::vector<core::Intent> intents,
                    bool stop = true, bool staff = true) {
        Shot shot;
        shot.name = name;
        shot.view = {.page = page,
                     .language = m_language,
                     .stage = stage,
                     .can_stop = stop,
                     .can_call_staff = staff,
                     .demonstration = false,
                     .seconds_left = std::nullopt};
        shot.intents = std::move(intents);
        m_shots.push_back(std::move(shot));
        return m_shots.back().view;
    }
    // On a tablet at a bedside: nobody is called, since staff stand there.
    core::View& at_home(const std::string& name, core::Page page, core::Stage stage,
                        std::vector<core::Intent> intents) {
        core::View& view = add(name, std::move(page), stage, std::move(intents), false, false);
        view.visit = true;
        return view;
    }
    Shot& last() { return m_shots.back(); }
    std::vector<Shot> take() { return std::move(m_shots); }

  private:
    core::Language m_language;
    std::vector<Shot> m_shots;
};

// The other ways, and every page of the form (gallery_form.cpp).
void add_other_ways(Gallery& gallery);
void add_typing(Gallery& gallery);
void add_form_pages(Gallery& gallery);
// Home visits (gallery_visit.cpp).
void add_visit(Gallery& gallery);

}  // namespace uketsuke::ui::test
