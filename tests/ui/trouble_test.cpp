// Each trouble that the rooms know has its screen: what happened, what to do, and a number for staff.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "app/ui/problem_words.h"
#include "app/ui/scene.h"
#include "app/ui/text.h"
#include "net/meaning.h"

namespace uketsuke::ui::test {

namespace {

class Trouble : public ::testing::Test {
  protected:
    Trouble() {
        auto text = Text::load(std::string(UKETSUKE_BINARY_DIR) + "/locale");
        EXPECT_TRUE(text) << text.error();
        if (text) m_text = std::move(*text);
    }

    std::string words(const Message& message, core::Language language) const {
        std::string all(m_text.get(language, message.key));
        if (message.n != Message::k_no_number) all = fill(all, "n", message.n);
        return all;
    }

    // What the patient reads, and the number, in every language.
    void expect_told(const core::Page& page, const std::string& number) {
        core::View view;
        view.page = page;
        view.can_call_staff = true;
        const Scene scene = scene_of(view);
        for (const core::Language language : core::k_languages) {
            SCOPED_TRACE(std::string(core::name_of(view.screen())) + " " + core::name_of(language));
            EXPECT_FALSE(words(scene.title, language).empty()) << "what happened";
            const bool what_to_do = !scene.body.empty() || !scene.choices.empty() || scene.aside;
            EXPECT_TRUE(what_to_do);
            std::string small;
            for (const auto* part : {&scene.footnote, &scene.body}) {
                for (const Message& message : *part) small += words(message, language) + "\n";
            }
            // Nobody has only a number, and nobody has none.
            EXPECT_NE(small.find(number), std::string::npos) << small;
            EXPECT_NE(words(scene.title, language), number);
        }
    }

    Text m_text;
};

TEST_F(Trouble, OfACardHasItsScreenAndNumber) {
    std::set<std::string> numbers;
    for (int i = 0; i <= static_cast<int>(core::CardTrouble::SignatureRefused); ++i) {
        const auto trouble = static_cast<core::CardTrouble>(i);
        const std::string staff(m_text.get(core::Language::English, words_of(trouble).staff));
        const auto at = staff.find("E-CARD-");
        ASSERT_NE(at, std::string::npos) << staff;
        const std::string number = staff.substr(at, 9);
        EXPECT_TRUE(numbers.insert(number).second) << number << " is said twice";
        expect_told(core::page::CardProblem{trouble}, number);
    }
    expect_told(core::page::PinLocked{true}, "E-CARD-12");
    expect_told(core::page::PinLocked{false}, "E-CARD-12");
    expect_told(core::page::OutOfService{}, "E-CARD-10");
}

TEST_F(Trouble, OfTheFaceHasItsScreenAndNumber) {
    using core::FaceOutcome;
    expect_told(core::page::FaceFailed{FaceOutcome::NoMatch, true, true, 2}, "E-FACE-1");
    expect_told(core::page::FaceFailed{FaceOutcome::TimedOut, true, true, 2}, "E-FACE-2");
    expect_told(core::page::FaceFailed{FaceOutcome::TimedOut, true, true, 2, true, true}, "E-FACE-2");
    expect_told(core::page::FaceFailed{FaceOutcome::CameraFailed, false, true, 0}, "E-FACE-3");
    expect_told(core::page::FaceFailed{FaceOutcome::NotLive, true, true, 2}, "E-FACE-4");
    using core::FaceAbsence;
    expect_told(core::page::ChooseMethod{false, true, FaceAbsence::NoModels}, "E-FACE-11");
    expect_told(core::page::ChooseMethod{false, true, FaceAbsence::NoCamera}, "E-FACE-12");
    expect_told(core::page::ChooseMethod{false, true, FaceAbsence::NoPhoto}, "E-FACE-13");
    expect_told(core::page::ChooseMethod{false, true, FaceAbsence::AttemptsUsed}, "E-FACE-14");
}

TEST_F(Trouble, OfTheServiceHasItsScreenAndTheNumberOfItsRow) {
    for (const net::MeaningRow& row : net::meaning_table()) {
        switch (row.patient) {
            case net::PatientReads::Confirmed:
                continue;
            case net::PatientReads::ConfirmedLater:
                expect_told(core::page::Accepted{core::Outcome::Queued, row.number}, "N-" + std::to_string(row.number));
                continue;
            case net::PatientReads::SeeTheDesk:
                expect_told(core::page::Accepted{core::Outcome::SeeTheDesk, row.number},
                            "N-" + std::to_string(row.number));
                continue;
        }
    }
}

TEST_F(Trouble, OfTheDiskHasItsScreenAndNumber) {
    expect_told(core::page::NotSaved{}, "E-KIOSK-1");
}

}  // namespace

}  // namespace uketsuke::ui::test
