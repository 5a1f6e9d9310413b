#include "app/workers/declaration_wire.h"

#include <fmt/format.h>

namespace uketsuke::workers {
namespace {

net::DeclaredSex to_wire(core::Sex sex) {
    switch (sex) {
        case core::Sex::NotSaid:
            return net::DeclaredSex::NotSaid;
        case core::Sex::Male:
            return net::DeclaredSex::Male;
        case core::Sex::Female:
            return net::DeclaredSex::Female;
    }
    return net::DeclaredSex::NotSaid;
}

net::DeclaredInsurance to_wire(core::InsuranceKind kind) {
    switch (kind) {
        case core::InsuranceKind::NotSaid:
            return net::DeclaredInsurance::NotSaid;
        case core::InsuranceKind::NationalHealth:
            return net::DeclaredInsurance::NationalHealth;
        case core::InsuranceKind::LaterElderly:
            return net::DeclaredInsurance::LaterElderly;
        case core::InsuranceKind::Employees:
            return net::DeclaredInsurance::Employees;
        case core::InsuranceKind::MutualAid:
            return net::DeclaredInsurance::MutualAid;
        case core::InsuranceKind::DontKnow:
            return net::DeclaredInsurance::DontKnow;
    }
    return net::DeclaredInsurance::NotSaid;
}

core::Sex of_card(card::Sex sex) {
    switch (sex) {
        case card::Sex::Male:
            return core::Sex::Male;
        case card::Sex::Female:
            return core::Sex::Female;
        case card::Sex::Unknown:
        case card::Sex::NotApplicable:
            return core::Sex::NotSaid;
    }
    return core::Sex::NotSaid;
}

}  // namespace

net::Declaration to_wire(const core::Declaration& form, core::WallTime made_at) {
    net::Declaration wire;
    wire.name = form.name.view();
    wire.name_kana = form.name_kana.view();
    if (form.birth_date.said()) {
        wire.birth_date =
            fmt::format("{:04}{:02}{:02}", form.birth_date.year, form.birth_date.month, form.birth_date.day);
    }
    wire.sex = to_wire(form.sex);
    wire.postal_code = form.postal_code.view();
    wire.address = form.address.view();
    wire.phone = form.phone.view();
    wire.insurance = to_wire(form.insurance);
    wire.insurer_name = form.insurer_name.view();
    wire.office_name = form.office_name.view();
    wire.ratio_tenths = form.ratio_tenths;
    for (const auto& stroke : form.signature.strokes()) {
        net::Stroke& points = wire.signature.emplace_back();
        points.reserve(stroke.size());
        for (const core::PenPoint& at : stroke) points.push_back({at.x, at.y});
    }
    wire.made_at = made_at;
    return wire;
}

core::CardHolder holder_of(const card::Attributes& attributes) {
    core::CardHolder holder;
    holder.name = attributes.name.view();
    holder.address = attributes.address.view();
    holder.sex = of_card(attributes.sex);
    if (const auto& date = attributes.birth_date; date && date->ok()) {
        holder.birth_date = {static_cast<std::int16_t>(static_cast<int>(date->year())),
                             static_cast<std::uint8_t>(static_cast<unsigned>(date->month())),
                             static_cast<std::uint8_t>(static_cast<unsigned>(date->day()))};
    }
    return holder;
}

}  // namespace uketsuke::workers
