#include "app/core/declaration.h"

namespace uketsuke::core {

const SecretText* text_of(const Declaration& declaration, DeclarationField field) {
    switch (field) {
        case DeclarationField::Name:
            return &declaration.name;
        case DeclarationField::NameKana:
            return &declaration.name_kana;
        case DeclarationField::PostalCode:
            return &declaration.postal_code;
        case DeclarationField::Address:
            return &declaration.address;
        case DeclarationField::Phone:
            return &declaration.phone;
        case DeclarationField::InsurerName:
            return &declaration.insurer_name;
        case DeclarationField::OfficeName:
            return &declaration.office_name;
        case DeclarationField::BirthDate:
        case DeclarationField::Sex:
        case DeclarationField::InsuranceKind:
        case DeclarationField::ContributionRatio:
        case DeclarationField::Signature:
            return nullptr;
    }
    return nullptr;
}

SecretText* text_of(Declaration& declaration, DeclarationField field) {
    return const_cast<SecretText*>(text_of(static_cast<const Declaration&>(declaration), field));
}

bool said(const Declaration& declaration, DeclarationField field) {
    if (const SecretText* text = text_of(declaration, field)) return !text->empty();
    switch (field) {
        case DeclarationField::BirthDate:
            return declaration.birth_date.said();
        case DeclarationField::Sex:
            return declaration.sex != Sex::NotSaid;
        case DeclarationField::InsuranceKind:
            return declaration.insurance != InsuranceKind::NotSaid;
        case DeclarationField::ContributionRatio:
            return declaration.ratio_tenths != 0;
        case DeclarationField::Signature:
            return !declaration.signature.empty();
        case DeclarationField::Name:
        case DeclarationField::NameKana:
        case DeclarationField::PostalCode:
        case DeclarationField::Address:
        case DeclarationField::Phone:
        case DeclarationField::InsurerName:
        case DeclarationField::OfficeName:
            return false;
    }
    return false;
}

}  // namespace uketsuke::core
