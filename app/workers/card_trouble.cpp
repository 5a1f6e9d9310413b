#include "app/workers/card_trouble.h"

namespace uketsuke::workers {

core::CardTrouble trouble_of(const card::Error& error) {
    switch (error.fault) {
        case card::Fault::NoService:
        case card::Fault::NoReader:
            return core::CardTrouble::ReaderAway;
        case card::Fault::NoCard:
        case card::Fault::CardGone:
            return core::CardTrouble::Moved;
        case card::Fault::NoChip:
            return core::CardTrouble::NoChip;
        case card::Fault::TwoCards:
            return core::CardTrouble::TwoCards;
        case card::Fault::NotMyNumberCard:
            if (error.where == card::name_of(card::CardKind::ResidentCard)) return core::CardTrouble::ResidentCard;
            if (error.where == card::name_of(card::CardKind::SmartphoneToken)) {
                return core::CardTrouble::SmartphoneToken;
            }
            return core::CardTrouble::NotMyNumberCard;
        case card::Fault::NotThisCard:
        case card::Fault::ReaderBusy:
        case card::Fault::CardSilent:
        case card::Fault::NotFound:
        case card::Fault::NotAllowed:
        case card::Fault::UnexpectedStatus:
        case card::Fault::BadData:
        case card::Fault::PinLocked:
        case card::Fault::CounterChanged:
        case card::Fault::FloorReached:
        case card::Fault::NumberRefused:
        case card::Fault::IssuerSignatureWrong:
        case card::Fault::Crypto:
        case card::Fault::BadConfig:
        case card::Fault::Transport:
            return core::CardTrouble::Unreadable;
    }
    return core::CardTrouble::Unreadable;
}

core::CardTrouble signing_trouble_of(const card::Error& error) {
    const core::CardTrouble trouble = trouble_of(error);
    const bool went = trouble == core::CardTrouble::Moved || trouble == core::CardTrouble::ReaderAway;
    if (went || error.fault == card::Fault::CardSilent) return trouble;
    return core::CardTrouble::SignatureRefused;
}

core::PinOutcome pin_outcome_of(const card::PinAnswer& answer) {
    switch (answer.verdict) {
        case card::PinVerdict::Right:
            return core::PinOutcome::Right;
        case card::PinVerdict::Wrong:
            return core::PinOutcome::Wrong;
        case card::PinVerdict::Locked:
            return core::PinOutcome::Locked;
        case card::PinVerdict::NotSent:
            return core::PinOutcome::NotSent;
        case card::PinVerdict::Lost:
            break;
    }
    return core::PinOutcome::Lost;
}

core::NumberOutcome number_outcome_of(const card::PinAnswer& answer) {
    switch (answer.verdict) {
        case card::PinVerdict::Right:
            return core::NumberOutcome::Opened;
        case card::PinVerdict::Wrong:
            return core::NumberOutcome::Refused;
        case card::PinVerdict::Locked:
            return core::NumberOutcome::TooFewTries;
        case card::PinVerdict::Lost:
            return core::NumberOutcome::Lost;
        case card::PinVerdict::NotSent:
            break;
    }
    return answer.not_sent == card::NotSentReason::RefusedBefore ? core::NumberOutcome::RefusedBefore
                                                                 : core::NumberOutcome::TooFewTries;
}

}  // namespace uketsuke::workers
