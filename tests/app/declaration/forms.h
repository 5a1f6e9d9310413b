// Forms for the tests of the page and the printer, and what other people's programs say of a PDF.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "app/declaration/page.h"
#include "net/declaration.h"

namespace uketsuke::declaration {

// Every field said, with the characters that fonts and converters lose: 髙 﨑 𠮷 𩸽 葛󠄀.
net::Declaration full_form();
// Every text as long as a form holds.
net::Declaration longest_form();

// Of what is written to its standard output; empty when it fails.
std::string output_of(const std::string& command);
bool installed(const std::string& program);

// In a folder of its own that goes with it.
class PdfFile {
  public:
    explicit PdfFile(std::span<const std::uint8_t> pdf);
    ~PdfFile();
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;

    std::string text() const;           // as pdftotext reads it from what lies where
    std::string text_as_drawn() const;  // pdftotext -raw: in the order of the file
    std::string fonts() const;          // pdffonts
    std::string info() const;           // pdfinfo
    const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_folder;
    std::filesystem::path m_path;
};

}  // namespace uketsuke::declaration
