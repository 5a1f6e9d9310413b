// The hands of the demonstration: lays cards, shows faces, cuts the network. The demo bar and the scenarios use the
// same.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/demo/sights.h"
#include "card/front/drawn_front.h"
#include "card/persona.h"
#include "card/virtual_reader.h"
#include "net/simulator.h"

namespace uketsuke::demo {

using Done = tl::expected<void, std::string>;  // the error says what was not possible

// Thread: one (the ui thread), but for the camera factory. Refers to what it is given; either may be null when the
// configuration uses the real one: what needs it then answers with an error.
class Stage {
  public:
    Stage(card::VirtualReader* reader, net::EligibilitySimulator* simulator, Sights::Options sights);

    // Reads the personas; the cards are made when they are first placed.
    Done load_personas(const std::string& folder);
    const std::vector<card::Persona>& personas() const { return m_personas; }

    // "sato", or "sato+suzuki" for two cards at once.
    Done place(const std::string& personas);
    Done remove();
    Done plug_reader(bool plugged);
    Done look_at(const std::string& sight);
    // How the card lies under the camera over the slot, from now on: a name of front_looks().
    Done turn_front(const std::string& look);
    // The camera over the slot; null where there is none that can be told what to see.
    void set_front_camera(card::DrawnFrontCamera* camera) { m_front_camera = camera; }
    // "up", "down", "slow 800", "flaky 0.3", "answer no-address" (as that person of the service's table)
    Done network(const std::string& what);
    // A card of its own for whoever stands before the webcam: the photo lives in this card only, in memory.
    Done place_card_with_photo(const vision::Image& portrait);

    std::string card_now() const { return m_card_now; }
    bool network_up() const { return m_network_up; }
    Sights& sights() { return m_sights; }

  private:
    tl::expected<std::shared_ptr<card::VirtualCard>, std::string> card_of(const std::string& id);
    tl::expected<std::shared_ptr<card::VirtualCard>, std::string> make_card(const card::Persona& persona,
                                                                            card::Bytes photo_jp2);
    void introduce(const card::VirtualCard& card);

    card::VirtualReader* m_reader;
    card::DrawnFrontCamera* m_front_camera = nullptr;
    net::EligibilitySimulator* m_simulator;
    Sights m_sights;
    std::vector<card::Persona> m_personas;
    std::map<std::string, std::shared_ptr<card::VirtualCard>> m_cards;
    std::string m_card_now;
    bool m_network_up = true;
};

}  // namespace uketsuke::demo
