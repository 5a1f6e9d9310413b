#include "app/demo/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/demo/front_looks.h"
#include "app/demo/persona_photo.h"

namespace uketsuke::demo {
namespace {

tl::unexpected<std::string> no(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
}

std::pair<std::string, std::string> split(const std::string& text) {
    const auto space = text.find(' ');
    if (space == std::string::npos) return {text, ""};
    return {text.substr(0, space), text.substr(space + 1)};
}

}  // namespace

Stage::Stage(card::VirtualReader* reader, net::EligibilitySimulator* simulator, Sights::Options sights)
    : m_reader(reader), m_simulator(simulator), m_sights(std::move(sights)) {}

Done Stage::load_personas(const std::string& folder) {
    auto personas = card::load_personas(folder);
    if (!personas) return no(card::describe(personas.error()));
    m_personas = std::move(*personas);
    return {};
}

tl::expected<std::shared_ptr<card::VirtualCard>, std::string> Stage::card_of(const std::string& id) {
    const auto made = m_cards.find(id);
    if (made != m_cards.end()) return made->second;
    const auto persona =
        std::find_if(m_personas.begin(), m_personas.end(), [&](const auto& one) { return one.id == id; });
    if (persona == m_personas.end()) return no(fmt::format("no persona '{}'", id));
    card::Bytes photo;
    if (persona->has_front()) photo = persona_photo(*persona);
    auto card = make_card(*persona, std::move(photo));
    if (card) m_cards[id] = *card;
    return card;
}

tl::expected<std::shared_ptr<card::VirtualCard>, std::string> Stage::make_card(const card::Persona& persona,
                                                                               card::Bytes photo_jp2) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto card = card::VirtualCard::make(persona, std::move(photo_jp2), now);
    if (!card) return no(card::describe(card.error()));
    introduce(**card);
    return *card;
}

// Whose card it is, the service's table of people says; that this card exists, it learns here.
void Stage::introduce(const card::VirtualCard& card) {
    if (!m_simulator || card.certificate_der().empty()) return;
    [[maybe_unused]] const auto known = m_simulator->introduce_card(card.certificate_der());
}

Done Stage::place(const std::string& personas) {
    if (!m_reader) return no("the configured card reader is a real one: lay a card on it");
    const auto plus = personas.find('+');
    const auto first = card_of(personas.substr(0, plus));
    if (!first) return no(first.error());
    if (plus != std::string::npos) {
        const auto second = card_of(personas.substr(plus + 1));
        if (!second) return no(second.error());
        m_reader->place(*first);
        m_reader->place_beside(*second);
    } else {
        m_sights.set_person((*first)->persona().face_seed);
        m_reader->place(*first);
    }
    m_card_now = personas;
    return {};
}

Done Stage::turn_front(const std::string& name) {
    if (!m_front_camera) return no("no camera over the slot that can be told what to see");
    const auto look = front_look(name);
    if (!look) return no(fmt::format("the card cannot lie '{}'", name));
    m_front_camera->set_look(*look);
    return {};
}

Done Stage::remove() {
    if (!m_reader) return no("the configured card reader is a real one: take the card from it");
    m_reader->remove();
    m_card_now.clear();
    return {};
}

Done Stage::plug_reader(bool plugged) {
    if (!m_reader) return no("the configured card reader is a real one");
    if (plugged) {
        m_reader->plug();
    } else {
        m_reader->unplug();
    }
    return {};
}

Done Stage::look_at(const std::string& sight) {
    if (!m_sights.look_at(sight)) return no(fmt::format("the camera cannot be made to see '{}'", sight));
    return {};
}

Done Stage::network(const std::string& what) {
    if (!m_simulator) return no("the configured service is a real one");
    const auto [word, value] = split(what);
    net::SimulatorFaults faults;
    if (word == "down") {
        faults.down = true;
    } else if (word == "slow") {
        int ms = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), ms);
        if (error != std::errc{} || end != value.data() + value.size() || ms < 0 || ms > 600'000) {
            return no(fmt::format("'slow {}': milliseconds from 0 to 600000 are needed", value));
        }
        faults.slow = std::chrono::milliseconds{ms};
    } else if (word == "flaky") {
        char* end = nullptr;
        faults.flaky = std::strtod(value.c_str(), &end);
        if (value.empty() || *end != '\0' || !(faults.flaky >= 0 && faults.flaky <= 1)) {
            return no(fmt::format("'flaky {}': a part from 0 to 1 is needed", value));
        }
    } else if (word == "answer") {
        faults.answer_as = value;
    } else if (word != "up") {
        return no(fmt::format("network '{}': up, down, slow, flaky or answer", what));
    }
    if (const auto set = m_simulator->set_fault(faults); !set) return no(set.error().where);
    m_network_up = word != "down";
    return {};
}

Done Stage::place_card_with_photo(const vision::Image& portrait) {
    if (!m_reader) return no("the configured card reader is a real one");
    const auto pattern =
        std::find_if(m_personas.begin(), m_personas.end(), [](const auto& one) { return one.id == "sato"; });
    if (pattern == m_personas.end()) return no("no persona 'sato', whose card the visitor's is made after");
    auto photo = vision::encode_chip_photo(portrait);
    if (!photo) return no(photo.error().where);
    card::Persona visitor = *pattern;
    visitor.id = "visitor";
    visitor.label = "visitor";
    const auto card = make_card(visitor, std::move(*photo));
    if (!card) return no(card.error());
    m_sights.look_at("webcam");
    m_reader->place(*card);
    m_card_now = visitor.id;
    return {};
}

}  // namespace uketsuke::demo
