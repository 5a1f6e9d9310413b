#include "tests/app/ime/fixture.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace uketsuke::ime {

bool has_word_lists() {
    return std::filesystem::exists(k_word_lists / "SKK-JISYO.geo");
}

std::filesystem::path own_words() {
    return std::filesystem::path(UKETSUKE_SOURCE_DIR) / "assets/ime/words.txt";
}

Converter& shared_converter() {
    static const auto converter = [] {
        auto opened = Converter::open({k_word_lists, own_words()});
        if (!opened) throw std::runtime_error(opened.error());
        return std::move(*opened);
    }();
    return *converter;
}

std::vector<std::string> texts_of(const std::vector<core::Candidate>& candidates) {
    std::vector<std::string> texts;
    texts.reserve(candidates.size());
    for (const auto& one : candidates) texts.emplace_back(one.text.view());
    return texts;
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "uketsuke-ime-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
    m_path = name;
}

Folder::~Folder() {
    std::error_code code;
    std::filesystem::remove_all(m_path, code);
}

std::filesystem::path Folder::write(const std::string& name, std::string_view bytes) const {
    std::ofstream(m_path / name, std::ios::binary) << bytes;
    return m_path / name;
}

long memory_of(const std::string& what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what + ":")) return std::stol(line.substr(what.size() + 1));
    }
    return 0;
}

}  // namespace uketsuke::ime
