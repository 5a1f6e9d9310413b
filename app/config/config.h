// The kiosk's configuration: one TOML file, read once at start. Plain values; constant afterwards; any thread.
// Every key is described once, in keys.cpp: reading, checking and the reference are made from that table.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "app/core/policy.h"

namespace uketsuke::config {

enum class CardReaderKind : std::uint8_t { Virtual, Pcsc };
enum class CardFrontKind : std::uint8_t { Virtual, Camera, Picture, None };
enum class ChallengeRule : std::uint8_t { Always, StaffMayWaive, Off };
enum class CameraKind : std::uint8_t { Virtual, Device, File, Stream, Pictures, None };
enum class ServiceMode : std::uint8_t { Simulator, Https };
enum class VoiceOutput : std::uint8_t { Auto, Speaker, Headphones };
enum class LogLevel : std::uint8_t { Error, Warning, Info, Debug };

struct CardConfig {
    CardReaderKind reader = CardReaderKind::Pcsc;
    std::string reader_name;                    // part of a PC/SC reader's name; empty: the first one
    CardFrontKind front = CardFrontKind::None;  // where 照合番号B comes from
    std::string front_camera = "1";             // Camera: a number or a path
    std::filesystem::path front_picture;        // Picture: a file, or a folder of files shown one after the other
    std::filesystem::path personas;             // folder of virtual cards
    int number_b_floor = 3;                     // with so many tries or fewer left, no number is sent
};

struct CameraConfig {
    CameraKind source = CameraKind::Device;
    std::string device = "0";    // a number or a path
    std::filesystem::path path;  // File, Pictures
    std::string url;             // Stream
    int width = 1280;            // pixels
    int height = 720;
    int frames_per_second = 15;
    std::chrono::milliseconds first_frame_timeout{3'000};
};

struct FaceConfig {
    bool enabled = true;
    std::filesystem::path models;            // folder of network weights
    std::filesystem::path operating_points;  // table that vision::load_operating_points reads
    double false_accept_rate = 0.001;
    bool demo_operating_point = false;                       // the one that was measured on drawn persons
    ChallengeRule challenge = ChallengeRule::StaffMayWaive;  // turning the head to a random side
    int challenge_turns = 1;
    std::chrono::milliseconds decide_within{20'000};
};

struct ServiceConfig {
    ServiceMode mode = ServiceMode::Https;
    std::string url;
    std::filesystem::path ca_file;
    std::filesystem::path client_certificate;  // PEM chain; empty: none
    std::filesystem::path client_key;          // PEM
    std::string client_key_uri;                // "pkcs11:…", instead of client_key
    std::filesystem::path pkcs11_module;       // empty: the one that p11-kit finds
    std::filesystem::path pkcs11_pin_file;     // empty: no PIN, or the URI has it
    std::string institution_code;              // 10 digits
    std::filesystem::path people;              // whom the simulated service knows; empty: the cards laid here only
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds total_timeout{30'000};
    std::chrono::milliseconds registration_timeout{2'000};
    bool share_visits = false;  // net::Reception::share_visits
};

// The receipt computer's folders (net/receipt_folder.h).
struct ReceiptComputerConfig {
    std::filesystem::path face_folder;     // empty: no answers are filed
    std::filesystem::path request_folder;  // empty: no questions are answered
    std::filesystem::path result_folder;
    std::filesystem::path mount_point;  // empty: the folders are local
    std::chrono::milliseconds poll{1'000};
};

struct OutboxConfig {
    std::filesystem::path path;
    std::string key_credential;      // systemd credential that wins over key_file; empty: none is looked for
    std::filesystem::path key_file;  // made at the first start when it is missing
    std::chrono::hours retention{24};
};

struct DisplayConfig {
    int width = 1080;  // pixels; of a window
    int height = 1920;
    bool fullscreen = true;
    double scale = 1.0;                      // the screen's pixels per inch ÷ 96
    std::chrono::milliseconds dim_after{0};  // 0: never, else at least k_shortest_dim
    std::filesystem::path backlight;         // a folder under /sys/class/backlight; empty: the picture alone is dimmed
    int dim_percent = 20;                    // of the full light
};
inline constexpr std::chrono::seconds k_shortest_dim{15};

struct VoiceConfig {
    std::filesystem::path folder;            // of clips, as kiosk-config/install-voice leaves them
    VoiceOutput output = VoiceOutput::Auto;  // who hears it
    bool key_tones = true;                   // at every touch
};

struct StaffConfig {
    std::string visual_check_code_hash;  // Argon2id, as libsodium writes it; empty: no visual check at the kiosk
};

// The staff's web page (net/desk/desk_server.h).
struct DeskConfig {
    bool serve = true;    // no key: false while a visit is only played
    std::string address;  // that it listens on, an IP address of this machine; empty: there is no page
    int port = 8443;
    std::string names;                      // further names and addresses of this machine, for a certificate made here
    std::filesystem::path certificate;      // PEM chain; empty: one is made here
    std::filesystem::path certificate_key;  // PEM
    std::filesystem::path folder;           // accounts, and the certificate made here; empty: desk/ beside the outbox
    std::filesystem::path
        metrics_token_file;  // first line: who shows it may read /metrics and /health; empty: only this machine
    std::chrono::milliseconds signed_in_idle{std::chrono::hours{4}};
    std::chrono::milliseconds signed_in_longest{std::chrono::hours{12}};
};

struct AuditConfig {
    std::filesystem::path path;  // empty: audit.log beside the outbox
};

// Tells the clinic's own system of each reception (net/webhook.h).
struct WebhookConfig {
    std::string url;                    // empty: nothing is told
    std::filesystem::path secret_file;  // what each message is signed with
    std::filesystem::path ca_file;      // the only CA that it may show; empty: the system's
};

// The self-declaration form (被保険者資格申立書).
struct DeclarationConfig {
    std::string institution;                    // its name, as it stands on the form; empty: a line to write it on
    std::string ways = "portal notice visits";  // offered before it
    std::string printer;                        // CUPS queue; empty: forms are printed at the desk
    std::string print_server;                   // "host:port" or a socket's path; empty: as CUPS is configured
    std::chrono::milliseconds print_limit{60'000};
    std::filesystem::path postal_codes;  // empty: Debian's skkdic-extra, where it is installed
    std::filesystem::path word_lists;    // SKK-JISYO.*
};

struct LogConfig {
    LogLevel level = LogLevel::Info;
    std::filesystem::path file;  // empty: standard error
};

// A tablet at the bedside. Enabled: policy.visit and policy.visual_check are set, the key of everything at rest lies in
// `keyring` (net/keyring.h), and there is neither a face to match nor a page, folder or message for the clinic's
// network.
struct VisitConfig {
    bool enabled = false;
    std::filesystem::path keyring;
    std::filesystem::path client_key;  // sealed (net::read_sealed_file); empty: service.client_key or client_key_uri
    std::chrono::milliseconds lock_after{120'000};              // policy.visit->lock_after
    std::chrono::hours tour_longest{12};                        // policy.visit->tour_longest
    std::chrono::hours consent{std::chrono::hours{24} * 365};   // how long a consent for continuing care stands
    std::chrono::hours relation{std::chrono::hours{24} * 100};  // without a visit; then the patient is forgotten
    bool online = true;                                         // policy.visit->online
    std::chrono::milliseconds device_check{300'000};            // of a tablet whose tour is closed
    // The member with whom a missing keyring is made; both empty, or both set in a demonstration.
    std::string demonstration_name;
    std::string demonstration_code;
};

// Every path is absolute, or empty when its key is.
struct Config {
    std::filesystem::path asset_dir;  // holds personas/, models/: what comes with the program
    // flow.*, face.attempts, face.second_sign, service.answer_wait_ms, of visit.* what the flow needs, and of display.*
    // what every patient starts with and when it is dimmed
    core::Policy policy;
    CardConfig card;
    CameraConfig camera;
    FaceConfig face;
    ServiceConfig service;
    OutboxConfig outbox;
    ReceiptComputerConfig receipt_computer;
    DisplayConfig display;
    VoiceConfig voice;
    StaffConfig staff;
    DeskConfig desk;
    AuditConfig audit;
    WebhookConfig webhook;
    DeclarationConfig declaration;
    LogConfig log;
    VisitConfig visit;
};

struct ConfigError {
    std::string file;
    int line = 0;  // 0: the file as a whole
    std::string what;
    // "kiosk-config/demo.toml:12: unknown key 'card.raeder' (did you mean 'reader'?)"
    std::string text() const;
};

// Every key with its value, one a line: equal for equal configurations, whatever file they were read from. Holds the
// staff code's hash: for digests, not for showing.
std::string fingerprint_of(const Config& config);

// Reads and checks the file. The error is the first one in the file: an unknown table or key, a wrong type, a value out
// of its range, values that do not go together, broken TOML, a file that is missing or larger than 256 KiB.
// Where a relative path starts: card.personas and face.operating_points at asset_dir, every other at the configuration
// file's folder. Whether the named files exist is found by who opens them.
tl::expected<Config, ConfigError> load_config(const std::filesystem::path& file);

// The same over text in memory; `file` names it in errors and is where relative paths start.
tl::expected<Config, ConfigError> parse_config(const std::string& toml, const std::filesystem::path& file);

}  // namespace uketsuke::config
