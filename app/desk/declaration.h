// 被保険者資格申立書 as staff open it: the form that was filled in at the kiosk, or one that holds what the service
// said.
#pragma once

#include "app/desk/arrivals.h"
#include "net/declaration.h"

namespace uketsuke::desk {

// NotFound: none is kept with it. Personal: wipe.
net::Result<net::Declaration> kept_form(const net::Outbox& outbox, const net::RequestId& id);

// To be completed by hand: what the service said of this person, of the day `at`. Pure. Personal: wipe.
net::Declaration form_of(const Person& person, const net::RequestId& id, net::WallTime at);

}  // namespace uketsuke::desk
