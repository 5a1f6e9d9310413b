// The simulator's people and the personas' cards are the same people: one file of each room, compared.

#include <gtest/gtest.h>

#include <algorithm>

#include "card/dates.h"
#include "card/persona.h"
#include "net/internal/simulator_people.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

const SimulatedPerson* person_called(const std::vector<SimulatedPerson>& people, const std::string& id) {
    const auto found = std::find_if(people.begin(), people.end(), [&](const auto& one) { return one.id == id; });
    return found == people.end() ? nullptr : &*found;
}

TEST(PeopleAndPersonas, AgreeAboutSerialBirthDateSexAndRegistration) {
    const auto people = testing::must(internal::load_people(UKETSUKE_SOURCE_DIR "/assets/eligibility/people.toml"));
    const auto personas = card::load_personas(UKETSUKE_SOURCE_DIR "/assets/personas");
    ASSERT_TRUE(personas);
    int compared = 0;
    for (const card::Persona& persona : *personas) {
        if (!persona.has_authentication()) continue;
        const SimulatedPerson* person = person_called(people, persona.id);
        ASSERT_NE(person, nullptr) << persona.id << " has a card, and the service does not know it";
        ++compared;
        EXPECT_EQ(person->serial, persona.serial_hex()) << persona.id;
        EXPECT_EQ(person->registered, persona.registered) << persona.id;
        ASSERT_EQ(person->results.size(), 1u) << persona.id;
        const QualificationResult& result = person->results[0];
        EXPECT_EQ(result.birthdate, card::yyyymmdd(persona.birth_date)) << persona.id;
        EXPECT_EQ(result.sex1, std::string(1, card::sex_on_card(persona.sex))) << persona.id;
        // The service writes ● for a character that it lacks.
        if (result.name.find("●") == std::string::npos) {
            EXPECT_EQ(result.name, persona.name);
            EXPECT_EQ(result.address, persona.address);
        }
    }
    EXPECT_GE(compared, 17);
}

}  // namespace
}  // namespace uketsuke::net
