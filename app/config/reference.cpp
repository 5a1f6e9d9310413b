#include "app/config/reference.h"

#include "app/config/keys.h"

namespace uketsuke::config {
namespace {

std::string code(const std::string& text) {
    return '`' + text + '`';
}

}  // namespace

std::string configuration_reference() {
    std::string text;
    const Key* before = nullptr;
    for (const Key& key : keys()) {
        if (before == nullptr || before->table != key.table) {
            if (before != nullptr) text += '\n';
            text += key.table.empty() ? std::string{"### Top level\n"}
                                      : "### " + code('[' + std::string{key.table} + ']') + '\n';
            text += std::string{about_table(key.table)} + ".\n\n";
            text += "| key | type | default | range | meaning |\n|---|---|---|---|---|\n";
        }
        text += "| " + code(std::string{key.name}) + " | " + type_of(key) + " | " + code(default_of(key)) + " | " +
                range_of(key) + " | " + std::string{key.explanation} + ". |\n";
        before = &key;
    }
    return text;
}

std::string configuration_template() {
    std::string text =
        "# Every key of the kiosk's configuration. One that is left out has its default; an unknown one is an "
        "error.\n\n";
    const Key* before = nullptr;
    for (const Key& key : keys()) {
        if (before != nullptr) text += '\n';
        if (before != nullptr && before->table != key.table) {
            text += "# " + std::string{about_table(key.table)} + ".\n[" + std::string{key.table} + "]\n";
        }
        text += "# " + std::string{key.explanation} + ".\n# Default " + default_of(key) + "; " + range_of(key) + ".\n";
        text += std::string{key.name} + " = " + default_of(key) + '\n';
        before = &key;
    }
    return text;
}

}  // namespace uketsuke::config
