#include "tests/app/kiosk/fixture.h"

#include "vision/models.h"

namespace uketsuke::app::test {

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "uketsuke-test-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) m_path = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

KioskTest::KioskTest() {
    auto config = config::load_config(UKETSUKE_SOURCE_DIR "/kiosk-config/demo.toml");
    if (!config) {
        ADD_FAILURE() << config.error().text();
        return;
    }
    m_config = std::move(*config);
    m_config.outbox.path = m_folder.path() / "outbox.db";
    m_config.outbox.key_file = m_folder.path() / "outbox.key";
    m_config.desk.address.clear();
    m_config.face.models = UKETSUKE_MODELS;
}

std::string KioskTest::start_error() {
    auto runtime = Runtime::start(m_config, [this](workers::NoticeLevel, const std::string& text) {
        const std::lock_guard lock(m_mutex);
        m_notices += text + "\n";
    });
    if (!runtime) return runtime.error();
    m_runtime = std::move(*runtime);
    m_runtime->wait_for_face();
    return "";
}

void KioskTest::start() {
    ASSERT_EQ(start_error(), "");
}

bool KioskTest::until(core::Screen screen, std::chrono::milliseconds at_most) {
    if (wait([&] { return m_runtime->kiosk().screen() == screen; }, at_most)) return true;
    ADD_FAILURE() << "waited for " << core::name_of(screen) << ", the screen is "
                  << core::name_of(m_runtime->kiosk().screen()) << "\n"
                  << notices();
    return false;
}

void KioskTest::tap(Kind kind, std::uint8_t value) {
    m_runtime->kiosk().handle(core::event::Tapped{core::Intent{kind, value}});
}

void KioskTest::type(const std::string& digits) {
    ASSERT_TRUE(wait([&] {
        const auto view = m_runtime->kiosk().view();
        const auto* page = std::get_if<core::page::Pin>(&view.page);
        return page && page->ready;
    }));
    for (const char digit : digits) tap(Kind::Digit, static_cast<std::uint8_t>(digit - '0'));
}

void KioskTest::place(const std::string& persona) {
    const auto placed = m_runtime->stage().place(persona);
    ASSERT_TRUE(placed) << placed.error();
}

void KioskTest::receive_by_pin(const std::string& persona, const std::string& pin) {
    place(persona);
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChoosePin);
    type(pin);
    ASSERT_TRUE(until(core::Screen::Consent));
    tap(Kind::Agree);
    tap(Kind::Decline);
    tap(Kind::Agree);
    tap(Kind::Provide);
    tap(Kind::Confirm);
    ASSERT_TRUE(until(core::Screen::Accepted));
}

std::string KioskTest::notices() const {
    const std::lock_guard lock(m_mutex);
    return m_notices;
}

bool KioskTest::models_there() const {
    return vision::find_models({m_config.face.models}).has_value();
}

}  // namespace uketsuke::app::test
