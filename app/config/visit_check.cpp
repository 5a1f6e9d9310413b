#include "app/config/check.h"

namespace uketsuke::config {
namespace {

// What would stand open on a tablet that is lost, or has nobody to serve at the bedside.
void forbid_what_stays_at_the_clinic(const Config& config, const Forbid& forbid) {
    forbid(config.face.enabled, "face.enabled",
           "'face.enabled' is true: at home nobody is identified by face, set it to false with visit.enabled");
    forbid(!config.desk.address.empty(), "desk.address",
           "'desk.address' is set: a tablet serves no staff page, leave it empty with visit.enabled");
    const ReceiptComputerConfig& receipt = config.receipt_computer;
    forbid(!receipt.face_folder.empty(), "receipt_computer.face_folder",
           "'receipt_computer.face_folder' is set: answers would lie unsealed on the tablet, leave it empty with "
           "visit.enabled");
    forbid(!receipt.request_folder.empty(), "receipt_computer.request_folder",
           "'receipt_computer.request_folder' is set: answers would lie unsealed on the tablet, leave it empty with "
           "visit.enabled");
    forbid(!config.webhook.url.empty(), "webhook.url",
           "'webhook.url' is set: its secret would lie unsealed on the tablet, leave it empty with visit.enabled");
    forbid(
        !config.declaration.printer.empty(), "declaration.printer",
        "'declaration.printer' is set: its spool would lie unsealed on the tablet, leave it empty with visit.enabled");
    forbid(!config.service.client_key.empty() && !config.policy.demonstration, "service.client_key",
           "'service.client_key' would lie unsealed on the tablet: seal it (uketsuke-tour seal) and name it in "
           "visit.client_key");
    forbid(!config.staff.visual_check_code_hash.empty(), "staff.visual_check_code_hash",
           "'staff.visual_check_code_hash' is set: with visit.enabled each member's own code is used, leave it empty");
}

}  // namespace

void check_visit(const Config& config, const Forbid& forbid) {
    const VisitConfig& visit = config.visit;
    forbid(visit.demonstration_name.empty() != visit.demonstration_code.empty(), "visit.demonstration_name",
           "'visit.demonstration_name' and visit.demonstration_code need each other");
    forbid(visit.demonstration_name.size() > k_longest_member_name, "visit.demonstration_name",
           "'visit.demonstration_name' has more than 100 bytes");
    // A code that stands in a file is nobody's.
    forbid(!visit.demonstration_code.empty() && !config.policy.demonstration, "visit.demonstration_code",
           "'visit.demonstration_code' needs flow.demonstration = true");
    forbid(config.display.dim_after.count() > 0 && config.display.dim_after < k_shortest_dim, "display.dim_after_s",
           "'display.dim_after_s' is less than 15: nobody could read a page; 0 never dims");
    forbid(!visit.client_key.empty() && !visit.enabled, "visit.client_key", "'visit.client_key' needs visit.enabled");
    if (!visit.enabled) return;

    forbid(visit.keyring.empty(), "visit.enabled", "'visit.enabled' needs visit.keyring");
    forbid(!visit.keyring.empty() && (visit.keyring == config.outbox.path || visit.keyring == config.outbox.key_file ||
                                      visit.keyring == visit.client_key),
           "visit.keyring", "'visit.keyring' is the same file as outbox.path, outbox.key_file or visit.client_key");
    const ServiceConfig& service = config.service;
    forbid(!visit.client_key.empty() && service.client_certificate.empty(), "visit.client_key",
           "'visit.client_key' needs service.client_certificate");
    forbid(!visit.client_key.empty() && !(service.client_key.empty() && service.client_key_uri.empty()),
           "visit.client_key", "'visit.client_key' and service.client_key or its URI are two keys for one certificate");
    forbid_what_stays_at_the_clinic(config, forbid);
}

}  // namespace uketsuke::config
