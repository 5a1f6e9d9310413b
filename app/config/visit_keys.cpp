#include "app/config/key_fields.h"
#include "app/config/text_forms.h"

namespace uketsuke::config {

void add_visit_keys(std::vector<Key>& keys) {
    using C = Config;
    const auto add = [&](std::string_view name, Field field, std::string_view explanation) {
        keys.push_back({"visit", name, std::move(field), explanation});
    };
    add("enabled", BoolField{at(&C::visit, &VisitConfig::enabled)},
        "Receives patients at home: consent, then PIN or the visual check, then the card; staff sign in with a code of "
        "their own, and nothing on the device can be read without one");
    add("keyring", PathField{at(&C::visit, &VisitConfig::keyring), Base::ConfigFile, ""},
        "File of the key that staff's codes open (uketsuke-tour set-up); needed with enabled");
    add("client_key", PathField{at(&C::visit, &VisitConfig::client_key), Base::ConfigFile, ""},
        "Key of service.client_certificate, sealed by uketsuke-tour seal; empty takes service.client_key or its URI, "
        "which no code protects");
    add("lock_after_s", time_at(&C::visit, &VisitConfig::lock_after, k_seconds, 10, 3'600),
        "Seconds without a touch of the waiting tablet after which the list of patients wants the code again");
    add("tour_longest_h", time_at(&C::visit, &VisitConfig::tour_longest, k_hours, 1, 24),
        "Hours after which a tour is closed, and a code opens it anew");
    add("consent_days", time_at(&C::visit, &VisitConfig::consent, k_days, 1, 1'830),
        "Days that a consent given at home stands for visits without the card; the official term is not public, so ask "
        "before a clinic relies on it");
    add("relation_days", time_at(&C::visit, &VisitConfig::relation, k_days, 1, 400),
        "Days without a visit after which continuing care counts as ended and the patient is forgotten here");
    add("online", BoolField{at(&C::visit, &VisitConfig::online)},
        "Offers the reception without the card for オンライン診療 too, never for a card without a PIN");
    add("device_check_s", time_at(&C::visit, &VisitConfig::device_check, k_seconds, 60, 86'400),
        "Seconds between two questions of a tablet whose tour is closed, whether it was reported as lost");
    add("demonstration_name", TextField{at(&C::visit, &VisitConfig::demonstration_name), "any text", anything},
        "Name of an invented member of staff with whom a missing keyring is made; only with flow.demonstration");
    add("demonstration_code",
        TextField{at(&C::visit, &VisitConfig::demonstration_code), "empty, or 6 to 12 digits", is_tour_code},
        "That member's code");
}

}  // namespace uketsuke::config
