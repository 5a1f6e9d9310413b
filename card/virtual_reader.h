// A reader without hardware: cards are placed and removed by calls. For the demonstration, training and tests.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "card/reader.h"
#include "card/virtual_card.h"

namespace uketsuke::card {

// place, place_beside, take, remove, plug, unplug, placed and cancel on any thread; the rest as Reader says. A transmit
// that is under way when the card leaves ends with CardGone.
class VirtualReader : public Reader {
  public:
    explicit VirtualReader(std::string name = "Virtual reader");
    ~VirtualReader() override;

    void place(std::shared_ptr<VirtualCard> card);         // replaces all that lies there
    void place_beside(std::shared_ptr<VirtualCard> card);  // to what lies there; a channel that is open dies
    void take(const std::shared_ptr<VirtualCard>& card);   // this one; nothing happens when it does not lie there
    void remove();                                         // all
    void unplug();                                         // the reader itself goes; what lies on it stays
    void plug();
    std::shared_ptr<VirtualCard> placed() const;  // the one that has lain there longest; null when empty

    Result<Presence> wait(Presence known, std::chrono::milliseconds timeout) override;
    void cancel() override;
    Result<std::unique_ptr<Channel>> connect() override;
    std::string name() const override;

    struct Slot;  // shared with the channels

  private:
    std::shared_ptr<Slot> m_slot;
    std::string m_name;
    std::uint64_t m_told = 0;  // placement that was last told as Card
};

}  // namespace uketsuke::card
