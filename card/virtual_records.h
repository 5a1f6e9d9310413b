// The two records of a virtual card that 照合番号B opens: the face record and the attributes (facts §1.6, §1.7), in the
// shape that the persona asks for. Private to the card room.
#pragma once

#include "card/authority_keys.h"
#include "card/error.h"
#include "card/persona.h"

namespace uketsuke::card {

// EF 0002 of 券面入力補助AP, FF20 and what may stand before it.
Bytes make_attributes(const Persona& persona);

// EF 0002 of 券面事項確認AP. Signed with the municipality's key as card/issuer_signature.h describes: a DigestInfo
// around three digests, of birth date, sex and the card's key, of the two pictures of text, of the photo.
Result<Bytes> make_face_record(const Persona& persona, const AuthorityKeys& keys, const Bytes& photo_jp2);

}  // namespace uketsuke::card
