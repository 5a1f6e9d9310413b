// The staff's page beside a running reception: how soon it shows an arrival, and what a crowd at its door costs the
// patient.
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/config/config.h"
#include "app/main/runtime.h"
#include "app/programs/bench/bench.h"
#include "app/programs/bench/visit.h"
#include "app/ui/window.h"

namespace uketsuke::bench {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
using Millis = std::chrono::duration<double, std::milli>;

constexpr std::size_t k_arrivals = 25;
constexpr std::size_t k_blocks = 6;
constexpr std::size_t k_visits_of_block = 8;
constexpr std::size_t k_frames_of_block = 120;
constexpr int k_idle_connections = 44;
constexpr std::chrono::seconds k_patience{20};

std::size_t keep(char* data, std::size_t size, std::size_t count, void* out) {
    static_cast<std::string*>(out)->append(data, size * count);
    return size * count;
}

// A browser's connection: keeps its cookie.
class Browser {
  public:
    explicit Browser(std::string url, const char* from = nullptr) : m_url(std::move(url)), m_curl(curl_easy_init()) {
        m_url.pop_back();
        curl_easy_setopt(m_curl, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(m_curl, CURLOPT_SSL_VERIFYHOST, 0L);
        curl_easy_setopt(m_curl, CURLOPT_COOKIEFILE, "");
        curl_easy_setopt(m_curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(m_curl, CURLOPT_WRITEFUNCTION, keep);
        if (from != nullptr) curl_easy_setopt(m_curl, CURLOPT_INTERFACE, from);
    }
    ~Browser() { curl_easy_cleanup(m_curl); }
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    long call(const char* method, const std::string& path, const std::string& body = {}) {
        m_answer.clear();
        curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
        if (!m_csrf.empty()) headers = curl_slist_append(headers, ("X-CSRF-Token: " + m_csrf).c_str());
        curl_easy_setopt(m_curl, CURLOPT_URL, (m_url + path).c_str());
        curl_easy_setopt(m_curl, CURLOPT_WRITEDATA, &m_answer);
        curl_easy_setopt(m_curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(m_curl, CURLOPT_CUSTOMREQUEST, method);
        curl_easy_setopt(m_curl, CURLOPT_POSTFIELDS, body.empty() ? nullptr : body.c_str());
        if (body.empty()) curl_easy_setopt(m_curl, CURLOPT_HTTPGET, 1L);
        const CURLcode code = curl_easy_perform(m_curl);
        curl_slist_free_all(headers);
        long status = 0;
        if (code == CURLE_OK) curl_easy_getinfo(m_curl, CURLINFO_RESPONSE_CODE, &status);
        return status;
    }
    const std::string& answer() const { return m_answer; }
    CURL* curl() { return m_curl; }
    const std::string& url() const { return m_url; }

    // As somebody does on the first day.
    bool sign_in(const std::string& name, const std::string& password) {
        if (call("POST", "/session", json{{"name", name}, {"password", password}}.dump()) != 200) return false;
        m_csrf = json::parse(m_answer, nullptr, false).value("csrf", "");
        const json change{{"old", password}, {"new", "a bench needs no secret 27"}};
        return call("POST", "/password", change.dump()) == 204;
    }

  private:
    std::string m_url;
    CURL* m_curl;
    std::string m_answer;
    std::string m_csrf;
};

// The page's event stream, with the moment at which each board was complete.
class Stream {
  public:
    explicit Stream(Browser& signed_in) : m_browser(signed_in.url() + "/") {
        curl_slist* cookies = nullptr;
        curl_easy_getinfo(signed_in.curl(), CURLINFO_COOKIELIST, &cookies);
        for (auto* one = cookies; one != nullptr; one = one->next) {
            curl_easy_setopt(m_browser.curl(), CURLOPT_COOKIELIST, one->data);
        }
        curl_slist_free_all(cookies);
        curl_easy_setopt(m_browser.curl(), CURLOPT_URL, (signed_in.url() + "/events").c_str());
        curl_easy_setopt(m_browser.curl(), CURLOPT_WRITEFUNCTION, heard);
        curl_easy_setopt(m_browser.curl(), CURLOPT_WRITEDATA, this);
        m_thread = std::thread([this] { curl_easy_perform(m_browser.curl()); });
    }
    ~Stream() {
        m_over = true;
        m_thread.join();
    }

    // The moment at which a board with so many confirmed arrivals was there; nullopt: it never came.
    std::optional<Clock::time_point> confirmed(std::size_t arrivals) {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait_for(lock, k_patience, [&] { return m_confirmed.size() > arrivals; })) return std::nullopt;
        return m_confirmed[arrivals];
    }

  private:
    static std::size_t heard(char* data, std::size_t size, std::size_t count, void* self) {
        auto& stream = *static_cast<Stream*>(self);
        if (stream.m_over) return 0;
        stream.take(std::string_view(data, size * count));
        return size * count;
    }
    void take(std::string_view text) {
        m_text += text;
        for (std::size_t end = m_text.find("\n\n"); end != std::string::npos; end = m_text.find("\n\n")) {
            const auto now = Clock::now();
            const std::size_t data = m_text.find("data: ");
            if (data < end) {
                const auto board = json::parse(m_text.substr(data + 6, end - data - 6), nullptr, false);
                std::size_t confirmed = 0;
                if (board.contains("arrivals")) {
                    for (const auto& one : board["arrivals"]) confirmed += one["state"] == "confirmed";
                }
                const std::lock_guard lock(m_mutex);
                while (m_confirmed.size() <= confirmed) m_confirmed.push_back(now);
                m_changed.notify_all();
            }
            m_text.erase(0, end + 2);
        }
    }

    Browser m_browser;
    std::thread m_thread;
    std::atomic<bool> m_over{false};
    std::string m_text;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Clock::time_point> m_confirmed;  // when so many were first shown
};

// Who has no business at the page: asks and guesses without a pause, and holds connections that say nothing. From
// other addresses than the page's reader, and at the lowest priority, since its own work belongs to another machine.
class Crowd {
  public:
    Crowd(const std::string& url, int port) {
        for (int i = 0; i < k_idle_connections; ++i) hold(port);
        m_thread = std::thread([this, url] {
            setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19);
            Browser browser(url, "127.0.0.2");
            while (!m_over) {
                browser.call("GET", "/");
                browser.call("GET", "/../../etc/passwd");
                browser.call("POST", "/session", R"({"name":"manager","password":"guessed guessed"})");
                m_calls += 3;
            }
        });
    }
    ~Crowd() {
        m_over = true;
        m_thread.join();
        for (const int fd : m_idle) close(fd);
    }
    std::size_t calls() const { return m_calls; }

  private:
    void hold(int port) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(0x7F000003);
        bind(fd, reinterpret_cast<const sockaddr*>(&here), sizeof here);
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(static_cast<std::uint16_t>(port));
        there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(fd, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0) {
            m_idle.push_back(fd);
        } else {
            close(fd);
        }
    }
    std::thread m_thread;
    std::vector<int> m_idle;
    std::atomic<bool> m_over{false};
    std::atomic<std::size_t> m_calls{0};
};

void arrivals(BenchOutput& out, Visit& visit, Stream& stream, Browser& browser) {
    std::vector<double> late;
    std::vector<double> floor;
    for (std::size_t run = 0; run < k_arrivals; ++run) {
        if (!visit.by_pin()) return out.skipped("desk.arrival", "a reception did not end as accepted");
        const auto accepted = Clock::now();
        const auto shown = stream.confirmed(run + 1);
        if (!shown) return out.skipped("desk.arrival", "the page did not hear of an arrival");
        late.push_back(std::max(0.0, Millis(*shown - accepted).count()));
        const auto begun = Clock::now();
        browser.call("GET", "/session");
        floor.push_back(Millis(Clock::now() - begun).count());
        visit.leave();
    }
    Row row{"desk.arrival",
            "ms",
            median(late),
            percentile(late, 99),
            median(floor),
            "one question to the same server over a kept connection",
            {}};
    row.extra["runs"] = static_cast<double>(late.size());
    out.row(row);
}

// The same work with and without the crowd, in turn.
void crowded(BenchOutput& out, const std::string& name, const std::string& url, int port, std::size_t of_block,
             const std::function<void()>& work) {
    std::vector<double> ours;
    std::vector<double> floor;
    std::size_t calls = 0;
    double crowd_seconds = 0;
    for (std::size_t block = 0; block < k_blocks; ++block) {
        for (const double ms : time_ms(of_block, 1, work)) floor.push_back(ms);
        const Crowd crowd(url, port);
        const auto begun = Clock::now();
        for (const double ms : time_ms(of_block, 1, work)) ours.push_back(ms);
        crowd_seconds += Millis(Clock::now() - begun).count() / 1000;
        calls += crowd.calls();
    }
    Row row{name, "ms", median(ours), percentile(ours, 99), median(floor), "the same with nobody at the page", {}};
    row.extra["floor_p99"] = percentile(floor, 99);
    row.extra["p99_ratio"] = percentile(ours, 99) / percentile(floor, 99);
    row.extra["calls_per_second"] = static_cast<double>(calls) / crowd_seconds;
    row.extra["idle_connections"] = static_cast<double>(k_idle_connections);
    out.row(row);
}

}  // namespace

void run_desk_bench(BenchOutput& out) {
    auto config = config::load_config(paths().source_dir + "/kiosk-config/demo.toml");
    if (!config) return out.skipped("desk", config.error().text());
    const std::filesystem::path scratch = std::filesystem::path(paths().scratch_dir) / "desk";
    std::error_code error;
    std::filesystem::remove_all(scratch, error);
    config->outbox.path = scratch / "outbox.db";
    config->outbox.key_file = scratch / "outbox.key";
    config->desk.port = 0;
    // Where the machine's own work is measured, the networks' is left out.
    config->face.enabled = false;
    auto runtime = app::Runtime::start(*config, [](workers::NoticeLevel, const std::string&) {});
    if (!runtime) return out.skipped("desk", runtime.error());
    const std::string url = (*runtime)->desk().url();
    const auto made = (*runtime)->desk().take_made();
    if (url.empty() || !made) return out.skipped("desk", "the page is not served");
    const int port = std::stoi(url.substr(url.rfind(':') + 1));
    Browser browser(url);
    if (!browser.sign_in(made->name, made->password)) return out.skipped("desk", "nobody can sign in");
    Stream stream(browser);
    Visit visit(**runtime);
    if (!stream.confirmed(0)) return out.skipped("desk", "the page has no stream");
    arrivals(out, visit, stream, browser);
    crowded(out, "desk.flow_under_load", url, port, k_visits_of_block, [&] {
        visit.by_pin();
        visit.leave();
    });
    ui::WindowOptions options;
    options.width = 1280;
    options.height = 800;
    options.offscreen = true;
    options.asset_dir = std::string(UKETSUKE_BINARY_DIR);
    auto window = ui::Window::open(options);
    if (!window) return out.skipped("desk.frame_under_load", window.error());
    core::View view = (*runtime)->kiosk().view();
    crowded(out, "desk.frame_under_load", url, port, k_frames_of_block, [&] {
        // Another page each time, or nothing would be drawn.
        view.language = view.language == core::Language::English ? core::Language::Japanese : core::Language::English;
        static_cast<void>((*window)->frame(view, nullptr, nullptr));
    });
}

}  // namespace uketsuke::bench
