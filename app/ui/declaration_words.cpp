#include "app/ui/declaration_words.h"

namespace uketsuke::ui {

Message field_label(core::DeclarationField field) {
    using core::DeclarationField;
    switch (field) {
        case DeclarationField::Name:
            return {"form.name"};
        case DeclarationField::NameKana:
            return {"form.name_kana"};
        case DeclarationField::BirthDate:
            return {"form.birth_date"};
        case DeclarationField::Sex:
            return {"form.sex"};
        case DeclarationField::PostalCode:
            return {"form.postal_code"};
        case DeclarationField::Address:
            return {"form.address"};
        case DeclarationField::Phone:
            return {"form.phone"};
        case DeclarationField::InsuranceKind:
            return {"form.insurance"};
        case DeclarationField::InsurerName:
            return {"form.insurer"};
        case DeclarationField::OfficeName:
            return {"form.office"};
        case DeclarationField::ContributionRatio:
            return {"form.ratio"};
        case DeclarationField::Signature:
            return {"form.signature"};
    }
    return {"form.name"};
}

Message field_question(core::DeclarationField field) {
    using core::DeclarationField;
    switch (field) {
        case DeclarationField::Name:
            return {"form.ask.name"};
        case DeclarationField::NameKana:
            return {"form.ask.name_kana"};
        case DeclarationField::BirthDate:
            return {"form.ask.birth_date"};
        case DeclarationField::Sex:
            return {"form.ask.sex"};
        case DeclarationField::PostalCode:
            return {"form.ask.postal_code"};
        case DeclarationField::Address:
            return {"form.ask.address"};
        case DeclarationField::Phone:
            return {"form.ask.phone"};
        case DeclarationField::InsuranceKind:
            return {"form.ask.insurance"};
        case DeclarationField::InsurerName:
            return {"form.ask.insurer"};
        case DeclarationField::OfficeName:
            return {"form.ask.office"};
        case DeclarationField::ContributionRatio:
            return {"form.ask.ratio"};
        case DeclarationField::Signature:
            return {"form.ask.signature"};
    }
    return {"form.ask.name"};
}

Message sex_words(core::Sex sex) {
    switch (sex) {
        case core::Sex::NotSaid:
            return {};
        case core::Sex::Male:
            return {"form.sex.male"};
        case core::Sex::Female:
            return {"form.sex.female"};
    }
    return {};
}

Message insurance_words(core::InsuranceKind kind) {
    using core::InsuranceKind;
    switch (kind) {
        case InsuranceKind::NotSaid:
            return {};
        case InsuranceKind::NationalHealth:
            return {"form.insurance.national"};
        case InsuranceKind::LaterElderly:
            return {"form.insurance.elderly"};
        case InsuranceKind::Employees:
            return {"form.insurance.employees"};
        case InsuranceKind::MutualAid:
            return {"form.insurance.mutual"};
        case InsuranceKind::DontKnow:
            return {"form.insurance.unknown"};
    }
    return {};
}

Message ratio_words(std::uint8_t tenths) {
    return tenths == 0 ? Message{} : Message{"form.ratio.tenths", tenths};
}

Message era_words(core::Era era) {
    switch (era) {
        case core::Era::Western:
            return {"era.western"};
        case core::Era::Taisho:
            return {"era.taisho"};
        case core::Era::Showa:
            return {"era.showa"};
        case core::Era::Heisei:
            return {"era.heisei"};
        case core::Era::Reiwa:
            return {"era.reiwa"};
    }
    return {"era.western"};
}

Message era_year_words(core::Era era, int year) {
    switch (era) {
        case core::Era::Western:
            return {"era.western.year", year};
        case core::Era::Taisho:
            return {"era.taisho.year", year};
        case core::Era::Showa:
            return {"era.showa.year", year};
        case core::Era::Heisei:
            return {"era.heisei.year", year};
        case core::Era::Reiwa:
            return {"era.reiwa.year", year};
    }
    return {"era.western.year", year};
}

}  // namespace uketsuke::ui
