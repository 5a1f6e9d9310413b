#include <string>
#include <utility>
#include <vector>

#include "app/ui/declaration_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using core::DeclarationField;

Message quoted(const core::SecretText& text) {
    return text.empty() ? Message{} : Message{.key = "form.value", .quoted = std::string(text.view())};
}

// The day in words, in the era's years: 昭和25年5月3日.
std::vector<Message> date_of(const core::BirthDate& date) {
    const core::EraDate said = core::in_era(date);
    return {era_year_words(said.era, said.year), {"form.month", date.month}, {"form.day", date.day}};
}

std::vector<Message> one(Message message) {
    if (message.empty()) return {};
    return {std::move(message)};
}

std::vector<Message> value_of(const core::Declaration& form, DeclarationField field) {
    switch (field) {
        case DeclarationField::Name:
            return one(quoted(form.name));
        case DeclarationField::NameKana:
            return one(quoted(form.name_kana));
        case DeclarationField::BirthDate:
            return form.birth_date.said() ? date_of(form.birth_date) : std::vector<Message>{};
        case DeclarationField::Sex:
            return one(sex_words(form.sex));
        case DeclarationField::PostalCode:
            return one(quoted(form.postal_code));
        case DeclarationField::Address:
            return one(quoted(form.address));
        case DeclarationField::Phone:
            return one(quoted(form.phone));
        case DeclarationField::InsuranceKind:
            return one(insurance_words(form.insurance));
        case DeclarationField::InsurerName:
            return one(quoted(form.insurer_name));
        case DeclarationField::OfficeName:
            return one(quoted(form.office_name));
        case DeclarationField::ContributionRatio:
            return one(ratio_words(form.ratio_tenths));
        case DeclarationField::Signature:
            return {};
    }
    return {};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::DeclarationReview& page) {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.tool = true;
    scene.overline = {page.not_saved  ? "form.review.not_saved"
                      : page.complete ? "form.review.hint"
                                      : "form.review.name_needed"};
    scene.title = {"form.review.title"};
    FormRows rows;
    for (const DeclarationField field : page.asked) {
        FormRows::Field row;
        row.label = field_label(field);
        row.intent = {Kind::EditField, static_cast<std::uint8_t>(field)};
        row.wide = field == DeclarationField::Address;
        row.missing = field == DeclarationField::Name && page.form.name.empty();
        if (field == DeclarationField::Signature) row.drawn = page.form.signature;
        row.value = value_of(page.form, field);
        rows.fields.push_back(std::move(row));
    }
    scene.figure = std::move(rows);
    scene.choices = {{.label = {"form.hand_in"},
                      .icon = Icon::Check,
                      .tone = Tone::Primary,
                      .intent = {Kind::Confirm},
                      .off = !page.complete}};
    scene.back = {"common.back"};
    return scene;
}

Scene leave_form_sheet() {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.title = {"form.leave.title"};
    scene.body = {{"form.leave.body"}};
    scene.choices = {
        {.label = {"form.leave.stay"}, .icon = Icon::Write, .tone = Tone::Primary, .intent = {Kind::CloseSheet}},
        {.label = {"form.leave.go"}, .icon = Icon::Stop, .tone = Tone::Secondary, .intent = {Kind::Stop}}};
    scene.pair_first = true;
    return scene;
}

}  // namespace uketsuke::ui
