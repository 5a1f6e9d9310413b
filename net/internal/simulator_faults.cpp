#include "net/internal/simulator_faults.h"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace uketsuke::net {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array cuts{Cut::None, Cut::Before, Cut::After, Cut::Half};
constexpr std::array expireds{Expired::None, Expired::Card, Expired::Qualification};

// One list of keys for both directions: `each(name, member)` for every fault.
template <class Faults, class Each>
void for_each_key(Faults& f, Each each) {
    each("down", f.down);
    each("slow_ms", f.slow);
    each("flaky", f.flaky);
    each("processing", f.processing);
    each("error", f.error);
    each("cut", f.cut);
    each("status", f.status);
    each("retry_after", f.retry_after);
    each("retry_after_as_date", f.retry_after_as_date);
    each("duplicate", f.duplicate);
    each("answer_as", f.answer_as);
    each("other_request", f.other_request);
    each("shift_jis", f.shift_jis);
    each("black_circles", f.black_circles);
    each("expired", f.expired);
    each("clock", f.clock);
}

Json to_value(bool value) {
    return value;
}
Json to_value(int value) {
    return value;
}
Json to_value(double value) {
    return value;
}
Json to_value(const std::string& value) {
    return value;
}
Json to_value(Cut value) {
    return internal::name_of(value);
}
Json to_value(Expired value) {
    return internal::name_of(value);
}
template <class Period>
Json to_value(std::chrono::duration<std::int64_t, Period> value) {
    return value.count();
}

bool take(const Json& json, bool& out) {
    if (json.is_boolean()) out = json.get<bool>();
    return json.is_boolean();
}

bool take_integer(const Json& json, std::int64_t& out) {
    // A fraction, or a number that no int64 holds, is not silently another one.
    const bool fits =
        json.is_number_unsigned() ? json.get<std::uint64_t>() <= 1'000'000'000u : json.is_number_integer();
    if (fits) out = json.get<std::int64_t>();
    return fits && out >= -1'000'000'000 && out <= 1'000'000'000;
}

bool take(const Json& json, int& out) {
    std::int64_t value = 0;
    if (!take_integer(json, value)) return false;
    out = static_cast<int>(value);
    return true;
}

bool take(const Json& json, double& out) {
    if (json.is_number()) out = json.get<double>();
    return json.is_number();
}

bool take(const Json& json, std::string& out) {
    if (json.is_string()) out = json.get<std::string>();
    return json.is_string() && out.size() <= 100;
}

template <class Period>
bool take(const Json& json, std::chrono::duration<std::int64_t, Period>& out) {
    std::int64_t value = 0;
    if (!take_integer(json, value)) return false;
    out = std::chrono::duration<std::int64_t, Period>(value);
    return true;
}

template <class Enum, std::size_t N>
bool take_name(const Json& json, const std::array<Enum, N>& values, Enum& out) {
    if (!json.is_string()) return false;
    for (const Enum value : values) {
        if (json.get<std::string>() == internal::name_of(value)) {
            out = value;
            return true;
        }
    }
    return false;
}

bool take(const Json& json, Cut& out) {
    return take_name(json, cuts, out);
}
bool take(const Json& json, Expired& out) {
    return take_name(json, expireds, out);
}

Json number_of(const std::string& text) {
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc{} && read.ptr == end) {
        return whole;
    }
    double value = 0;
    if (const auto read = std::from_chars(text.data(), end, value); read.ec == std::errc{} && read.ptr == end) {
        return value;
    }
    return text;
}

Result<SimulatorFaults> faults_of(const Json& json) {
    if (!json.is_object()) return fail(Fault::BadOptions, "faults: not a JSON object");
    SimulatorFaults faults;
    std::string wrong;
    std::size_t known = 0;
    for_each_key(faults, [&](const char* name, auto& member) {
        const auto found = json.find(name);
        if (found == json.end()) return;
        ++known;
        if (!take(*found, member) && wrong.empty()) wrong = name;
    });
    if (!wrong.empty()) return fail(Fault::BadOptions, "faults: " + wrong + " has a value that it cannot have");
    if (known != json.size()) {
        for (const auto& [name, value] : json.items()) {
            bool found = false;
            for_each_key(faults, [&, key = &name](const char* one, auto&) { found = found || *key == one; });
            if (!found) return fail(Fault::BadOptions, "faults: unknown key " + name.substr(0, 60));
        }
    }
    if (auto checked = internal::check_ranges(faults); !checked) return tl::unexpected(checked.error());
    return faults;
}

}  // namespace

std::string faults_json(const SimulatorFaults& faults) {
    Json json = Json::object();
    for_each_key(faults, [&](const char* name, const auto& member) { json[name] = to_value(member); });
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

namespace internal {

const char* name_of(Cut cut) {
    switch (cut) {
        case Cut::None:
            return "none";
        case Cut::Before:
            return "before";
        case Cut::After:
            return "after";
        case Cut::Half:
            return "half";
    }
    return "none";
}

const char* name_of(Expired expired) {
    switch (expired) {
        case Expired::None:
            return "none";
        case Expired::Card:
            return "card";
        case Expired::Qualification:
            return "qualification";
    }
    return "none";
}

Result<void> check_ranges(const SimulatorFaults& f) {
    using namespace std::chrono_literals;
    const char* wrong = nullptr;
    const auto want = [&wrong](bool holds, const char* what) {
        if (!holds && wrong == nullptr) wrong = what;
    };
    want(f.slow >= 0ms && f.slow <= 600'000ms, "slow_ms is 0 to 600000");
    want(f.flaky >= 0.0 && f.flaky <= 1.0, "flaky is 0 to 1");
    want(f.processing >= -1 && f.processing <= 1000, "processing is -1 to 1000");
    want(f.error.size() <= 40, "error is a code of at most 40 characters");
    want(f.status == 0 || (f.status >= 300 && f.status <= 599), "status is 300 to 599, or 0");
    want(f.retry_after >= 0s && f.retry_after <= 604'800s, "retry_after is 0 to 604800");
    want(f.black_circles >= 0 && f.black_circles <= 1000, "black_circles is 0 to 1000");
    want(f.clock >= -400 * 24h && f.clock <= 400 * 24h, "clock is 400 days at most");
    if (wrong != nullptr) return fail(Fault::BadOptions, std::string("faults: ") + wrong);
    return {};
}

Result<SimulatorFaults> faults_from_json(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return fail(Fault::BadOptions, "faults: not JSON");
    return faults_of(json);
}

Result<SimulatorFaults> faults_from_form(const std::multimap<std::string, std::string>& fields) {
    Json json = Json::object();
    for (const auto& [name, text] : fields) {
        if (!text.empty()) json[name] = text;
    }
    // The members say which fields are boxes, words or numbers.
    const SimulatorFaults none;
    for_each_key(none, [&](const char* name, const auto& member) {
        const auto found = json.find(name);
        if (found == json.end()) return;
        const Json kind = to_value(member);
        if (kind.is_boolean()) {
            *found = true;
        } else if (kind.is_number()) {
            *found = number_of(found->template get<std::string>());
        }
    });
    return faults_of(json);
}

}  // namespace internal
}  // namespace uketsuke::net
