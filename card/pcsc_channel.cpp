#include <reader.h>
#include <winscard.h>

#include <utility>

#include "card/pcsc.h"
#include "card/secret.h"

namespace uketsuke::card::pcsc {
namespace {

constexpr std::size_t k_longest_answer = 65536 + 2;

class PcscChannel : public Channel {
  public:
    PcscChannel(SCARDHANDLE card, DWORD protocol, std::string reader)
        : m_card(card), m_protocol(protocol), m_reader(std::move(reader)), m_answer(k_longest_answer) {}

    ~PcscChannel() override { SCardDisconnect(m_card, SCARD_RESET_CARD); }

    Result<Bytes> transmit(std::span<const std::uint8_t> command) override {
        // After a failed exchange the handle may already belong to another card (a quick swap gives no removal event),
        // so that this connection never speaks again.
        if (m_dead) return fail(Fault::CardGone, "SCardTransmit to " + m_reader + ": the connection has ended");
        const SCARD_IO_REQUEST* header = m_protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        auto size = static_cast<DWORD>(m_answer.size());
        const LONG code =
            SCardTransmit(m_card, header, command.data(), command.size(), nullptr, m_answer.data(), &size);
        if (code != SCARD_S_SUCCESS) {
            m_dead = true;
            return tl::unexpected(error_of(code, "SCardTransmit to " + m_reader));
        }
        Bytes answer(m_answer.begin(), m_answer.begin() + static_cast<std::ptrdiff_t>(size));
        wipe(m_answer.data(), size);
        return answer;
    }

  private:
    SCARDHANDLE m_card;
    DWORD m_protocol;
    std::string m_reader;
    SecretBytes m_answer;
    bool m_dead = false;
};

}  // namespace

Result<std::unique_ptr<Channel>> connect(SCARDCONTEXT context, const std::string& reader) {
    SCARDHANDLE card = 0;
    DWORD protocol = 0;
    const LONG code = SCardConnect(context, reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol);
    if (code != SCARD_S_SUCCESS) {
        return fail(connect_fault_of(code), "SCardConnect to " + reader + ": " + pcsc_stringify_error(code));
    }
    return std::make_unique<PcscChannel>(card, protocol, reader);
}

}  // namespace uketsuke::card::pcsc
