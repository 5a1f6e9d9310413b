// A tablet on a home visit, driven by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {

class Tablet : public Kiosk {
  public:
    explicit Tablet(Policy policy = home_policy()) : Kiosk(std::move(policy)) {}

    static Policy home_policy() {
        Policy policy = demo_policy();
        policy.visit.emplace();
        policy.offer_limit_amount = false;
        return policy;
    }

    static CareEntry patient(std::uint64_t id, CareStanding standing = CareStanding::Valid) {
        CareEntry entry;
        entry.id = CareId{id};
        entry.name = SecretText("佐藤 花子");
        entry.standing = standing;
        entry.online_possible = true;
        return entry;
    }

    void type_code(const std::string& code = "123456") {
        type(code);
        tap(Intent::Kind::SignIn);
    }
    void sign_in() {
        type_code();
        send(event::TourOpened{StaffId{3}, "訪問 太郎"});
    }
    void on_tour() {
        sign_in();
        forget_effects();
    }
    // With the code typed: the keyring answers by StaffCodeAnswered.
    void ask_for_visual_check() {
        tap(Intent::Kind::OpenStaffCheck);
        type("123456");
        tap(Intent::Kind::ConfirmVisual);
    }
    // From the page that waits to the way of identification.
    void consent() {
        tap(Intent::Kind::StartVisit);
        tap(Intent::Kind::AgreeAll);
    }
    void type_pin(const std::string& digits = "1234") {
        tap(Intent::Kind::ChoosePin);
        send(event::KeypadShuffled{state().session->id, {7, 3, 9, 0, 1, 8, 2, 6, 4, 5}});
        type(digits);
    }
    void lay(CardFacts facts = good_card()) {
        place();
        read(facts, false);
    }
    void open_list(std::vector<CareEntry> entries) {
        if (state().tour.locked) tap(Intent::Kind::OpenCareList);
        if (screen() == Screen::TourSignIn) {
            type_code();
            send(event::TourOpened{StaffId{3}, "訪問 太郎"});
        } else {
            tap(Intent::Kind::OpenCareList);
        }
        send(event::CareListed{std::move(entries)});
    }
    void pick(std::int16_t index) { send(event::Tapped{Intent{Intent::Kind::PickPatient, 0, index}}); }
    template <class P>
    P page() const {
        return std::get<P>(view().page);
    }
};

}  // namespace uketsuke::core::test
