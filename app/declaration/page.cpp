#include "app/declaration/page.h"

#include <fmt/format.h>
#include <string.h>

#include <mutex>
#include <span>
#include <string_view>
#include <utility>

#include "app/declaration/dates.h"
#include "app/declaration/sheet.h"
#include "app/declaration/words.h"
#include "net/wall_time.h"

namespace uketsuke::declaration {
namespace {

constexpr double k_left = 18;
constexpr double k_width = 174;
constexpr double k_label = 36;  // width of the column that says what stands beside it
constexpr double k_inset = 3;
constexpr double k_rule = 0.2;
constexpr double k_edge = 0.5;
constexpr double k_label_grey = 0.93;
constexpr double k_pen_field = 66;  // width
constexpr double k_pen_shape = 3;   // as wide as high
constexpr double k_smallest = 4;    // the longest text that a form holds fits every field at this size

constexpr Type k_title{.size = 20, .smallest = 20, .bold = true, .align = Align::Centre, .spacing = 0.25};
constexpr Type k_heading{.size = 11.5, .smallest = 11.5, .bold = true};
constexpr Type k_plain{.size = 10.5, .smallest = 10.5};
constexpr Type k_small{.size = 9, .smallest = 8};
constexpr Type k_value{.size = 12, .smallest = k_smallest};
constexpr Type k_of_label{.size = 10, .smallest = 8, .align = Align::Centre};

// 令和 begins after the epoch: a form that says no day is one that is filled in by hand.
bool has_day(const net::Declaration& form) {
    return form.made_at.time_since_epoch().count() != 0;
}

std::string made_at_iso(const net::Declaration& form) {
    const std::string at = net::jst_date_time(form.made_at);
    return fmt::format("{}-{}-{}T{}:{}:{}+09:00", at.substr(0, 4), at.substr(4, 2), at.substr(6, 2), at.substr(8, 2),
                       at.substr(10, 2), at.substr(12, 2));
}

std::string postal_code_in_groups(const std::string& digits) {
    return digits.size() > 3 ? digits.substr(0, 3) + "-" + digits.substr(3) : digits;
}

int chosen_kind(net::DeclaredInsurance kind) {
    switch (kind) {
        case net::DeclaredInsurance::NotSaid:
            return -1;
        case net::DeclaredInsurance::NationalHealth:
            return 0;
        case net::DeclaredInsurance::LaterElderly:
            return 1;
        case net::DeclaredInsurance::Employees:
            return 2;
        case net::DeclaredInsurance::MutualAid:
            return 3;
        case net::DeclaredInsurance::DontKnow:
            return 4;
    }
    return -1;
}

int chosen_sex(net::DeclaredSex sex) {
    switch (sex) {
        case net::DeclaredSex::NotSaid:
            return -1;
        case net::DeclaredSex::Male:
            return 0;
        case net::DeclaredSex::Female:
            return 1;
    }
    return -1;
}

// The parts of a name and of an address half a letter apart: with more between them, programs that read the page's text
// take them for two columns.
std::string narrow_spaces(std::string_view text) {
    static constexpr std::string_view k_wide = "\u3000";
    std::string narrow;
    for (std::size_t at = 0; at < text.size();) {
        const bool wide = text.substr(at, k_wide.size()) == k_wide;
        narrow += wide ? ' ' : text[at];
        at += wide ? k_wide.size() : 1;
    }
    return narrow;
}

void wipe(std::string& text) {
    explicit_bzero(text.data(), text.size());
    text.clear();
}

class Form {
  public:
    Form(Sheet& sheet, const net::Declaration& form, const PageOptions& options)
        : m_sheet(sheet), m_form(form), m_options(options) {}

    // False: something does not fit.
    bool draw() {
        head();
        person();
        insurance();
        foot();
        office_use();
        return m_fits;
    }

  private:
    void write(const Box& box, std::string_view text, const Type& type) {
        m_fits = m_sheet.write(box, text, type) && m_fits;
    }

    void head() {
        write({k_left, 15, k_width, 11}, words::k_title, k_title);
        constexpr double k_name = 96;
        write({k_left + 1, 30, k_name - 2, 8}, m_options.institution, {.size = 12, .smallest = 6});
        m_sheet.line(k_left, 38.5, k_left + k_name, 38.5, k_rule);
        write({k_left + k_name + 3, 30, 20, 8}, words::k_addressed, {.size = 12, .smallest = 12});
        write({k_left, 42, k_width, 11}, words::k_sentence, k_plain);
        write({k_left, 53.5, k_width, 5}, words::k_as_known, k_small);
    }

    void heading(double y, std::string_view text) { write({k_left, y, k_width, 6}, text, k_heading); }

    // Of the row that begins at y; returns the cell beside the label.
    Box row(double y, double height, std::string_view label) { return cell(k_left, y, k_width, height, label); }
    Box cell(double x, double y, double width, double height, std::string_view label, double label_width = k_label) {
        m_sheet.shade({x, y, label_width, height}, k_label_grey);
        write({x + 1, y, label_width - 2, height}, label, k_of_label);
        m_sheet.frame({x, y, label_width, height}, k_rule);
        m_sheet.frame({x, y, width, height}, k_rule);
        return {x + label_width + k_inset, y, width - label_width - 2 * k_inset, height};
    }

    // An empty field is to look as if it were left open, not forgotten.
    void value(const Box& cell, std::string_view text, const Type& type) {
        if (text.empty()) return blank(cell);
        std::string narrow = narrow_spaces(text);
        write(cell, narrow, type);
        wipe(narrow);
    }
    void blank(const Box& cell) {
        const double y = cell.y + cell.height - 2.2;
        m_sheet.line(cell.x, y, cell.x + cell.width, y, k_rule, 0.65);
    }

    // Boxes with what they stand for, side by side and then on further lines. chosen: -1: none.
    void choices(const Box& cell, std::span<const char* const> labels, int chosen, double size) {
        const Type type{.size = size, .smallest = size};
        const double box_width = m_sheet.width_of(words::k_open_box, type);
        const double gap = box_width * 1.2;
        const double line = box_width * 1.6;
        std::vector<std::vector<std::pair<double, std::size_t>>> lines(1);
        double x = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const double width = box_width * 1.3 + m_sheet.width_of(labels[i], type);
            if (x > 0 && x + width > cell.width) {
                lines.emplace_back();
                x = 0;
            }
            lines.back().emplace_back(x, i);
            x += width + gap;
        }
        double y = cell.y + (cell.height - line * static_cast<double>(lines.size())) / 2;
        for (const auto& on_line : lines) {
            for (const auto& [offset, i] : on_line) {
                const Box box{cell.x + offset, y, box_width * 1.05, line};
                choice(box, static_cast<int>(i) == chosen, type);
                write({box.x + box_width * 1.3, y, cell.x + cell.width - box.x - box_width * 1.3 + 1, line}, labels[i],
                      type);
            }
            y += line;
        }
    }

    // The filled box is what a reader of the text finds; a hand would have ticked it.
    void choice(const Box& box, bool chosen, Type type) {
        if (chosen) {
            type.grey = 0.82;
            write(box, words::k_filled_box, type);
            type.grey = 0;
        }
        const double side = box.width * 0.8;
        const Box square{box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side};
        if (!chosen) return write(box, words::k_open_box, type);
        m_sheet.frame(square, 0.25);
        m_sheet.tick(square);
    }

    void person() {
        heading(62, words::k_person);
        double y = 69;
        const double top = y;
        value(row(y, 10, words::k_kana), m_form.name_kana, {.size = 11, .smallest = k_smallest});
        y += 10;
        value(row(y, 14, words::k_name), m_form.name, {.size = 17, .smallest = k_smallest});
        y += 14;
        constexpr double k_of_birth = 128;
        std::string birth_date = day_in_words(m_form.birth_date);
        const Box born = cell(k_left, y, k_of_birth, 11, words::k_birth_date);
        if (birth_date.empty()) {
            write(born, words::k_birth_date_to_write, {.size = 9.5, .smallest = 7.5});
        } else {
            write(born, birth_date, k_value);
        }
        wipe(birth_date);
        choices(cell(k_left + k_of_birth, y, k_width - k_of_birth, 11, words::k_sex, 16), words::k_sexes,
                chosen_sex(m_form.sex), 11);
        y += 11;
        address(row(y, 26, words::k_address));
        y += 26;
        value(row(y, 10, words::k_phone), m_form.phone, k_value);
        y += 10;
        m_sheet.frame({k_left, top, k_width, y - top}, k_edge);
    }

    void address(const Box& cell) {
        write({cell.x, cell.y + 1, 6, 7}, words::k_postal_mark, k_value);
        const Box code{cell.x + 6, cell.y + 1, 30, 7};
        if (m_form.postal_code.empty()) {
            m_sheet.line(code.x, code.y + 6, code.x + 11, code.y + 6, k_rule, 0.65);
            m_sheet.line(code.x + 13, code.y + 6, code.x + 28, code.y + 6, k_rule, 0.65);
        } else {
            std::string grouped = postal_code_in_groups(m_form.postal_code);
            write(code, grouped, k_value);
            wipe(grouped);
        }
        const Box lines{cell.x, cell.y + 8.5, cell.width, cell.height - 9.5};
        Type type = k_value;
        type.from_top = true;
        value(lines, m_form.address, type);
        if (m_form.address.empty()) blank({lines.x, lines.y, lines.width, lines.height / 2});
    }

    void insurance() {
        heading(145, words::k_insurance);
        double y = 152;
        const double top = y;
        choices(row(y, 14, words::k_kind), words::k_kinds, chosen_kind(m_form.insurance), 10.5);
        y += 14;
        value(row(y, 11, words::k_insurer), m_form.insurer_name, k_value);
        y += 11;
        value(row(y, 11, words::k_office), m_form.office_name, k_value);
        y += 11;
        choices(row(y, 10, words::k_ratio), words::k_ratios, m_form.ratio_tenths - 1, 11);
        y += 10;
        m_sheet.frame({k_left, top, k_width, y - top}, k_edge);
        write({k_left, y + 1.5, k_width, 5}, words::k_payment, k_small);
        write({k_left, y + 6, k_width, 5}, words::k_later, k_small);
    }

    void foot() {
        constexpr double k_top = 212;
        constexpr double k_height = k_pen_field / k_pen_shape;
        const Type type{.size = 11, .smallest = 9};
        write({k_left, k_top + k_height - 8, 17, 8}, words::k_made_on, type);
        std::string day = has_day(m_form) ? day_in_words(net::jst_date(m_form.made_at)) : words::k_made_on_to_write;
        write({k_left + 18, k_top + k_height - 8, 62, 8}, day, type);
        const Box field{k_left + k_width - k_pen_field, k_top, k_pen_field, k_height};
        write({field.x - 14, k_top + k_height - 8, 12, 8}, words::k_signature, type);
        for (const net::Stroke& stroke : m_form.signature) {
            if (!stroke.empty()) m_sheet.pen(field, curve_of(stroke, k_pen_shape));
        }
        m_sheet.line(field.x - 14, k_top + k_height, field.x + k_pen_field, k_top + k_height, k_rule);
    }

    // Filled in with a pen by the institution; nothing of the patient stands in it.
    void office_use() {
        constexpr double k_top = 242;
        constexpr double k_row = 10;
        constexpr double k_narrow = 24;
        constexpr double k_of_receipt = 52;
        constexpr double k_of_day = 68;
        const auto narrow = [this](double x, double y, double width, const char* label) {
            return cell(x, y, width, k_row, label, k_narrow);
        };
        write({k_left, k_top, k_width, 6}, words::k_office_use, {.size = 9.5, .smallest = 9.5, .bold = true});
        double y = k_top + 6.5;
        const double top = y;
        const Box receipt = narrow(k_left, y, k_of_receipt, words::k_receipt);
        if (!m_form.id.is_nil()) write(receipt, m_form.id.text().substr(0, 8), {.size = 10, .smallest = 10});
        const Box on = narrow(k_left + k_of_receipt, y, k_of_day, words::k_checked_on);
        write(on, words::k_day_to_write, {.size = 9.5, .smallest = 9.5});
        narrow(k_left + k_of_receipt + k_of_day, y, k_width - k_of_receipt - k_of_day, words::k_checked_by);
        y += k_row;
        choices(narrow(k_left, y, k_width, words::k_checked), words::k_results, -1, 9.5);
        y += k_row;
        choices(narrow(k_left, y, k_width, words::k_claim), words::k_claims, -1, 9.5);
        y += k_row;
        m_sheet.frame({k_left, top, k_width, y - top}, k_edge);
    }

    Sheet& m_sheet;
    const net::Declaration& m_form;
    const PageOptions& m_options;
    bool m_fits = true;
};

}  // namespace

tl::expected<Page, std::string> page_of(const net::Declaration& declaration, const PageOptions& options) {
    static std::mutex turns;
    const std::lock_guard lock(turns);
    auto sheet = Sheet::a4({words::k_title, made_at_iso(declaration)});
    if (!sheet) return tl::unexpected(sheet.error());
    if (!Form(*sheet, declaration, options).draw()) return tl::unexpected<std::string>("a text does not fit the page");
    const int unknown = sheet->unknown_characters();
    return sheet->finish().map([unknown](std::vector<std::uint8_t> pdf) { return Page{std::move(pdf), unknown}; });
}

}  // namespace uketsuke::declaration
