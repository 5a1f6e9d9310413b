// Fills in a form by hand.
#pragma once

#include <string>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {

class Form : public Kiosk {
  public:
    using Kiosk::Kiosk;

    void begin() {
        tap(Intent::Kind::ShowOtherWays);
        tap(Intent::Kind::Declare);
    }
    void begin_at(DeclarationField wanted) {
        begin();
        name("さとう", "佐藤");
        tap(Intent::Kind::Next);
        while (field() != wanted) tap(Intent::Kind::Skip);
    }
    void finish_questions() {
        tap(Intent::Kind::Next);
        while (screen() != Screen::DeclarationReview) tap(Intent::Kind::Skip);
    }
    void reach_review() {
        begin();
        name("さとう", "佐藤");
        finish_questions();
    }

    // The key with this on it, on the keyboard that is shown.
    void key(std::string_view face) {
        for (int key = 0; key < 100; ++key) {
            const auto place = static_cast<std::uint8_t>(key);
            if (key_text(text().keyboard, place) == face) {
                tap(Intent::Kind::TypeKey, place);
                return;
            }
        }
    }
    void type(const std::string& faces) {
        for (std::string_view left = faces; !left.empty();) {
            const std::string_view face = first_characters(left, 1);
            key(face);
            left.remove_prefix(face.size());
        }
    }
    void convert(std::string_view reading, std::vector<Candidate> candidates) {
        send(event::KanaConverted{form_id(), SecretText(reading), std::move(candidates)});
    }
    // Typed, and its first conversion picked.
    void name(const std::string& kana, std::string_view written) {
        type(kana);
        convert(kana, {{SecretText(written), static_cast<std::uint8_t>(characters_in(kana))}});
        tap(Intent::Kind::PickCandidate, 0);
    }
    void wheel(Intent::Kind kind, int value) {
        send(event::Tapped{Intent{kind, static_cast<std::uint8_t>(value), static_cast<std::int16_t>(value)}});
    }
    void pen(Intent::Kind kind, int x, int y) {
        send(event::Tapped{Intent{kind, 0, 0, {static_cast<std::uint16_t>(x), static_cast<std::uint16_t>(y)}}});
    }

    DeclarationId form_id() const { return state().declaring ? state().declaring->id : DeclarationId{0}; }
    DeclarationField field() const { return state().declaring->field; }
    page::DeclarationText text() const { return std::get<page::DeclarationText>(view().page); }
    page::DeclarationDate date() const { return std::get<page::DeclarationDate>(view().page); }
    page::DeclarationReview review() const { return std::get<page::DeclarationReview>(view().page); }
    page::DeclarationDone done() const { return std::get<page::DeclarationDone>(view().page); }
};

}  // namespace uketsuke::core::test
