#include "app/voice/cues.h"

namespace uketsuke::voice {
namespace {

bool needs_attention(const core::View& view) {
    if (const auto* pin = std::get_if<core::page::Pin>(&view.page)) return pin->wrong;
    if (const auto* code = std::get_if<core::page::TourSignIn>(&view.page)) return code->wrong || code->destroyed;
    if (const auto* card = std::get_if<core::page::LayCard>(&view.page)) return card->again || !card->reader_there;
    switch (view.screen()) {
        case core::Screen::CardProblem:
        case core::Screen::FaceFailed:
        case core::Screen::PinLastTry:
        case core::Screen::PinLocked:
        case core::Screen::NotSaved:
        case core::Screen::TakeCard:
        case core::Screen::CardTaken:
        case core::Screen::OutOfService:
            return true;
        case core::Screen::Idle:
        case core::Screen::ReadingCard:
        case core::Screen::ExpiryNotice:
        case core::Screen::ChooseMethod:
        case core::Screen::Face:
        case core::Screen::Pin:
        case core::Screen::CallStaff:
        case core::Screen::StaffCheck:
        case core::Screen::NumberEntry:
        case core::Screen::Registration:
        case core::Screen::Consent:
        case core::Screen::LimitAmount:
        case core::Screen::ConsentSummary:
        case core::Screen::Submitting:
        case core::Screen::Accepted:
        case core::Screen::OtherWays:
        case core::Screen::ShowToStaff:
        case core::Screen::DeclarationText:
        case core::Screen::DeclarationDate:
        case core::Screen::DeclarationChoice:
        case core::Screen::DeclarationSignature:
        case core::Screen::DeclarationReview:
        case core::Screen::DeclarationSaving:
        case core::Screen::DeclarationDone:
        case core::Screen::TourSignIn:
        case core::Screen::Tour:
        case core::Screen::CareList:
        case core::Screen::CarePatient:
        case core::Screen::LayCard:
            return false;
    }
    return false;
}

bool is_identified(core::Screen screen) {
    return screen == core::Screen::Consent || screen == core::Screen::Registration ||
           screen == core::Screen::ExpiryNotice;
}

bool identifies(core::Screen screen) {
    return screen == core::Screen::Face || screen == core::Screen::Pin || screen == core::Screen::StaffCheck;
}

bool staff_called(const core::View& view) {
    return view.staff_called || view.screen() == core::Screen::CallStaff;
}

}  // namespace

std::optional<Tone> cue(const core::View& before, const core::View& after) {
    if (staff_called(after) && !staff_called(before)) return Tone::CallStaff;
    const bool another = before.screen() != after.screen();
    if (needs_attention(after) && (another || !needs_attention(before))) return Tone::Attention;
    if (after.seconds_left && !before.seconds_left) return Tone::Attention;
    if (!another) return std::nullopt;
    if (after.screen() == core::Screen::Accepted) {
        const auto& page = std::get<core::page::Accepted>(after.page);
        return page.outcome == core::Outcome::SeeTheDesk ? Tone::Attention : Tone::Done;
    }
    if (after.screen() == core::Screen::DeclarationDone) return Tone::Done;
    const bool waited = before.screen() == core::Screen::Idle || before.screen() == core::Screen::LayCard;
    if (waited && after.screen() == core::Screen::ReadingCard) return Tone::Confirm;
    if (identifies(before.screen()) && is_identified(after.screen())) return Tone::Confirm;
    return std::nullopt;
}

}  // namespace uketsuke::voice
