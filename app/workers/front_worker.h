// The front thread: reads the number off the card's front while the card thread goes on with the chip.
#pragma once

#include <functional>

#include "app/core/vocabulary.h"
#include "app/workers/bounded_queue.h"
#include "card/front.h"

namespace uketsuke::workers {

// run() is the front thread's whole life; everything else may be called from any thread and returns at once.
class FrontWorker {
  public:
    // Front thread; once for every session that was asked for, but for those that a newer one overtook.
    using Done = std::function<void(core::SessionId, card::Result<card::NumberB>)>;

    FrontWorker(card::CardFront& front, Done done);

    void run();
    void stop();

    bool reads() const { return m_front.reads(); }
    void read(core::SessionId session);

  private:
    card::CardFront& m_front;
    Done m_done;
    // A card that was laid down while another one's front was being read waits here; more do not come that fast.
    BoundedQueue<core::SessionId> m_sessions{16};
};

}  // namespace uketsuke::workers
