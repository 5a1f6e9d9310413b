// Engines are deprecated in OpenSSL 3, and still the only way to a PKCS#11 key on Debian 12.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "net/internal/token_identity.h"

#include <fcntl.h>
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/ui.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "net/internal/openssl_handles.h"
#include "net/internal/unique_fd.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t longest_pin = 64;

std::string pin_file(const std::filesystem::path& file, const std::string& what) {
    return "token PIN file " + file.string() + ": " + what;
}

Result<std::string> read_pin(const std::filesystem::path& file) {
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd.ok()) return fail(Fault::OwnIdentity, pin_file(file, std::strerror(errno)));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return fail(Fault::OwnIdentity, pin_file(file, std::strerror(errno)));
    if (!S_ISREG(info.st_mode)) return fail(Fault::OwnIdentity, pin_file(file, "not a plain file"));
    if (info.st_uid != ::geteuid()) return fail(Fault::OwnIdentity, pin_file(file, "belongs to another user"));
    if ((info.st_mode & 0077U) != 0) {
        return fail(Fault::OwnIdentity,
                    pin_file(file, "other users can read or change it; it needs mode 0600 (chmod 600)"));
    }
    std::array<char, longest_pin + 2> bytes{};
    const ssize_t size = ::read(fd.get(), bytes.data(), bytes.size());
    std::string pin(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    const std::size_t end = pin.find_first_of("\r\n");
    if (end != std::string::npos) pin.resize(end);
    if (pin.empty() || pin.size() > longest_pin) {
        wipe(pin);
        return fail(Fault::OwnIdentity, pin_file(file, "its first line must be the PIN, at most 64 characters"));
    }
    return pin;
}

// What the URI names, without a PIN that may stand in it.
std::string shown(const std::string& uri) {
    std::string text = uri.substr(0, uri.find('?'));
    const std::size_t pin = text.find("pin-value");
    return pin == std::string::npos ? text : text.substr(0, pin) + "…";
}

Result<X509Ptr> read_certificate(const std::filesystem::path& file) {
    const BioPtr bio(BIO_new_file(file.c_str(), "r"));
    X509Ptr certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate) return fail(Fault::OwnIdentity, "client certificate " + file.string() + ": not a PEM file");
    return certificate;
}

// Answers the engine's question with the PIN, once; without one it fails, so that nothing ever waits at a terminal.
int answer_question(UI* ui, UI_STRING* question) {
    const auto type = UI_get_string_type(question);
    if (type != UIT_PROMPT && type != UIT_VERIFY) return 1;
    auto* pin = static_cast<std::string*>(UI_get0_user_data(ui));
    if (pin == nullptr || pin->empty()) return 0;
    const bool taken = UI_set_result(ui, question, pin->c_str()) == 0;
    wipe(*pin);
    return taken ? 1 : 0;
}

struct EngineFree {
    void operator()(ENGINE* engine) const { ENGINE_free(engine); }
};
struct EngineFinish {
    void operator()(ENGINE* engine) const { ENGINE_finish(engine); }
};
struct MethodFree {
    void operator()(UI_METHOD* method) const { UI_destroy_method(method); }
};
using EnginePtr = std::unique_ptr<ENGINE, EngineFree>;

bool set(ENGINE* engine, const char* name, const char* value) {
    return ENGINE_ctrl_cmd_string(engine, name, value, 0) == 1;
}

EnginePtr load_engine() {
    ENGINE_load_dynamic();
    return EnginePtr(ENGINE_by_id("pkcs11"));
}

// The token's own words, when it has any: reasons are fixed texts of libraries.
std::string reason_of_failure() {
    std::string reason;
    while (const unsigned long code = ERR_get_error()) {
        if (const char* text = ERR_reason_error_string(code); text != nullptr && reason.empty()) reason = text;
    }
    return reason.empty() ? "" : " (" + reason + ")";
}

}  // namespace

struct TokenIdentity::Parts {
    std::filesystem::path certificate;
    EnginePtr engine;
    std::unique_ptr<ENGINE, EngineFinish> running;
    PkeyPtr key;
};

TokenIdentity::TokenIdentity(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
TokenIdentity::~TokenIdentity() = default;

Result<std::unique_ptr<TokenIdentity>> TokenIdentity::load(const ServiceOptions& options) {
    auto certificate = read_certificate(options.client_certificate);
    if (!certificate) return tl::unexpected(certificate.error());
    std::string pin;
    if (!options.pkcs11_pin_file.empty()) {
        auto read = read_pin(options.pkcs11_pin_file);
        if (!read) return tl::unexpected(read.error());
        pin = std::move(*read);
    }
    const std::string token = "client key " + shown(options.client_key_uri) + ": ";
    ERR_clear_error();
    auto parts = std::make_unique<Parts>();
    parts->certificate = options.client_certificate;
    parts->engine = load_engine();
    ENGINE* engine = parts->engine.get();
    const auto refuse = [&](const std::string& what) {
        wipe(pin);
        return fail(Fault::OwnIdentity, token + what + reason_of_failure());
    };
    if (engine == nullptr) {
        return refuse("OpenSSL's PKCS#11 engine is not there; install the package libengine-pkcs11-openssl");
    }
    // It would write the URI, with a PIN that may stand in it, to the standard error.
    if (!set(engine, "QUIET", nullptr)) return refuse("OpenSSL's PKCS#11 engine does not keep quiet");
    const std::string module = options.pkcs11_module.string();
    if (!module.empty() && (::access(module.c_str(), R_OK) != 0 || !set(engine, "MODULE_PATH", module.c_str()))) {
        return refuse("the token's library " + module + " cannot be read");
    }
    if (ENGINE_init(engine) != 1) return refuse("the token's library does not start");
    parts->running.reset(engine);
    const std::unique_ptr<UI_METHOD, MethodFree> method(UI_create_method("token PIN"));
    if (!method) return refuse("out of memory");
    UI_method_set_reader(method.get(), answer_question);
    parts->key.reset(ENGINE_load_private_key(engine, options.client_key_uri.c_str(), method.get(), &pin));
    if (!parts->key) {
        return refuse(
            "not found in the token, or the token refuses its PIN; check the URI, the module and the PIN file");
    }
    wipe(pin);
    if (X509_check_private_key(certificate->get(), parts->key.get()) != 1) {
        return refuse("it is not the key of the certificate " + options.client_certificate.string());
    }
    ERR_clear_error();
    return std::unique_ptr<TokenIdentity>(new TokenIdentity(std::move(parts)));
}

bool TokenIdentity::use_in(void* ssl_context) const {
    auto* context = static_cast<SSL_CTX*>(ssl_context);
    return SSL_CTX_use_certificate_chain_file(context, m_parts->certificate.c_str()) == 1 &&
           SSL_CTX_use_PrivateKey(context, m_parts->key.get()) == 1;
}

}  // namespace uketsuke::net::internal
