#include "net/desk/internal/sign_in.h"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "net/desk/internal/unicode.h"

namespace uketsuke::net::internal {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds k_shortest_rest{50};
constexpr std::size_t k_longest_told = 32;

// Text of the request that is overwritten when it goes.
struct Secret {
    std::string text;
    Secret() = default;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { sodium_memzero(text.data(), text.size()); }
};

// The two texts of a body that has exactly these two members.
bool take(std::string& body, const char* first, Secret& one, const char* second, Secret& two) {
    json value = json::parse(body, nullptr, false);
    const bool fits = value.is_object() && value.size() == 2 && value.contains(first) && value.contains(second) &&
                      value[first].is_string() && value[second].is_string();
    if (!fits) return false;
    for (const auto& [name, secret] : {std::pair{first, &one}, std::pair{second, &two}}) {
        auto& text = value[name].get_ref<std::string&>();
        secret->text = text;
        sodium_memzero(text.data(), text.size());
    }
    return true;
}

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

Answer too_often(std::chrono::milliseconds wait) {
    Answer answer = refusal(429, "too-often");
    answer.headers.emplace_back("Retry-After", std::to_string((wait.count() + 999) / 1000));
    return answer;
}

// What no account is called all counts as one name: guesses cannot fill the memory with names.
std::string counted_name(const std::string& name) {
    return is_account_name(name) ? name : "?";
}

}  // namespace

std::string cookie_with(const std::string& id) {
    return std::string(k_cookie) + "=" + id + "; Path=/; Secure; HttpOnly; SameSite=Strict" +
           (id.empty() ? "; Max-Age=0" : "");
}

std::string session_json(const Session& session) {
    return json{{"name", session.who.name},
                {"role", name_of(session.who.role)},
                {"csrf", session.csrf},
                {"must_change", session.must_change}}
        .dump();
}

SignIn::SignIn(const DeskServerOptions& options, StaffAccounts& accounts, Sessions& sessions)
    : m_accounts(accounts),
      m_sessions(sessions),
      m_throttle(std::max(1, options.sign_in_failures), options.sign_in_pause),
      m_news(options.news) {}

void SignIn::tell(DeskNews::Kind kind, const std::string& name, const std::string& address) {
    if (m_news) m_news({kind, printable(name, k_longest_told), address});
}

void SignIn::rest(steady_clock::time_point began) {
    const auto end = steady_clock::now();
    m_next_turn = end + std::max<steady_clock::duration>(k_shortest_rest, end - began);
}

bool SignIn::password_matches(const std::string& name, const std::string& password) {
    const auto began = steady_clock::now();
    const bool matches = m_accounts.password_matches(name, password);
    rest(began);
    return matches;
}

std::optional<Answer> SignIn::hold(Request& request, const std::string& account, std::chrono::milliseconds now) {
    // Asked again at its turn: the tries that stood before it may have brought the pause.
    if (const auto wait = m_throttle.pause(account, request.peer, now); wait.count() > 0) return too_often(wait);
    if (!request.admitted) {
        const auto wait = m_throttle.take_try(request.peer, now);
        if (wait.begins) tell(DeskNews::Kind::SignInPaused, account, request.peer);
        if (wait.time.count() > 0) return too_often(wait.time);
        request.admitted = true;
    }
    if (steady_clock::now() < m_next_turn) {
        Answer later;
        later.kind = Answer::Kind::Wait;
        return later;
    }
    return std::nullopt;
}

Answer SignIn::begin(Request& request, std::chrono::milliseconds now) {
    Secret name;
    Secret password;
    if (!take(request.body, "name", name, "password", password)) return refusal(400, "bad-body");
    const std::string account = counted_name(name.text);
    if (auto held = hold(request, account, now)) {
        if (held->kind == Answer::Kind::Reply) wipe(request.body);
        return *held;
    }
    wipe(request.body);
    const std::uint64_t generation = m_accounts.generation(name.text);
    if (!password_matches(name.text, password.text)) {
        const bool pauses = m_throttle.failed(account, request.peer, now);
        tell(DeskNews::Kind::SignInRefused, name.text, request.peer);
        if (pauses) tell(DeskNews::Kind::SignInPaused, name.text, request.peer);
        return refusal(401, "wrong");
    }
    const auto known = m_accounts.find(name.text);
    if (!known || m_accounts.generation(name.text) != generation) return refusal(401, "wrong");
    m_throttle.succeeded(account, request.peer);
    if (const auto old = cookie_of(request.header("cookie"), k_cookie)) m_sessions.end(*old);
    const std::string id = m_sessions.begin({known->name, known->role}, known->must_change, generation, now);
    tell(DeskNews::Kind::SignedIn, known->name, request.peer);
    Answer answer;
    answer.status = 200;
    answer.body = session_json(*m_sessions.find(id, now, true));
    answer.headers.emplace_back("Set-Cookie", cookie_with(id));
    return answer;
}

Answer SignIn::change_password(Request& request, const std::string& id, Session& session,
                               std::chrono::milliseconds now) {
    Secret old;
    Secret fresh;
    if (!take(request.body, "old", old, "new", fresh)) return refusal(400, "bad-body");
    const std::string account = session.who.name;
    if (auto held = hold(request, account, now)) {
        if (held->kind == Answer::Kind::Reply) wipe(request.body);
        return *held;
    }
    wipe(request.body);
    if (!password_matches(account, old.text)) {
        const bool pauses = m_throttle.failed(account, request.peer, now);
        tell(DeskNews::Kind::SignInRefused, account, request.peer);
        if (pauses) tell(DeskNews::Kind::SignInPaused, account, request.peer);
        return refusal(400, "wrong-password");
    }
    if (same_secret(old.text, fresh.text)) return refusal(400, "same-password");
    if (const auto why = why_not_a_password(fresh.text, account)) return refusal(400, why->c_str());
    const auto began = steady_clock::now();
    const auto changed = m_accounts.change_password(account, fresh.text);
    rest(began);
    if (!changed) return refusal(503, "not-stored");
    // Every other session of the account is over by its older generation.
    session.generation = m_accounts.generation(account);
    session.must_change = false;
    m_throttle.succeeded(account, request.peer);
    tell(DeskNews::Kind::PasswordChanged, account, request.peer);
    Answer answer;
    answer.headers.emplace_back("Set-Cookie", cookie_with(m_sessions.renew(id)));
    return answer;
}

}  // namespace uketsuke::net::internal
