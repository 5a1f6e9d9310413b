#include "tests/app/declaration/forms.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <numbers>

namespace uketsuke::declaration {
namespace {

net::Stroke arc(double from_x, double from_y, double radius, double turns) {
    net::Stroke stroke;
    for (int i = 0; i <= 40; ++i) {
        const double angle = 2 * std::numbers::pi * turns * i / 40;
        stroke.push_back({static_cast<std::uint16_t>(from_x + radius * std::sin(angle) + i * 20),
                          static_cast<std::uint16_t>(from_y + 2 * radius * (1 - std::cos(angle)))});
    }
    return stroke;
}

std::string repeated(const std::string& text, std::size_t bytes) {
    std::string all;
    while (all.size() + text.size() <= bytes) all += text;
    return all;
}

}  // namespace

net::Declaration full_form() {
    net::Declaration form;
    form.id = *net::RequestId::parse("0f8a2c31-5b7e-4d6a-9c10-2e4f6a8b0c1d");
    form.name = "髙﨑　𠮷𩸽";
    form.name_kana = "タカサキ　ヨシホッケ";
    form.birth_date = "19500401";
    form.sex = net::DeclaredSex::Female;
    form.postal_code = "1250061";
    form.address = "東京都葛󠄀飾区亀有五丁目３４番１２－４０５号";
    form.phone = "090-1234-5678";
    form.insurance = net::DeclaredInsurance::LaterElderly;
    form.insurer_name = "東京都後期高齢者医療広域連合";
    form.office_name = "株式会社亀有製作所";
    form.ratio_tenths = 2;
    form.signature = {arc(1200, 2600, 700, 1.0), arc(3600, 2400, 900, 1.7), arc(6400, 3000, 600, 2.3), {{8600, 6000}}};
    form.made_at = std::chrono::sys_seconds{std::chrono::seconds{1'795'311'378}};  // 2026-11-22 in Japan
    return form;
}

net::Declaration longest_form() {
    net::Declaration form = full_form();
    const std::size_t limit = net::declaration_text_limit;
    form.name = repeated("寿限無", limit);
    form.name_kana = repeated("ジュゲム", limit);
    form.address = repeated("𠮷", limit);
    form.phone = repeated("0123456789-", limit);
    form.insurer_name = repeated("Ww", limit);
    form.office_name = repeated("é", limit);
    return form;
}

std::string output_of(const std::string& command) {
    const auto close = [](FILE* pipe) { ::pclose(pipe); };
    const std::unique_ptr<FILE, decltype(close)> pipe(::popen((command + " 2>/dev/null").c_str(), "r"), close);
    std::string all;
    std::array<char, 4096> some{};
    while (pipe != nullptr) {
        const std::size_t count = std::fread(some.data(), 1, some.size(), pipe.get());
        if (count == 0) break;
        all.append(some.data(), count);
    }
    return all;
}

bool installed(const std::string& program) {
    return !output_of("PATH=$PATH:/usr/sbin:/sbin command -v " + program).empty();
}

PdfFile::PdfFile(std::span<const std::uint8_t> pdf) {
    std::string folder = (std::filesystem::temp_directory_path() / "uketsuke-pdf-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return;
    m_folder = folder;
    m_path = m_folder / "form.pdf";
    std::ofstream(m_path, std::ios::binary)
        .write(reinterpret_cast<const char*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
}

PdfFile::~PdfFile() {
    std::error_code ignored;
    if (!m_folder.empty()) std::filesystem::remove_all(m_folder, ignored);
}

std::string PdfFile::text() const {
    return output_of("pdftotext '" + m_path.string() + "' -");
}

std::string PdfFile::text_as_drawn() const {
    return output_of("pdftotext -raw '" + m_path.string() + "' -");
}

std::string PdfFile::fonts() const {
    return output_of("pdffonts '" + m_path.string() + "'");
}

std::string PdfFile::info() const {
    return output_of("pdfinfo '" + m_path.string() + "'");
}

}  // namespace uketsuke::declaration
