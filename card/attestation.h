// How a reception is signed when the patient was recognised without a PIN (face match or staff's visual check).
//
// On a real card only the approved verifier may open the user-authentication key without the PIN (EF 0016, `80 A2`);
// that protocol and its keys are not public (facts §6.3). It belongs behind this interface. What is here is a
// simulation with a virtual card and says so: it proves the flow and nothing about a real card.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "card/error.h"
#include "card/my_number_card.h"

namespace uketsuke::card {

enum class AttestationMethod : std::uint8_t { Face = 1, Visual = 2 };

class Attestation {
  public:
    Attestation() = default;
    Attestation(const Attestation&) = delete;
    Attestation& operator=(const Attestation&) = delete;
    virtual ~Attestation() = default;

    // The card's signature (256 bytes, as MyNumberCard::sign) over this digest, opened by the terminal instead of the
    // PIN. NotThisCard when the card cannot be opened this way: then the PIN is the only way to a signature.
    virtual Result<Bytes> attest(MyNumberCard& card, std::span<const std::uint8_t, 32> sha256,
                                 AttestationMethod method) = 0;

    // The terminal's own signature over `text`, for the service: without a PIN nothing in the card's signature says how
    // the patient was recognised. Error: Crypto.
    virtual Result<Bytes> vouch(std::string_view text) = 0;
};

// The simulation, for virtual cards only. It first reads the manufacturer in EF 0006 and sends nothing else to a card
// that is not ours. Then: GET CHALLENGE (00 84, 8 bytes); EXTERNAL AUTHENTICATE (00 82) with method, digest and the
// terminal's Ed25519 signature over "challenge ‖ method ‖ digest"; the card then signs that one digest once.
// The terminal key is derived from a fixed public phrase: it protects nothing and is meant not to.
class SimulatedAttestation : public Attestation {
  public:
    SimulatedAttestation();
    Result<Bytes> attest(MyNumberCard& card, std::span<const std::uint8_t, 32> sha256,
                         AttestationMethod method) override;
    Result<Bytes> vouch(std::string_view text) override;  // Ed25519, 64 bytes

    // What the virtual card and the simulated service check with (raw Ed25519 key).
    static std::array<std::uint8_t, 32> terminal_public_key();

  private:
    std::array<std::uint8_t, 32> m_seed{};
};

}  // namespace uketsuke::card
