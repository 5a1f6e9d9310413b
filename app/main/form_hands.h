// The hands of a scripted visit on the self-declaration form.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "app/main/runtime.h"
#include "app/main/scenario.h"

namespace uketsuke::app {

// The ui thread's; the runtime outlives it.
class FormHands {
  public:
    using Held = tl::expected<void, std::string>;

    explicit FormHands(Runtime& runtime);

    Held type(const std::string& text);
    Held choose(const std::string& words);
    Held wheel(const core::EraDate& date);
    Held sign();
    Held touches(int most);
    // Writes the page of the form that was stored last.
    Held document(const std::filesystem::path& file);

    // Counted: whatever touches the screen goes through here.
    void touch(const core::Intent& intent);

  private:
    std::optional<core::page::DeclarationText> page() const;

    Runtime& m_runtime;
    int m_touches = 0;
    // Shared with the kiosk, which outlives the hands.
    std::shared_ptr<std::optional<core::RequestId>> m_stored = std::make_shared<std::optional<core::RequestId>>();
};

}  // namespace uketsuke::app
