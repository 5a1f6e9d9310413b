// Receptions to measure and to test the queue with: a card of its own, made in memory, and requests that it signs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "net/reception.h"
#include "net/simulator.h"

namespace uketsuke::bench {

// An RSA-2048 card certificate under a CA of its own; no real person. One thread at a time.
class PracticeCard {
  public:
    explicit PracticeCard(const std::string& common_name = "Practice card");
    ~PracticeCard();
    PracticeCard(const PracticeCard&) = delete;
    PracticeCard& operator=(const PracticeCard&) = delete;

    const std::vector<std::uint8_t>& certificate_der() const;
    std::string ca_pem() const;
    std::string serial() const;  // lower-case hexadecimal
    std::vector<std::uint8_t> sign(const std::string& text) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

net::Reception practice_reception(const PracticeCard& card, const net::RequestId& id);
// A simulated service whose clock stands at the moment of the practice receptions: it takes nothing old in.
net::SimulatorOptions practice_service();
// Signed as the kiosk does: signed_text(), then the card.
net::SignedRequest practice_request(const PracticeCard& card, const net::Reception& reception);
net::SignedRequest practice_request(const PracticeCard& card);

// A fresh folder below `parent` (the system's temporary one when empty), removed with everything in it at the end.
class ScratchFolder {
  public:
    explicit ScratchFolder(const std::filesystem::path& parent = {});
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

  private:
    std::filesystem::path m_path;
};

}  // namespace uketsuke::bench
