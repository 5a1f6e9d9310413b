#include "app/config/check.h"

#include <algorithm>

#include "app/config/keys.h"

namespace uketsuke::config {

std::optional<std::vector<core::OtherWay>> other_ways_of(std::string_view words) {
    std::vector<core::OtherWay> ways;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        const std::string_view word = words.substr(0, end);
        words.remove_prefix(std::min(end + 1, words.size()));
        if (word.empty()) continue;
        const auto all = core::all_other_ways();
        const auto way = std::find_if(all.begin(), all.end(), [&](auto one) { return word == core::name_of(one); });
        if (way == all.end() || std::find(ways.begin(), ways.end(), *way) != ways.end()) return std::nullopt;
        ways.push_back(*way);
    }
    return ways;
}

std::vector<Contradiction> contradictions(const Config& config) {
    std::vector<Contradiction> found;
    const auto forbid = [&](bool wrong, std::string_view key, std::string what) {
        if (wrong) found.push_back({key, std::move(what)});
    };
    const bool real = !config.policy.demonstration;
    const bool virtual_reader = config.card.reader == CardReaderKind::Virtual;
    // Nobody may take a rehearsal for a reception.
    forbid(real && virtual_reader, "card.reader", "'card.reader' \"virtual\" needs flow.demonstration = true");
    forbid(real && config.camera.source == CameraKind::Virtual, "camera.source",
           "'camera.source' \"virtual\" needs flow.demonstration = true");
    forbid(real && config.service.mode == ServiceMode::Simulator, "service.mode",
           "'service.mode' \"simulator\" needs flow.demonstration = true");
    // Its threshold lets strangers in.
    forbid(real && config.face.demo_operating_point, "face.demo_operating_point",
           "'face.demo_operating_point' needs flow.demonstration = true");
    forbid(config.policy.second_sign == core::SecondSign::Staff && config.staff.visual_check_code_hash.empty(),
           "face.second_sign", "'face.second_sign' \"staff\" needs staff.visual_check_code_hash");
    forbid(config.card.front == CardFrontKind::Virtual && !virtual_reader, "card.front",
           "'card.front' \"virtual\" needs card.reader = \"virtual\"");
    forbid(config.card.front == CardFrontKind::Picture && config.card.front_picture.empty(), "card.front",
           "'card.front' \"picture\" needs card.front_picture");
    // One device cannot look at the patient and at the card.
    forbid(config.card.front == CardFrontKind::Camera && config.camera.source == CameraKind::Device &&
               config.card.front_camera == config.camera.device,
           "card.front_camera", "'card.front_camera' is the same device as camera.device");

    const CameraConfig& camera = config.camera;
    const bool from_disk = camera.source == CameraKind::File || camera.source == CameraKind::Pictures;
    forbid(from_disk && camera.path.empty(), "camera.source", "this 'camera.source' needs camera.path");
    forbid(camera.source == CameraKind::Stream && camera.url.empty(), "camera.source",
           "'camera.source' \"stream\" needs camera.url");

    const ServiceConfig& service = config.service;
    if (service.mode == ServiceMode::Https) {
        forbid(service.url.empty(), "service.mode", "'service.mode' \"https\" needs service.url");
        forbid(service.ca_file.empty(), "service.mode", "'service.mode' \"https\" needs service.ca_file");
    }
    // Stands in the bytes that the card signs, whoever receives them.
    forbid(service.institution_code.empty(), "service.institution_code", "'service.institution_code' is needed");
    const bool has_key =
        !service.client_key.empty() || !service.client_key_uri.empty() || !config.visit.client_key.empty();
    forbid(!has_key && !service.client_certificate.empty(), "service.client_certificate",
           "'service.client_certificate' needs service.client_key or service.client_key_uri");
    forbid(service.client_certificate.empty() && !service.client_key_uri.empty(), "service.client_key_uri",
           "'service.client_key_uri' needs service.client_certificate");
    forbid(!service.client_key.empty() && !service.client_key_uri.empty(), "service.client_key_uri",
           "'service.client_key_uri' and service.client_key are two keys for one certificate");
    forbid(service.client_certificate.empty() && !service.client_key.empty(), "service.client_key",
           "'service.client_key' needs service.client_certificate");
    forbid(service.total_timeout < service.connect_timeout, "service.total_timeout_ms",
           "'service.total_timeout_ms' is less than service.connect_timeout_ms");

    const ReceiptComputerConfig& receipt = config.receipt_computer;
    forbid(receipt.request_folder.empty() != receipt.result_folder.empty(), "receipt_computer.request_folder",
           "'receipt_computer.request_folder' and receipt_computer.result_folder need each other");

    const DeskConfig& desk = config.desk;
    forbid(desk.certificate.empty() != desk.certificate_key.empty(), "desk.certificate",
           "'desk.certificate' and desk.certificate_key need each other");
    forbid(!config.webhook.url.empty() && config.webhook.secret_file.empty(), "webhook.url",
           "'webhook.url' needs webhook.secret_file");

    forbid(config.outbox.path.empty(), "outbox.path", "'outbox.path' is empty");
    forbid(config.outbox.key_file.empty() && config.outbox.key_credential.empty(), "outbox.key_file",
           "'outbox.key_file' is empty and there is no outbox.key_credential");
    forbid(config.outbox.path == config.outbox.key_file && !config.outbox.path.empty(), "outbox.key_file",
           "'outbox.key_file' is the same file as outbox.path");
    check_visit(config, forbid);
    return found;
}

}  // namespace uketsuke::config
