#include "tests/card/front_trials.h"

#include <ctime>
#include <stdexcept>

#include "card/dates.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card::testing {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// Of the calling thread: other programs on the machine do not change it.
double cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

int below(std::mt19937& chance, int end) {
    return static_cast<int>(chance() % static_cast<unsigned>(end));
}

FrontLook look(double wear, double glare, double blur, double noise, double shadow) {
    FrontLook made;
    made.wear = wear;
    made.glare = glare;
    made.blur = blur;
    made.noise = noise;
    made.shadow = shadow;
    return made;
}

}  // namespace

Persona chance_persona(std::mt19937& chance) {
    Persona persona = test_persona();
    persona.birth_date = sys_days{year{1926} / std::chrono::January / 1} + days{below(chance, 35795)};
    persona.card_expiry = birthday_in(persona.birth_date, year{2026 + below(chance, 11)});
    if (below(chance, 4) == 0) persona.card_expiry = sys_days{persona.card_expiry} + days{below(chance, 200)};
    persona.security_code.clear();
    for (int i = 0; i < 4; ++i) persona.security_code += static_cast<char>('0' + below(chance, 10));
    persona.face_authentication_card = below(chance, 5) == 0;
    return persona;
}

const std::vector<Condition>& conditions() {
    static const std::vector<Condition> k_conditions{
        {"clean, straight", look(0, 0, 0, 0, 0), 0},
        {"clean", look(0, 0, 0, 0, 0)},
        {"light wear", look(0.15, 0, 0, 0.05, 0)},
        {"wear", look(0.35, 0, 0, 0.05, 0)},
        {"heavy wear", look(0.7, 0, 0, 0.05, 0)},
        {"light glare", look(0.05, 0.3, 0, 0.05, 0)},
        {"glare", look(0.05, 0.7, 0, 0.05, 0)},
        {"noise", look(0.05, 0, 0, 0.3, 0)},
        {"much noise", look(0.05, 0, 0, 0.7, 0)},
        {"soft", look(0.05, 0, 0.25, 0.05, 0)},
        {"out of focus", look(0.05, 0, 0.5, 0.05, 0)},
        {"shadow", look(0.05, 0, 0, 0.05, 0.6)},
        {"a little of all", look(0.15, 0.3, 0.15, 0.15, 0.3)},
        {"much of all", look(0.3, 0.5, 0.25, 0.3, 0.5)},
    };
    return k_conditions;
}

Counts try_cards(NumberReader& reader, const Condition& condition, int cards, double least_confidence,
                 std::uint32_t seed) {
    std::mt19937 chance(seed);
    Counts counts;
    for (int i = 0; i < cards; ++i) {
        const Persona persona = chance_persona(chance);
        FrontLook one = condition.look;
        one.quarter_turns = i % 4;
        one.tilt_degrees = condition.tilt * (below(chance, 201) - 100) / 100.0;
        one.seed = static_cast<std::uint32_t>(chance() % 1000000);
        const auto picture = draw_front(persona, one);
        if (!picture) throw std::runtime_error(describe(picture.error()));
        const double before = cpu_ms();
        const auto read = reader.read(*picture, year_month_day{sys_days{std::chrono::floor<days>(test_now())}});
        counts.cpu_ms.push_back(cpu_ms() - before);
        ++counts.cards;
        if (!read) {
            ++counts.refused;
            counts.reasons.push_back(read.error().where);
            continue;
        }
        const bool right = read->number == *persona.number_b() && read->quarter_turns == one.quarter_turns;
        const bool certain = read->confidence >= least_confidence;
        if (!right) {
            const auto text = [](const NumberB& number) {
                return std::string(number.ascii().begin(), number.ascii().end());
            };
            counts.misread.push_back(text(*persona.number_b()) + " as " + text(read->number) +
                                     (read->dates_agree ? ", dates agree, " : ", ") + std::to_string(read->confidence));
        }
        ++(right ? (certain ? counts.right : counts.unsure) : (certain ? counts.wrong : counts.wrong_but_unsure));
    }
    return counts;
}

}  // namespace uketsuke::card::testing
