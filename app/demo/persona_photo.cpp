#include "app/demo/persona_photo.h"

#include "vision/image.h"
#include "vision/synthetic.h"

namespace uketsuke::demo {

card::Bytes persona_photo(const card::Persona& persona) {
    vision::Image portrait = vision::draw_card_portrait(persona.face_seed);
    auto photo = vision::encode_chip_photo(portrait);
    vision::wipe(portrait);
    return photo ? std::move(*photo) : card::Bytes{};
}

}  // namespace uketsuke::demo
