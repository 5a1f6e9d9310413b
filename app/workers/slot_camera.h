// The camera over the card slot, as the card room wants it: grey pictures of what lies there now.
#pragma once

#include <chrono>
#include <memory>

#include "app/workers/camera_worker.h"
#include "card/front/picture.h"

namespace uketsuke::workers {

// Thread: the card thread. The camera is opened with the first picture and stays open, so that a card is seen at once;
// after a failure it is opened anew. What the driver kept from before the card lay there is thrown away.
class SlotCamera : public card::FrontCamera {
  public:
    explicit SlotCamera(CameraFactory open, std::chrono::milliseconds frame_timeout = std::chrono::milliseconds{1500});
    ~SlotCamera() override;

    // NotFound: no camera could be opened. CardSilent: it gives no picture, or only a blank one.
    card::Result<card::FrontPicture> take() override;

  private:
    tl::expected<vision::Frame, vision::CameraError> newest_frame();

    CameraFactory m_open;
    std::chrono::milliseconds m_timeout;
    std::unique_ptr<vision::Camera> m_camera;
};

}  // namespace uketsuke::workers
