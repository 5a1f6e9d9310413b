// The first part of an address, by its postal code.
#include "app/core/flow.h"

namespace uketsuke::core {

void take_place(Declaring& declaring, const SecretText& place) {
    declaring.form.postal_code = declaring.entry.text;
    // What was said beyond the place stays.
    if (!declaring.form.address.view().starts_with(place.view())) declaring.form.address = place;
    declaring.entry.place_taken = true;
}

void take_only_place(Declaring& declaring) {
    if (declaring.field != DeclarationField::PostalCode || declaring.entry.candidates.size() != 1) return;
    const SecretText place(declaring.entry.candidates.front().text);
    // An address that somebody wrote is replaced only by a touch on the place.
    const SecretText& address = declaring.form.address;
    if (address.empty() || address.view().starts_with(place.view())) take_place(declaring, place);
}

void postal_code_found(Flow& flow, const event::PostalCodeFound& found) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    if (flow.state.screen != Screen::DeclarationText) return;
    // Who was quicker than the table has its place to begin with.
    const bool too_late = declaring.field == DeclarationField::Address && declaring.form.postal_code == found.code &&
                          found.addresses.size() == 1 && entry.text.empty() && entry.composed.empty() &&
                          entry.undo.empty();
    if (too_late) {
        entry.text = found.addresses.front();
        entry.keyboard = Keyboard::Digits;
    }
    if (declaring.field != DeclarationField::PostalCode || entry.text != found.code) return;
    entry.candidates.clear();
    entry.first_candidate = 0;
    for (const SecretText& address : found.addresses) {
        if (entry.candidates.size() < k_most_candidates) entry.candidates.push_back({address, 0});
    }
    entry.not_found = entry.candidates.empty();
}

}  // namespace uketsuke::core
