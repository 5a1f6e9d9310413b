#include "net/declaration.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "net/desk/internal/unicode.h"
#include "net/internal/byte_parts.h"
#include "net/internal/declared_query.h"
#include "net/internal/remark_checks.h"
#include "net/oqs_xml.h"
#include "net/sealing.h"
#include "net/wall_time.h"

namespace uketsuke::net {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::uint16_t stroke_range = 10'000;
constexpr std::size_t id_length = 36;
constexpr std::size_t bytes_of_point = 4;
constexpr std::int64_t end_of_year_9999 = 253'402'300'800;

// What is written between the scalars and the strokes, in this order.
template <class Form>
auto texts_of(Form& form) {
    return std::array{
        &form.name,    &form.name_kana, &form.birth_date,   &form.postal_code,
        &form.address, &form.phone,     &form.insurer_name, &form.office_name,
    };
}

// A control character would make a document that nobody reads.
bool is_clean(const std::string& text) {
    auto points = internal::code_points(text);
    if (!points) return false;
    const bool clean =
        std::none_of(points->begin(), points->end(), [](char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); });
    sodium_memzero(points->data(), points->size() * sizeof(char32_t));
    return clean;
}

// What is wrong with a form, in words without its values; empty: nothing.
std::string trouble_of(const Declaration& form) {
    if (form.id.is_nil()) return "it has no id";
    if (form.name.empty()) return "it has no name";
    for (const std::string* text : texts_of(form)) {
        if (text->size() > declaration_text_limit) return "a text is too long";
        if (!is_clean(*text)) return "a text is no clean UTF-8";
    }
    if (!form.birth_date.empty() && !internal::is_date(form.birth_date)) return "its birth date is none";
    if (form.sex > DeclaredSex::Female || form.insurance > DeclaredInsurance::DontKnow || form.ratio_tenths < 0 ||
        form.ratio_tenths > 3) {
        return "a choice is none of its list";
    }
    const std::int64_t made_at = form.made_at.time_since_epoch().count();
    if (made_at < 0 || made_at >= end_of_year_9999) return "its moment is none";
    if (form.page.size() > declaration_page_limit) return "its page is too large";
    if (form.signature.size() > declaration_strokes_limit) return "its signature has too many strokes";
    std::size_t points = 0;
    for (const Stroke& stroke : form.signature) {
        points += stroke.size();
        const bool outside = std::any_of(stroke.begin(), stroke.end(),
                                         [](StrokePoint at) { return at.x > stroke_range || at.y > stroke_range; });
        if (outside) return "its signature leaves the field";
    }
    return points > declaration_points_limit ? "its signature has too many points" : "";
}

void put_signature(std::vector<std::uint8_t>& out, const std::vector<Stroke>& signature) {
    internal::put_number(out, signature.size(), 2);
    for (const Stroke& stroke : signature) {
        internal::put_number(out, stroke.size(), 2);
        for (const StrokePoint& at : stroke) {
            internal::put_number(out, at.x, 2);
            internal::put_number(out, at.y, 2);
        }
    }
}

bool take_signature(internal::PartReader& reader, std::vector<Stroke>& signature) {
    std::size_t strokes = 0, left = declaration_points_limit;
    if (!reader.take_number(2, strokes) || strokes > declaration_strokes_limit) return false;
    for (; strokes > 0; --strokes) {
        std::size_t points = 0;
        if (!reader.take_number(2, points) || points > left || points * bytes_of_point > reader.left()) return false;
        left -= points;
        Stroke& stroke = signature.emplace_back(points);
        for (StrokePoint& at : stroke) {
            if (!reader.take_number(2, at.x) || !reader.take_number(2, at.y)) return false;
        }
    }
    return true;
}

bool take_all(internal::PartReader& reader, Declaration& form) {
    std::span<const std::uint8_t> id;
    std::uint8_t version = 0;
    std::int64_t made_at = 0;
    const bool head = reader.take_number(1, version) && version == format_version && reader.take(id_length, id) &&
                      reader.take_number(8, made_at) && reader.take_number(1, form.sex) &&
                      reader.take_number(1, form.insurance) && reader.take_number(1, form.ratio_tenths);
    if (!head) return false;
    const auto parsed = RequestId::parse(std::string(id.begin(), id.end()));
    if (!parsed) return false;
    form.id = *parsed;
    form.made_at = std::chrono::sys_seconds(std::chrono::seconds(made_at));
    for (std::string* text : texts_of(form)) {
        if (!reader.take_part(declaration_text_limit, *text)) return false;
    }
    return take_signature(reader, form.signature) && reader.take_part(declaration_page_limit, form.page) &&
           reader.done();
}

void add(OtherElements& elements, const char* name, const std::string& text) {
    if (!text.empty()) elements.push_back({name, text, {}});
}

std::string code_of(DeclaredSex sex) {
    switch (sex) {
        case DeclaredSex::NotSaid:
            return "";
        case DeclaredSex::Male:
            return "1";
        case DeclaredSex::Female:
            return "2";
    }
    return "";
}

}  // namespace

Result<std::vector<std::uint8_t>> encode(const Declaration& form) {
    if (const std::string trouble = trouble_of(form); !trouble.empty()) {
        return fail(Fault::BadOptions, "declaration: " + trouble);
    }
    const std::string& id = form.id.text();
    std::size_t size = 1 + id.size() + 11 + 2 + 4 + form.page.size();
    for (const std::string* text : texts_of(form)) size += 4 + text->size();
    for (const Stroke& stroke : form.signature) size += 2 + bytes_of_point * stroke.size();
    std::vector<std::uint8_t> out;
    // One allocation: a growing vector would leave personal bytes behind in freed memory.
    out.reserve(size);
    out.push_back(format_version);
    out.insert(out.end(), id.begin(), id.end());
    internal::put_number(out, static_cast<std::uint64_t>(form.made_at.time_since_epoch().count()), 8);
    out.push_back(static_cast<std::uint8_t>(form.sex));
    out.push_back(static_cast<std::uint8_t>(form.insurance));
    out.push_back(static_cast<std::uint8_t>(form.ratio_tenths));
    for (const std::string* text : texts_of(form)) internal::put_part(out, std::string_view(*text));
    put_signature(out, form.signature);
    internal::put_part(out, form.page);
    return out;
}

Result<Declaration> decode_declaration(std::span<const std::uint8_t> bytes) {
    Declaration form;
    internal::PartReader reader(bytes);
    if (!take_all(reader, form)) {
        wipe(form);
        return fail(Fault::BadPayload, "declaration: unknown version, or a part is cut, too long, or followed by more");
    }
    if (const std::string trouble = trouble_of(form); !trouble.empty()) {
        wipe(form);
        return fail(Fault::BadPayload, "declaration: " + trouble);
    }
    return form;
}

void wipe(Declaration& form) {
    for (std::string* text : texts_of(form)) wipe(*text);
    for (Stroke& stroke : form.signature) sodium_memzero(stroke.data(), stroke.size() * sizeof(StrokePoint));
    form.signature.clear();
    wipe(form.page);
    form.sex = DeclaredSex::NotSaid;
    form.insurance = DeclaredInsurance::NotSaid;
    form.ratio_tenths = 0;
}

Result<std::optional<std::string>> query_text(const Declaration& form, const std::string& institution_code) {
    if (const std::string trouble = trouble_of(form); !trouble.empty()) {
        return fail(Fault::BadOptions, "declaration: " + trouble);
    }
    if (institution_code.size() != 10 || institution_code.find_first_not_of("0123456789") != std::string::npos) {
        return fail(Fault::BadOptions, "declaration: the institution code is not 10 digits");
    }
    if (form.birth_date.empty()) return std::optional<std::string>{};
    OqsRequest question;
    question.header.qualification_confirmation_date = jst_date(form.made_at);
    question.header.medical_institution_code = institution_code;
    question.header.arbitrary_file_identifier = form.id.text();
    question.header.character_code_identifier = std::string("0");
    question.birthdate = form.birth_date;
    question.arbitrary_identifier = form.id.text();
    OqsElement& person = question.other.emplace_back();
    person.name = internal::declared_person_name;
    person.children.reserve(5);  // a short name stands in the element itself, and would stay where it grew from
    add(person.children, "Name", form.name);
    add(person.children, "NameKana", form.name_kana);
    add(person.children, "Sex1", code_of(form.sex));
    add(person.children, "PostNumber", form.postal_code);
    add(person.children, "Address", form.address);
    std::string text = write_request(question);
    wipe(question);
    return std::optional<std::string>(std::move(text));
}

const char* name_of(DeclaredField field) {
    switch (field) {
        case DeclaredField::Name:
            return "name";
        case DeclaredField::NameKana:
            return "name-kana";
        case DeclaredField::BirthDate:
            return "birth-date";
        case DeclaredField::Sex:
            return "sex";
        case DeclaredField::PostalCode:
            return "postal-code";
        case DeclaredField::Address:
            return "address";
        case DeclaredField::Insurance:
            return "insurance";
        case DeclaredField::InsurerName:
            return "insurer-name";
        case DeclaredField::Ratio:
            return "ratio";
    }
    return "name";
}

const char* name_of(Reconciliation reconciliation) {
    switch (reconciliation) {
        case Reconciliation::Unknown:
            return "unknown";
        case Reconciliation::Match:
            return "match";
        case Reconciliation::Differs:
            return "differs";
    }
    return "unknown";
}

const char* name_of(ClaimCase claim) {
    switch (claim) {
        case ClaimCase::CurrentNumber:
            return "current";
        case ClaimCase::OldNumber:
            return "old";
        case ClaimCase::Sevens:
            return "sevens";
    }
    return "sevens";
}

}  // namespace uketsuke::net
