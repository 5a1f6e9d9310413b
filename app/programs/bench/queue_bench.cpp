// queue.enqueue, queue.drain and queue.crash: the outbox and the client against their floors.

#include <curl/curl.h>
#include <sqlite3.h>

#include <fstream>
#include <stdexcept>

#include "app/programs/bench/bench.h"
#include "app/programs/bench/crash_trial.h"
#include "app/programs/bench/queue_load.h"
#include "app/programs/bench/queue_service.h"
#include "net/drain.h"

namespace uketsuke::bench {
namespace {

constexpr std::size_t enqueues = 2'000;
constexpr std::size_t drains = 10'000;
constexpr std::size_t early_drains = 1'000;

net::WallTime now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

template <class T>
T must(net::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().where);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// The bare commit: the outbox's pragmas, table and row size, one prepared INSERT, nothing sealed.
class BareCommit {
  public:
    BareCommit(const std::filesystem::path& file, std::size_t row_size) : m_row(row_size, 0x5a) {
        if (sqlite3_open(file.c_str(), &m_database) != SQLITE_OK) throw std::runtime_error("bare commit: open");
        run("PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            "PRAGMA journal_size_limit=4194304; PRAGMA cell_size_check=ON;"
            "CREATE TABLE r(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, at INTEGER NOT "
            "NULL,"
            "payload BLOB NOT NULL); CREATE INDEX w ON r(at, seq) WHERE state < 3;");
        sqlite3_prepare_v2(m_database, "INSERT INTO r(id, state, at, payload) VALUES(?1, 0, ?2, ?3)", -1, &m_insert,
                           nullptr);
    }
    ~BareCommit() {
        sqlite3_finalize(m_insert);
        sqlite3_close(m_database);
    }
    BareCommit(const BareCommit&) = delete;
    BareCommit& operator=(const BareCommit&) = delete;

    void insert(const std::string& id) {
        sqlite3_bind_text(m_insert, 1, id.c_str(), static_cast<int>(id.size()), SQLITE_STATIC);
        sqlite3_bind_int64(m_insert, 2, ++m_at);
        sqlite3_bind_blob(m_insert, 3, m_row.data(), static_cast<int>(m_row.size()), SQLITE_STATIC);
        if (sqlite3_step(m_insert) != SQLITE_DONE) throw std::runtime_error("bare commit: insert");
        sqlite3_reset(m_insert);
    }

  private:
    void run(const char* sql) {
        if (sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(m_database));
    }
    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_insert = nullptr;
    std::int64_t m_at = 0;
    std::vector<std::uint8_t> m_row;
};

// Plain libcurl with one kept connection and the same bytes in the same headers; the answer is dropped unread.
class PlainCurl {
  public:
    explicit PlainCurl(const net::ServiceOptions& service)
        : m_curl(curl_easy_init()), m_url(service.url + "/receptions") {
        curl_blob ca{const_cast<char*>(service.ca_pem.data()), service.ca_pem.size(), CURL_BLOB_COPY};
        curl_easy_setopt(m_curl, CURLOPT_URL, m_url.c_str());
        curl_easy_setopt(m_curl, CURLOPT_CAINFO_BLOB, &ca);
        curl_easy_setopt(m_curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(
            m_curl, CURLOPT_WRITEFUNCTION, +[](char*, std::size_t size, std::size_t n, void*) { return size * n; });
    }
    ~PlainCurl() { curl_easy_cleanup(m_curl); }
    PlainCurl(const PlainCurl&) = delete;
    PlainCurl& operator=(const PlainCurl&) = delete;

    void post(const net::SignedRequest& request) {
        curl_slist* headers = nullptr;
        for (const std::string& line :
             {std::string("Content-Type: application/xml"), std::string("Expect:"),
              "Idempotency-Key: " + request.id.text(), "Uketsuke-Signature: " + base64(request.signature),
              "Uketsuke-Certificate: " + base64(request.certificate_der)}) {
            headers = curl_slist_append(headers, line.c_str());
        }
        curl_easy_setopt(m_curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(m_curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(m_curl, CURLOPT_POSTFIELDS, request.body.data());
        const CURLcode code = curl_easy_perform(m_curl);
        long status = 0;
        curl_easy_getinfo(m_curl, CURLINFO_RESPONSE_CODE, &status);
        curl_slist_free_all(headers);
        if (code != CURLE_OK || status != 200)
            throw std::runtime_error(std::string("plain curl: ") + curl_easy_strerror(code));
    }

  private:
    static std::string base64(const std::vector<std::uint8_t>& bytes) {
        static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        std::string text;
        for (std::size_t i = 0; i < bytes.size(); i += 3) {
            const std::size_t left = bytes.size() - i;
            const unsigned group =
                (bytes[i] << 16) | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
            text += digits[group >> 18];
            text += digits[(group >> 12) & 63];
            text += left > 1 ? digits[(group >> 6) & 63] : '=';
            text += left > 2 ? digits[group & 63] : '=';
        }
        return text;
    }
    CURL* m_curl;
    std::string m_url;
};

double once_ms(const std::function<void()>& work) {
    return time_ms(1, 0, work).front();
}

// Resident memory of this process; the simulated service, which keeps what it receives, has its own.
double rss_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

std::vector<net::SignedRequest> signed_requests(const PracticeCard& card, std::size_t count) {
    std::vector<net::SignedRequest> requests;
    requests.reserve(count);
    for (std::size_t i = 0; i < count; ++i) requests.push_back(practice_request(card));
    return requests;
}

Row row_of(const std::string& name, const Paired& paired, const std::string& floor_is) {
    Row row;
    row.name = name;
    row.unit = "ms";
    row.median = median(paired.ours_ms);
    row.p99 = percentile(paired.ours_ms, 99);
    row.floor = median(paired.floor_ms);
    row.floor_is = floor_is;
    row.extra["floor_p99"] = percentile(paired.floor_ms, 99);
    double ours = 0, bare = 0;
    for (const double ms : paired.ours_ms) ours += ms;
    for (const double ms : paired.floor_ms) bare += ms;
    row.extra["per_second"] = 1000.0 * static_cast<double>(paired.ours_ms.size()) / ours;
    row.extra["total_ratio"] = ours / bare;
    return row;
}

void bench_enqueue(BenchOutput& out, const PracticeCard& card) {
    const ScratchFolder folder(paths().scratch_dir);
    const auto box = must(net::Outbox::open(folder / "outbox.db", net::SealingKey::random()));
    const auto requests = signed_requests(card, enqueues + 50);
    BareCommit bare(folder / "bare.db", net::encode(requests.front()).size() + net::seal_overhead);
    std::size_t ours = 0, floor = 0;
    const net::WallTime at = now();
    const Paired paired = time_paired_ms(
        enqueues, 50, [&] { must(box->enqueue(requests.at(ours++), at)); },
        [&] { bare.insert(requests.at(floor++).id.text()); });
    out.row(row_of("queue.enqueue", paired,
                   "one bare SQLite INSERT commit: same file system, pragmas, indexes and row size"));
}

void bench_drain(BenchOutput& out, const PracticeCard& card) {
    const ScratchFolder folder(paths().scratch_dir);
    ServiceProcess process({}, {});
    {
        const net::ServiceOptions& service = process.options();
        const auto box = must(net::Outbox::open(folder / "outbox.db", net::SealingKey::random()));
        const auto client = must(net::EligibilityClient::create(service));
        PlainCurl plain(service);
        const net::WallTime at = now();
        constexpr std::size_t warmup = 20;
        for (std::size_t i = 0; i < drains + warmup; ++i) must(box->enqueue(practice_request(card), at));
        must(box->settle());
        const auto others = signed_requests(card, drains + warmup);
        double early_rss = 0;
        Paired paired;
        for (std::size_t i = 0; i < drains + warmup; ++i) {
            const double ours = once_ms([&] {
                const auto step = net::drain_once(*box, *client, at, 0.5);
                if (step.outcome != net::DrainOutcome::Delivered) throw std::runtime_error("drain: " + step.reason);
            });
            const double floor = once_ms([&] { plain.post(others.at(i)); });
            if (i < warmup) continue;
            paired.ours_ms.push_back(ours);
            paired.floor_ms.push_back(floor);
            if (paired.ours_ms.size() == early_drains) early_rss = rss_mb();
        }
        Row row = row_of("queue.drain", paired, "the same requests sent by plain libcurl over one kept TLS connection");
        row.extra["drained"] = static_cast<double>(drains);
        row.extra["rss_after_1000_mb"] = early_rss;
        row.extra["rss_after_10000_mb"] = rss_mb();
        out.row(row);
    }
}

}  // namespace

void run_queue_bench(BenchOutput& out) {
    try {
        const PracticeCard card;
        bench_enqueue(out, card);
        bench_drain(out, card);
    } catch (const std::exception& error) {
        out.skipped("queue", error.what());
    }
}

void run_crash_bench(BenchOutput& out, int kills) {
    try {
        const ScratchFolder folder(paths().scratch_dir);
        const auto begun = std::chrono::steady_clock::now();
        const CrashResult result = run_crash_trial(folder.path(), kills, 20'251'121);
        Row row;
        row.name = "queue.crash";
        row.unit = "lost";
        row.median = static_cast<double>(result.lost);
        row.floor_is = "nothing lost, nothing doubled";
        row.extra["kills"] = static_cast<double>(result.kills);
        row.extra["lost"] = static_cast<double>(result.lost);
        row.extra["doubled"] = static_cast<double>(result.doubled);
        row.extra["acknowledged"] = static_cast<double>(result.acknowledged);
        row.extra["unfiled"] = static_cast<double>(result.unfiled);
        row.extra["to_staff"] = static_cast<double>(result.to_staff);
        row.extra["resent"] = static_cast<double>(result.resent);
        row.extra["unopened"] = static_cast<double>(result.unopened);
        row.extra["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        if (!result.trouble.empty()) row.extra["trouble"] = result.trouble;
        out.row(row);
    } catch (const std::exception& error) {
        out.skipped("queue.crash", error.what());
    }
}

}  // namespace uketsuke::bench
