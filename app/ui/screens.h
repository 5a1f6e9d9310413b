// One function a page: what it shows, as data. scene_of(view) in scene.h picks it.
#pragma once

#include "app/core/view.h"
#include "app/ui/scene.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::Idle& page);
Scene scene_of(const core::View& view, const core::page::ReadingCard& page);
Scene scene_of(const core::View& view, const core::page::CardProblem& page);
Scene scene_of(const core::View& view, const core::page::ExpiryNotice& page);
Scene scene_of(const core::View& view, const core::page::ChooseMethod& page);
Scene scene_of(const core::View& view, const core::page::Face& page);
Scene scene_of(const core::View& view, const core::page::FaceFailed& page);
Scene scene_of(const core::View& view, const core::page::Pin& page);
Scene scene_of(const core::View& view, const core::page::PinLastTry& page);
Scene scene_of(const core::View& view, const core::page::PinLocked& page);
Scene scene_of(const core::View& view, const core::page::CallStaff& page);
Scene scene_of(const core::View& view, const core::page::StaffCheck& page);
Scene scene_of(const core::View& view, const core::page::NumberEntry& page);
Scene scene_of(const core::View& view, const core::page::Registration& page);
Scene scene_of(const core::View& view, const core::page::Consent& page);
Scene scene_of(const core::View& view, const core::page::LimitAmount& page);
Scene scene_of(const core::View& view, const core::page::ConsentSummary& page);
Scene scene_of(const core::View& view, const core::page::Submitting& page);
Scene scene_of(const core::View& view, const core::page::Accepted& page);
Scene scene_of(const core::View& view, const core::page::NotSaved& page);
Scene scene_of(const core::View& view, const core::page::TakeCard& page);
Scene scene_of(const core::View& view, const core::page::CardTaken& page);
Scene scene_of(const core::View& view, const core::page::OutOfService& page);
Scene scene_of(const core::View& view, const core::page::OtherWays& page);
Scene scene_of(const core::View& view, const core::page::ShowToStaff& page);
Scene scene_of(const core::View& view, const core::page::DeclarationText& page);
Scene scene_of(const core::View& view, const core::page::DeclarationDate& page);
Scene scene_of(const core::View& view, const core::page::DeclarationChoice& page);
Scene scene_of(const core::View& view, const core::page::DeclarationSignature& page);
Scene scene_of(const core::View& view, const core::page::DeclarationReview& page);
Scene scene_of(const core::View& view, const core::page::DeclarationSaving& page);
Scene scene_of(const core::View& view, const core::page::DeclarationDone& page);
Scene scene_of(const core::View& view, const core::page::TourSignIn& page);
Scene scene_of(const core::View& view, const core::page::Tour& page);
Scene scene_of(const core::View& view, const core::page::CareList& page);
Scene scene_of(const core::View& view, const core::page::CarePatient& page);
Scene scene_of(const core::View& view, const core::page::LayCard& page);

// Opens the staff check.
Choice staff_corner();
// At home: staff look at face and card themselves.
Choice visual_check(Tone tone);
// What else there is for whoever cannot be confirmed.
Choice other_ways(Tone tone);
// What staff should know, on the page that waits.
Message note_words(core::StaffNote note);
// What every question of the form has around it: where it stands, and what leads on.
Scene question_scene(const core::page::Question& question, Message title);
Choice skip_question();
Choice next_question(bool possible);

// Over any page.
Scene languages_sheet(const core::View& view);
Scene visual_reasons_sheet(const core::View& view);
Scene leave_form_sheet();
Scene withdraw_sheet(const core::page::CarePatient& page);
Scene end_tour_sheet(const core::page::Tour& page);
Scene consent_detail_sheet(const core::View& view, const core::page::Consent& page);

}  // namespace uketsuke::ui
