#include <algorithm>
#include <array>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

using Field = DeclarationField;

// Where the wheels start: the middle of those who come most.
constexpr EraDate k_wheels_start{Era::Showa, 25, 1, 1};

void review(Flow& flow) {
    flow.state.declaring->from_review = false;
    flow.go(Screen::DeclarationReview);
}

void open_question(Flow& flow, Field field) {
    State& state = flow.state;
    Declaring& declaring = *state.declaring;
    declaring.field = field;
    if (screen_of(field) == Screen::DeclarationText) open_text(flow);
    if (field == Field::BirthDate) {
        declaring.date = declaring.form.birth_date.said() ? in_era(declaring.form.birth_date) : k_wheels_start;
        // Whoever reads no Japanese counts no eras.
        if (!in_japanese(state)) declaring.date = western(gregorian(declaring.date));
        declaring.date_touched = false;
    }
    const bool same = state.screen == screen_of(field);
    flow.go(screen_of(field));
    // Another question on the same screen is another page all the same.
    if (same) state.opened = state.now;
}

// The next question that nobody has answered yet, or the summary.
void go_on(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    if (declaring.from_review) {
        review(flow);
        return;
    }
    for (const Field field : questions(declaring)) {
        if (field <= declaring.field || said(declaring.form, field)) continue;
        open_question(flow, field);
        return;
    }
    review(flow);
}

void keep_date(Declaring& declaring) {
    if (declaring.date_touched) declaring.form.birth_date = gregorian(declaring.date);
}

// Whatever leads away from a question keeps what was said to it.
void keep(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    if (flow.state.screen == Screen::DeclarationText) keep_text(flow);
    if (flow.state.screen == Screen::DeclarationDate) keep_date(declaring);
}

void forget_answer(Declaring& declaring) {
    Declaration& form = declaring.form;
    if (SecretText* text = text_of(form, declaring.field)) text->clear();
    switch (declaring.field) {
        case Field::BirthDate:
            form.birth_date = {};
            return;
        case Field::Sex:
            form.sex = Sex::NotSaid;
            return;
        case Field::InsuranceKind:
            form.insurance = InsuranceKind::NotSaid;
            return;
        case Field::ContributionRatio:
            form.ratio_tenths = 0;
            return;
        case Field::Signature:
            form.signature.clear();
            return;
        case Field::Name:
        case Field::NameKana:
        case Field::PostalCode:
        case Field::Address:
        case Field::Phone:
        case Field::InsurerName:
        case Field::OfficeName:
            return;
    }
}

void go_back(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    if (declaring.from_review) {
        review(flow);
    } else if (const auto field = question_before(declaring)) {
        open_question(flow, *field);
    }
}

bool can_go_on(const State& state) {
    const Declaring& declaring = *state.declaring;
    if (state.screen == Screen::DeclarationText) return text_said(declaring);
    if (state.screen == Screen::DeclarationDate) return declaring.date_touched || declaring.form.birth_date.said();
    return state.screen == Screen::DeclarationSignature && !declaring.form.signature.empty();
}

bool wheel_turned(State& state, const Intent& intent) {
    Declaring& declaring = *state.declaring;
    const BirthDate today = date_of(state.wall);
    const EraDate& date = declaring.date;
    using Kind = Intent::Kind;
    if (intent.kind == Kind::SetEra && intent.value < k_eras.size()) {
        declaring.date = with_era(date, static_cast<Era>(intent.value), today);
    } else if (intent.kind == Kind::SetYear) {
        declaring.date = with_year(date, intent.number, today);
    } else if (intent.kind == Kind::SetMonth) {
        declaring.date = with_month(date, intent.value, today);
    } else if (intent.kind == Kind::SetDay) {
        declaring.date = with_day(date, intent.value, today);
    } else {
        return false;
    }
    declaring.date_touched = true;
    return true;
}

bool answer_chosen(Flow& flow, std::uint8_t answer) {
    Declaring& declaring = *flow.state.declaring;
    if (answer >= answers_of(declaring.field)) return false;
    if (declaring.field == Field::Sex) declaring.form.sex = answer == 0 ? Sex::Male : Sex::Female;
    if (declaring.field == Field::InsuranceKind) declaring.form.insurance = static_cast<InsuranceKind>(answer + 1);
    if (declaring.field == Field::ContributionRatio)
        declaring.form.ratio_tenths = static_cast<std::uint8_t>(answer + 1);
    go_on(flow);
    return true;
}

bool pen_moved(Signature& signature, const Intent& intent) {
    if (intent.kind == Intent::Kind::PenDown) {
        signature.begin(intent.pen);
    } else if (intent.kind == Intent::Kind::PenMove) {
        signature.go_on(intent.pen);
    } else if (intent.kind == Intent::Kind::Undo) {
        signature.drop_last();
    } else if (intent.kind == Intent::Kind::ClearSignature) {
        signature.clear();
    } else {
        return false;
    }
    return true;
}

bool hand_in(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    if (declaring.form.name.empty()) return false;
    declaring.not_saved = false;
    flow.emit(effect::StoreDeclaration{declaring.id, declaring.reception, declaring.form, flow.state.wall});
    flow.go(Screen::DeclarationSaving);
    return true;
}

bool review_tapped(Flow& flow, const Intent& intent) {
    if (intent.kind == Intent::Kind::Confirm) return hand_in(flow);
    if (intent.kind == Intent::Kind::Back) {
        open_question(flow, questions(*flow.state.declaring).back());
        return true;
    }
    if (intent.kind != Intent::Kind::EditField || intent.value >= k_declaration_fields) return false;
    flow.state.declaring->from_review = true;
    open_question(flow, static_cast<Field>(intent.value));
    return true;
}

// The first part of the address is known: its number comes next.
bool place_taken(Flow& flow) {
    if (!flow.state.declaring->entry.place_taken) return false;
    open_question(flow, Field::Address);
    return true;
}

// What leads from a question to another one.
bool left_question(Flow& flow, Intent::Kind kind) {
    State& state = flow.state;
    Declaring& declaring = *state.declaring;
    if (kind == Intent::Kind::Next && can_go_on(state)) {
        if (state.screen == Screen::DeclarationText) take_only_place(declaring);
        if (place_taken(flow)) return true;
        keep(flow);
        go_on(flow);
    } else if (kind == Intent::Kind::Back && (declaring.from_review || question_before(declaring))) {
        keep(flow);
        go_back(flow);
    } else if (kind == Intent::Kind::Skip && declaring.field != Field::Name) {
        forget_answer(declaring);
        go_on(flow);
    } else {
        return false;
    }
    return true;
}

bool question_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    Declaring& declaring = *state.declaring;
    if (left_question(flow, intent.kind)) return true;
    if (state.screen == Screen::DeclarationText) {
        if (!text_tapped(flow, intent)) return false;
        place_taken(flow);
        return true;
    }
    if (state.screen == Screen::DeclarationDate) return wheel_turned(state, intent);
    if (state.screen == Screen::DeclarationSignature) return pen_moved(declaring.form.signature, intent);
    return intent.kind == Intent::Kind::ChooseAnswer && answer_chosen(flow, intent.value);
}

}  // namespace

bool declaration_screen(Screen screen) {
    return screen == Screen::DeclarationText || screen == Screen::DeclarationDate ||
           screen == Screen::DeclarationChoice || screen == Screen::DeclarationSignature ||
           screen == Screen::DeclarationReview;
}

std::uint8_t answers_of(DeclarationField field) {
    if (field == Field::Sex) return 2;
    if (field == Field::InsuranceKind) return static_cast<std::uint8_t>(k_insurance_kinds - 1);
    return 3;
}

void begin_declaration(Flow& flow) {
    State& state = flow.state;
    Declaring declaring;
    declaring.id = static_cast<DeclarationId>(++state.declarations_begun);
    declaring.reception = state.unconfirmed;
    if (state.session) {
        const bool committed = state.session->committed;
        declaring.reception = committed ? state.session->request : std::nullopt;
        flow.emit(effect::AskCardHolder{declaring.id, state.session->id});
        end_session(flow, committed ? EndReason::Accepted : EndReason::Stopped);
    }
    state.unconfirmed.reset();
    // What there was to show is not shown any more; whoever was called for something else is still on the way.
    if (state.screen == Screen::ShowToStaff) state.staff_called_until.reset();
    state.declaring = std::move(declaring);
    open_question(flow, Field::Name);
}

void end_declaration(Flow& flow) {
    if (!flow.state.declaring) return;
    flow.emit(effect::WipeDeclaration{flow.state.declaring->id});
    flow.state.declaring.reset();
}

void end_declaration_and_rest(Flow& flow, EndReason reason) {
    end_declaration(flow);
    // Laid down meanwhile: by whoever comes next, or by the same patient who tries again.
    if (flow.state.next_card && flow.state.card_present && flow.state.reader_there && !at_home(flow.state)) {
        card_placed(flow, *flow.state.next_card);
    } else {
        rest(flow, reason);
    }
}

bool anything_said(const Declaring& declaring) {
    if (!declaring.entry.text.empty() || !declaring.entry.composed.empty()) return true;
    for (std::size_t i = 0; i < k_declaration_fields; ++i) {
        if (said(declaring.form, static_cast<Field>(i))) return true;
    }
    return false;
}

Declaring* declaring_as(State& state, DeclarationId id) {
    return state.declaring && state.declaring->id == id ? &*state.declaring : nullptr;
}

void card_holder_known(Flow& flow, const event::CardHolderKnown& known) {
    Declaring& declaring = *flow.state.declaring;
    Declaration& form = declaring.form;
    const bool untouched = flow.state.screen == Screen::DeclarationText && declaring.field == Field::Name &&
                           !declaring.from_review && !text_said(declaring) && declaring.entry.undo.empty();
    if (form.name.empty()) form.name = known.holder.name;
    if (!form.birth_date.said()) form.birth_date = known.holder.birth_date;
    if (form.sex == Sex::NotSaid) form.sex = known.holder.sex;
    if (form.address.empty()) form.address = known.holder.address;
    if (untouched && !form.name.empty()) go_on(flow);
}

void declaration_stored(Flow& flow, const event::DeclarationStored& stored) {
    Declaring& declaring = *flow.state.declaring;
    // Also when it came later than anybody waited.
    const bool given_up = flow.state.screen == Screen::DeclarationReview && declaring.not_saved;
    if (flow.state.screen != Screen::DeclarationSaving && !given_up) return;
    declaring.printing = stored.printing ? Printing::Running : Printing::None;
    flow.go(Screen::DeclarationDone);
}

void declaration_not_stored(Flow& flow) {
    if (flow.state.screen != Screen::DeclarationSaving) return;
    flow.state.declaring->not_saved = true;
    review(flow);
}

void declaration_printed(Flow& flow, bool done) {
    if (flow.state.screen != Screen::DeclarationDone) return;
    flow.state.declaring->printing = done ? Printing::Done : Printing::Failed;
    // There is something new to read.
    touched(flow.state);
}

bool declaration_tapped(Flow& flow, const Intent& intent) {
    if (!flow.state.declaring || !declaration_screen(flow.state.screen)) return false;
    if (flow.state.screen == Screen::DeclarationReview) return review_tapped(flow, intent);
    return question_tapped(flow, intent);
}

}  // namespace uketsuke::core
