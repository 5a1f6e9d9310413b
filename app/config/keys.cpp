#include "app/config/keys.h"

#include <algorithm>
#include <utility>

#include "app/config/key_fields.h"
#include "app/config/text_forms.h"

namespace uketsuke::config {
namespace {

bool& starts_with(Config& config, core::Preference preference) {
    return config.policy.default_preferences[static_cast<std::size_t>(preference)];
}

BoolField preferred(core::Preference preference) {
    return {[preference](Config& config) -> bool& { return starts_with(config, preference); }};
}

// A word and not a switch, since it says which of two looks it is.
WordField theme() {
    return {[](const Config& config) -> std::size_t {
                return config.policy.default_preferences[static_cast<std::size_t>(core::Preference::HighContrast)];
            },
            [](Config& config, std::size_t index) { starts_with(config, core::Preference::HighContrast) = index == 1; },
            {"light", "high-contrast"}};
}

std::vector<Key> make_keys() {
    using C = Config;
    using core::Policy;
    const auto asset_dir = [](Config& config) -> std::filesystem::path& { return config.asset_dir; };
    return {
        {"", "asset_dir", PathField{asset_dir, Base::ConfigFile, "../assets"},
         "Folder of what comes with the program: personas, models, operating points"},

        {"card", "reader", word_at(&C::card, &CardConfig::reader, {"virtual", "pcsc"}),
         "A virtual reader with invented people (demonstration), or a reader of the PC/SC service"},
        {"card", "reader_name", TextField{at(&C::card, &CardConfig::reader_name), "any text", anything},
         "Part of the PC/SC reader's name; empty takes the first with a card, else the first"},
        {"card", "front", word_at(&C::card, &CardConfig::front, {"virtual", "camera", "picture", "none"}),
         "What 照合番号B is read from: the virtual card's drawn front, a camera over the slot, a picture, or nothing, "
         "which leaves the chip's photo closed unless staff type the number"},
        {"card", "front_camera",
         TextField{at(&C::card, &CardConfig::front_camera), "0 to 99, or a path such as \"/dev/video0\"", is_device,
                   true},
         "Which camera looks at the card, when front is \"camera\""},
        {"card", "front_picture", PathField{at(&C::card, &CardConfig::front_picture), Base::ConfigFile, ""},
         "The picture of a card's front, or a folder of them, when front is \"picture\""},
        {"card", "personas", PathField{at(&C::card, &CardConfig::personas), Base::Assets, "personas"},
         "Folder of the virtual cards, one TOML file each"},
        {"card", "number_b_floor", IntField{at(&C::card, &CardConfig::number_b_floor), 1, 9},
         "照合番号B is not sent to a card that has this many tries or fewer left (a fresh card has 10)"},

        {"camera", "source",
         word_at(&C::camera, &CameraConfig::source, {"virtual", "device", "file", "stream", "pictures", "none"}),
         "Drawn people (demonstration), a V4L2 camera, a video file, a network stream, a folder of pictures, or none"},
        {"camera", "device",
         TextField{at(&C::camera, &CameraConfig::device), "0 to 99, or a path such as \"/dev/video0\"", is_device,
                   true},
         "Which camera, when source is \"device\""},
        {"camera", "path", PathField{at(&C::camera, &CameraConfig::path), Base::ConfigFile, ""},
         "The video file or the folder of pictures, when source is \"file\" or \"pictures\""},
        {"camera", "url", TextField{at(&C::camera, &CameraConfig::url), "empty, or scheme://…", is_url},
         "Address of the stream (rtsp, http), when source is \"stream\""},
        {"camera", "width", IntField{at(&C::camera, &CameraConfig::width), 160, 7680},
         "Picture width in pixels that is asked for; a device may give another"},
        {"camera", "height", IntField{at(&C::camera, &CameraConfig::height), 120, 4320},
         "Picture height in pixels that is asked for"},
        {"camera", "frames_per_second", IntField{at(&C::camera, &CameraConfig::frames_per_second), 1, 120},
         "Pictures a second that are asked for"},
        {"camera", "first_frame_timeout_ms", time_at(&C::camera, &CameraConfig::first_frame_timeout, k_ms, 500, 30'000),
         "Milliseconds without a first picture after which the patient is offered another way"},

        {"face", "enabled", BoolField{at(&C::face, &FaceConfig::enabled)}, "Whether face matching is offered at all"},
        {"face", "models", PathField{at(&C::face, &FaceConfig::models), Base::ConfigFile, "/var/lib/uketsuke/models"},
         "Folder of the network weights (kiosk-config/fetch-models)"},
        {"face", "operating_points",
         PathField{at(&C::face, &FaceConfig::operating_points), Base::Assets, "models/operating-points.toml"},
         "Table of measured thresholds"},
        {"face", "false_accept_rate", NumberField{at(&C::face, &FaceConfig::false_accept_rate), 0.0, 0.01, true},
         "How often a stranger may be taken for the card's owner, on the worst group measured"},
        {"face", "demo_operating_point", BoolField{at(&C::face, &FaceConfig::demo_operating_point)},
         "Decides with the threshold that was measured on drawn people; only with flow.demonstration"},
        {"face", "second_sign", word_at(&C::policy, &Policy::second_sign, {"none", "tries", "pin", "staff"}),
         "What must come on top of a face that matched when the weights at hand cannot keep the rate alone: a second "
         "match, the PIN, or staff; with \"none\" the face is then not offered"},
        {"face", "challenge", word_at(&C::face, &FaceConfig::challenge, {"always", "staff-may-waive", "off"}),
         "Whether the head must be turned to a side that chance picks, so that no photograph passes; staff may let "
         "somebody off who cannot, or nobody is asked"},
        {"face", "challenge_turns", IntField{at(&C::face, &FaceConfig::challenge_turns), 1, 2},
         "How many turns a challenge has; fewer recordings of somebody who turns pass two than one (vision/README.md)"},
        {"face", "decide_within_ms", time_at(&C::face, &FaceConfig::decide_within, k_ms, 1'000, 60'000),
         "Milliseconds after which an attempt ends without a decision"},
        {"face", "attempts", IntField{at(&C::policy, &Policy::face_attempts), 1, 10}, "Attempts before PIN or staff"},

        {"service", "mode", word_at(&C::service, &ServiceConfig::mode, {"simulator", "https"}),
         "The simulated service inside the program (demonstration), or a service over HTTPS"},
        {"service", "url",
         TextField{at(&C::service, &ServiceConfig::url), "empty, or https://host[:port][/path]", is_https},
         "Address of the service; needed when mode is \"https\""},
        {"service", "ca_file", PathField{at(&C::service, &ServiceConfig::ca_file), Base::ConfigFile, ""},
         "PEM file of the only CA that the service may show; needed when mode is \"https\""},
        {"service", "client_certificate",
         PathField{at(&C::service, &ServiceConfig::client_certificate), Base::ConfigFile, ""},
         "PEM chain with which this kiosk shows who it is; empty for none"},
        {"service", "client_key", PathField{at(&C::service, &ServiceConfig::client_key), Base::ConfigFile, ""},
         "PEM key of the client certificate"},
        {"service", "client_key_uri",
         TextField{at(&C::service, &ServiceConfig::client_key_uri), "empty, or pkcs11:…", is_pkcs11},
         "Instead of client_key: a key in a PKCS#11 token, as an RFC 7512 address (needs libengine-pkcs11-openssl)"},
        {"service", "pkcs11_module", PathField{at(&C::service, &ServiceConfig::pkcs11_module), Base::ConfigFile, ""},
         "Library of that token; empty takes the one that p11-kit is set up with"},
        {"service", "pkcs11_pin_file",
         PathField{at(&C::service, &ServiceConfig::pkcs11_pin_file), Base::ConfigFile, ""},
         "File whose first line is the token's PIN, mode 0600; empty when it needs none"},
        {"service", "institution_code",
         TextField{at(&C::service, &ServiceConfig::institution_code), "10 digits", is_institution},
         "医療機関コード; always needed, since it stands in the bytes that the card signs"},
        {"service", "people",
         PathField{at(&C::service, &ServiceConfig::people), Base::Assets, "eligibility/people.toml"},
         "Table of the invented people that the simulated service knows; empty answers for every card alike"},
        {"service", "connect_timeout_ms", time_at(&C::service, &ServiceConfig::connect_timeout, k_ms, 100, 60'000),
         "Milliseconds for reaching the service"},
        {"service", "total_timeout_ms", time_at(&C::service, &ServiceConfig::total_timeout, k_ms, 500, 300'000),
         "Milliseconds for a whole call; at least connect_timeout_ms"},
        {"service", "registration_timeout_ms",
         time_at(&C::service, &ServiceConfig::registration_timeout, k_ms, 200, 10'000),
         "Milliseconds for asking, while the card is read, whether it is registered as a health insurance card; nobody "
         "waits for the answer"},
        {"service", "answer_wait_ms", time_at(&C::policy, &Policy::answer_wait, k_ms, 0, 30'000),
         "Milliseconds that the patient waits for the answer before the reception counts as queued"},
        {"service", "share_visits", BoolField{at(&C::service, &ServiceConfig::share_visits)},
         "Several devices of the institution receive patients: each names a visit as all of them do, so that it is "
         "received once; the same on every one of them"},

        {"outbox", "path",
         PathField{at(&C::outbox, &OutboxConfig::path), Base::ConfigFile, "/var/lib/uketsuke/outbox.db"},
         "Database of the receptions that are to be sent"},
        {"outbox", "key_credential",
         TextField{at(&C::outbox, &OutboxConfig::key_credential), "empty, or a systemd credential's name", anything},
         "systemd credential that holds the sealing key, used before key_file where it exists"},
        {"outbox", "key_file",
         PathField{at(&C::outbox, &OutboxConfig::key_file), Base::ConfigFile, "/var/lib/uketsuke/outbox.key"},
         "Sealing key, 32 bytes, mode 0600; made at the first start"},
        {"outbox", "retention_days", time_at(&C::outbox, &OutboxConfig::retention, k_days, 0, 31),
         "Days that a delivered reception is kept"},

        {"receipt_computer", "face_folder",
         PathField{at(&C::receipt_computer, &ReceiptComputerConfig::face_folder), Base::ConfigFile, ""},
         "Folder into which the answer for each patient is written as OQSsiquc01res_face_….xml; empty writes none"},
        {"receipt_computer", "request_folder",
         PathField{at(&C::receipt_computer, &ReceiptComputerConfig::request_folder), Base::ConfigFile, ""},
         "Folder in which the receipt computer's questions OQSsiquc01req_….xml appear; empty answers none"},
        {"receipt_computer", "result_folder",
         PathField{at(&C::receipt_computer, &ReceiptComputerConfig::result_folder), Base::ConfigFile, ""},
         "Folder for the answers to those questions; needed with request_folder"},
        {"receipt_computer", "mount_point",
         PathField{at(&C::receipt_computer, &ReceiptComputerConfig::mount_point), Base::ConfigFile, ""},
         "Where the server's share with these folders is mounted: while nothing is, the files wait; empty for local "
         "folders"},
        {"receipt_computer", "poll_ms", time_at(&C::receipt_computer, &ReceiptComputerConfig::poll, k_ms, 200, 60'000),
         "Milliseconds between two looks into request_folder"},

        {"display", "width", IntField{at(&C::display, &DisplayConfig::width), 640, 7680}, "Window width in pixels"},
        {"display", "height", IntField{at(&C::display, &DisplayConfig::height), 480, 7680}, "Window height in pixels"},
        {"display", "fullscreen", BoolField{at(&C::display, &DisplayConfig::fullscreen)},
         "The whole screen at its own size; width and height then mean nothing"},
        {"display", "theme", theme(), "Colours that every reception starts in; a patient may change them"},
        {"display", "large_type", preferred(core::Preference::LargeType),
         "Every reception starts in large type; a patient may change it"},
        {"display", "low_controls", preferred(core::Preference::LowControls),
         "Every reception starts with everything to touch in the lower half; a patient may change it"},
        {"display", "voice", preferred(core::Preference::Voice),
         "Every reception starts with spoken guidance; a patient may change it"},
        {"display", "scale", NumberField{at(&C::display, &DisplayConfig::scale), 0.5, 4.0},
         "The screen's pixels per inch divided by 96, so that main choices are 20 mm high"},
        {"display", "dim_after_s", time_at(&C::display, &DisplayConfig::dim_after, k_seconds, 0, 3'600),
         "Seconds without a touch, 15 or more, after which the screen is dimmed; the first touch only wakes it; 0 "
         "never dims"},
        {"display", "backlight", PathField{at(&C::display, &DisplayConfig::backlight), Base::ConfigFile, ""},
         "Folder of the screen's light, such as /sys/class/backlight/intel_backlight, whose brightness the kiosk may "
         "write; empty dims the picture only"},
        {"display", "dim_percent", IntField{at(&C::display, &DisplayConfig::dim_percent), 1, 100},
         "How much of its full light the dimmed screen keeps"},
        {"display", "default_language",
         word_at(&C::policy, &Policy::default_language,
                 {"ja", "ja@furigana", "ja@easy", "en", "zh_CN", "ko", "vi", "pt_BR"}),
         "The language that every reception starts in: Japanese, Japanese with readings above the kanji, plain "
         "Japanese, English, Chinese, Korean, Vietnamese or Portuguese"},

        {"voice", "enabled", BoolField{at(&C::policy, &Policy::offer_voice)},
         "Whether spoken guidance is offered; tones sound either way"},
        {"voice", "folder", PathField{at(&C::voice, &VoiceConfig::folder), Base::ConfigFile, "/var/lib/uketsuke/voice"},
         "Folder of the rendered sentences (kiosk-config/install-voice)"},
        {"voice", "output", word_at(&C::voice, &VoiceConfig::output, {"auto", "speaker", "headphones"}),
         "Who hears: \"auto\" lets the headphone jack decide, \"speaker\" is for everybody and never says anything "
         "personal, \"headphones\" is a handset or a jack that does not report what is plugged in"},
        {"voice", "volume", IntField{at(&C::policy, &Policy::default_volume), 1, 4},
         "Loudness at the start of every reception; each step is 6 dB"},
        {"voice", "key_tones", BoolField{at(&C::voice, &VoiceConfig::key_tones)},
         "A short tone at every touch, the same for every digit"},

        {"flow", "demonstration", BoolField{at(&C::policy, &Policy::demonstration)},
         "Says on every screen that this is a demonstration; needed for the virtual reader and the simulated service"},
        {"flow", "offer_limit_amount", BoolField{at(&C::policy, &Policy::offer_limit_amount)},
         "Asks whether 限度額 information is provided"},
        {"flow", "offer_agree_all", BoolField{at(&C::policy, &Policy::offer_agree_all)},
         "Offers one button for all consents (包括同意)"},
        {"flow", "offer_registration", BoolField{at(&C::policy, &Policy::offer_registration)},
         "Offers to register a card as a health insurance card when the service says that it is none"},
        {"flow", "registration_by_visual_check", BoolField{at(&C::policy, &Policy::registration_by_visual_check)},
         "Also when staff identified the patient"},
        {"flow", "name_display", word_at(&C::policy, &Policy::name_display, {"none", "masked", "full"}),
         "How the last screen names the patient once the service has confirmed: not at all, the first character of "
         "each part (山○ 太○), or in full, which whoever stands near can read"},
        {"flow", "screen_timeout_s", time_at(&C::policy, &Policy::screen_timeout, k_seconds, 30, 600),
         "Seconds without a touch after which a reception ends; the last 20 are counted down, and any touch starts "
         "them again"},
        {"flow", "reading_timeout_s", time_at(&C::policy, &Policy::reading_timeout, k_seconds, 3, 120),
         "Seconds that a card may take to be read"},
        {"flow", "accepted_shown_s", time_at(&C::policy, &Policy::accepted_shown, k_seconds, 2, 60),
         "Seconds that the last screen stays before the reminder to take the card; a touch starts them again, up to a "
         "minute in all"},
        {"flow", "notice_shown_s", time_at(&C::policy, &Policy::notice_shown, k_seconds, 2, 60),
         "Seconds that a notice stays, such as \"the card was taken\""},
        {"flow", "staff_code_attempts", IntField{at(&C::policy, &Policy::staff_code_attempts), 1, 20},
         "Wrong staff codes before the pause"},
        {"flow", "staff_code_pause_s", time_at(&C::policy, &Policy::staff_code_pause, k_seconds, 5, 3'600),
         "Seconds of that pause"},
        {"flow", "visual_check_valid_s", time_at(&C::policy, &Policy::visual_check_valid, k_seconds, 10, 600),
         "Seconds that a visual check waits for its card"},

        {"staff", "visual_check_code_hash",
         TextField{at(&C::staff, &StaffConfig::visual_check_code_hash), "empty, or an Argon2id hash", is_hash},
         "Hash of the staff code, 4 to 12 digits (kiosk-config/README.md says how to make it); empty offers no visual "
         "check at the kiosk"},

        {"desk", "address", TextField{at(&C::desk, &DeskConfig::address), "empty, or an IP address", is_address},
         "Address of this machine on which staff reach their page, \"0.0.0.0\" for all of them; empty serves none"},
        {"desk", "port", IntField{at(&C::desk, &DeskConfig::port), 0, 65'535}, "Its port; 0 takes a free one"},
        {"desk", "names",
         TextField{at(&C::desk, &DeskConfig::names), "names and addresses with spaces between", are_names},
         "Further names and addresses by which staff's browsers call this machine, for the certificate made here"},
        {"desk", "certificate", PathField{at(&C::desk, &DeskConfig::certificate), Base::ConfigFile, ""},
         "PEM chain that the page shows; empty shows one that is made here and that browsers must be told to trust"},
        {"desk", "certificate_key", PathField{at(&C::desk, &DeskConfig::certificate_key), Base::ConfigFile, ""},
         "PEM key of that certificate, mode 0600"},
        {"desk", "folder", PathField{at(&C::desk, &DeskConfig::folder), Base::ConfigFile, ""},
         "Folder of the staff's accounts and of the certificate made here; empty takes desk/ beside the outbox"},
        {"desk", "metrics_token_file", PathField{at(&C::desk, &DeskConfig::metrics_token_file), Base::ConfigFile, ""},
         "File whose first line a monitoring system shows to read /metrics and /health; empty lets only this machine"},
        {"desk", "signed_in_idle_min", time_at(&C::desk, &DeskConfig::signed_in_idle, k_minutes, 1, 720),
         "Minutes without a touch of the page after which staff sign in again"},
        {"desk", "signed_in_longest_min", time_at(&C::desk, &DeskConfig::signed_in_longest, k_minutes, 10, 1'440),
         "Minutes after which they sign in again anyway"},

        {"audit", "path", PathField{at(&C::audit, &AuditConfig::path), Base::ConfigFile, ""},
         "Record of who of staff did what, when and why, never a patient's data; empty takes audit.log beside the "
         "outbox"},

        {"webhook", "url", TextField{at(&C::webhook, &WebhookConfig::url), "empty, or https://…", is_webhook},
         "Address of the clinic's own system that is told of each reception; empty tells nobody"},
        {"webhook", "secret_file", PathField{at(&C::webhook, &WebhookConfig::secret_file), Base::ConfigFile, ""},
         "File whose first line, 32 characters or more, signs what is told; needed with webhook.url"},
        {"webhook", "ca_file", PathField{at(&C::webhook, &WebhookConfig::ca_file), Base::ConfigFile, ""},
         "PEM file of the only CA that the clinic's system may show; empty takes the system's"},

        {"declaration", "offer", BoolField{at(&C::policy, &Policy::offer_declaration)},
         "Offers 被保険者資格申立書 and the shorter ways to whoever cannot be confirmed"},
        {"declaration", "ways",
         TextField{at(&C::declaration, &DeclarationConfig::ways), "of \"portal notice visits\", in any order",
                   are_ways},
         "Shorter ways offered before the form, in this order: the patient's マイナポータル, 資格情報のお知らせ, known "
         "from earlier visits"},
        {"declaration", "timeout_s", time_at(&C::policy, &Policy::declaration_timeout, k_seconds, 30, 1'800),
         "Seconds without a touch after which a form that is being filled in is given up; the last 60 are counted "
         "down"},
        {"declaration", "institution",
         TextField{at(&C::declaration, &DeclarationConfig::institution), "any text", anything},
         "The institution's name as it stands on the form; empty leaves a line to write it on"},
        {"declaration", "printer",
         TextField{at(&C::declaration, &DeclarationConfig::printer), "empty, or a printer's name in CUPS", is_queue},
         "CUPS printer that prints each form when it is handed in; empty leaves printing to the desk's page"},
        {"declaration", "print_server",
         TextField{at(&C::declaration, &DeclarationConfig::print_server), "empty, host:port, or a socket's path",
                   anything},
         "CUPS server; empty takes the one that this machine is set up for"},
        {"declaration", "print_limit_s", time_at(&C::declaration, &DeclarationConfig::print_limit, k_seconds, 5, 600),
         "Seconds after which a form that did not come out is taken back from the printer and left to the desk"},
        {"declaration", "postal_codes",
         PathField{at(&C::declaration, &DeclarationConfig::postal_codes), Base::ConfigFile, ""},
         "Japan Post's utf_ken_all.csv, or a list like SKK-JISYO.zipcode; empty takes that of Debian's skkdic-extra"},
        {"declaration", "word_lists",
         PathField{at(&C::declaration, &DeclarationConfig::word_lists), Base::ConfigFile, "/usr/share/skk"},
         "Folder of the lists of names and places (SKK-JISYO.*) that help to write names"},

        {"log", "level", word_at(&C::log, &LogConfig::level, {"error", "warning", "info", "debug"}),
         "The least important line that is written"},
        {"log", "file", PathField{at(&C::log, &LogConfig::file), Base::ConfigFile, ""},
         "File of the log; empty writes to standard error, which systemd keeps"},
    };
}

}  // namespace

const std::vector<Key>& keys() {
    static const std::vector<Key> table = [] {
        auto all = make_keys();
        add_visit_keys(all);
        return all;
    }();
    return table;
}

std::string_view about_table(std::string_view table) {
    static constexpr std::pair<std::string_view, std::string_view> k_about[] = {
        {"", "Before the first table"},
        {"card", "The card reader and where 照合番号B comes from"},
        {"camera", "The camera that looks at the patient"},
        {"face", "Matching the patient's face with the chip's photo"},
        {"service", "The eligibility service"},
        {"outbox", "The durable queue between the counter and the service"},
        {"receipt_computer", "The folders shared with the clinic's receipt computer (レセコン)"},
        {"display", "The screen"},
        {"voice", "Spoken guidance and tones"},
        {"flow", "What a reception asks and how long it waits"},
        {"staff", "What staff can do at the kiosk"},
        {"desk", "The page that staff open in a browser on the clinic's network"},
        {"audit", "The record of what staff did"},
        {"webhook", "Telling the clinic's own system of each reception"},
        {"declaration", "被保険者資格申立書, for whoever cannot be confirmed"},
        {"log", "What the program writes about itself; never a personal value"},
        {"visit", "Home visits: a tablet at the bedside"},
    };
    const auto* found =
        std::find_if(std::begin(k_about), std::end(k_about), [&](auto& row) { return row.first == table; });
    return found == std::end(k_about) ? std::string_view{} : found->second;
}

}  // namespace uketsuke::config
