#include "app/declaration/print_job.h"

#include <cups/cups.h>
#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace uketsuke::declaration {
namespace {

constexpr double k_answer_seconds = 5;
constexpr int k_connect_ms = 5'000;

struct FreeAnswer {
    void operator()(ipp_t* answer) const { ippDelete(answer); }
};
using Answer = std::unique_ptr<ipp_t, FreeAnswer>;

int give_up(http_t*, void*) {
    return 0;
}

// Nobody is there to type a password; CUPS would ask on the terminal.
const char* no_password(const char*, http_t*, const char*, const char*, void*) {
    return nullptr;
}

http_t* connect(const std::string& server) {
    cupsSetPasswordCB2(&no_password, nullptr);
    std::string host = server.empty() ? cupsServer() : server;
    int port = server.empty() ? ippPort() : 631;
    const std::size_t colon = host.rfind(':');
    if (!host.starts_with('/') && colon != std::string::npos && colon + 1 < host.size() && host.size() - colon <= 6 &&
        host.find_first_not_of("0123456789", colon + 1) == std::string::npos) {
        port = std::stoi(host.substr(colon + 1));
        host.resize(colon);
    }
    http_t* http = httpConnect2(host.c_str(), port, nullptr, AF_UNSPEC, cupsEncryption(), 1, k_connect_ms, nullptr);
    if (http != nullptr) httpSetTimeout(http, k_answer_seconds, &give_up, nullptr);
    return http;
}

Refusal refusal_of(ipp_status_t status) {
    if (status == IPP_STATUS_ERROR_NOT_FOUND) return Refusal::Unknown;
    if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS || status == IPP_STATUS_ERROR_PRINTER_IS_DEACTIVATED) {
        return Refusal::NotTaken;
    }
    // Also what CUPS's library says of a connection that broke.
    if (status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE || status == IPP_STATUS_ERROR_INTERNAL) return Refusal::NoServer;
    return Refusal::Else;
}

template <std::size_t N>
ipp_t* question(ipp_op_t operation, const std::string& uri, const std::array<const char*, N>& wanted) {
    ipp_t* request = ippNewRequest(operation);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri.c_str());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", static_cast<int>(N), nullptr,
                  wanted.data());
    return request;
}

std::string uri_of(const std::string& queue) {
    std::array<char, HTTP_MAX_URI> uri{};
    httpAssembleURIf(HTTP_URI_CODING_ALL, uri.data(), static_cast<int>(uri.size()), "ipp", nullptr, "localhost", 0,
                     "/printers/%s", queue.c_str());
    return uri.data();
}

JobState job_state(int state) {
    switch (state) {
        case IPP_JSTATE_COMPLETED:
            return JobState::Completed;
        case IPP_JSTATE_CANCELED:
        case IPP_JSTATE_ABORTED:
            return JobState::Ended;
        case IPP_JSTATE_PROCESSING:
            return JobState::Printing;
        default:  // numbers from outside
            return JobState::Waiting;
    }
}

}  // namespace

struct PrintQueue::Connection {
    explicit Connection(http_t* to) : http(to) {}
    ~Connection() { httpClose(http); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    http_t* http;
};

PrintQueue::PrintQueue(const std::string& server, std::string queue) : m_server(server), m_queue(std::move(queue)) {}
PrintQueue::~PrintQueue() = default;

bool PrintQueue::connected() {
    if (m_connection != nullptr) return true;
    http_t* http = connect(m_server);
    m_refusal = Refusal::NoServer;
    if (http == nullptr) return false;
    m_connection = std::make_unique<Connection>(http);
    return true;
}

std::optional<PrinterState> PrintQueue::state() {
    if (!connected()) return std::nullopt;
    static constexpr std::array k_wanted{"printer-state", "printer-state-reasons", "printer-state-message",
                                         "printer-is-accepting-jobs"};
    const Answer answer(
        cupsDoRequest(m_connection->http, question(IPP_OP_GET_PRINTER_ATTRIBUTES, uri_of(m_queue), k_wanted), "/"));
    if (answer == nullptr || cupsLastError() > IPP_STATUS_OK_CONFLICTING) {
        m_refusal = refusal_of(cupsLastError());
        return std::nullopt;
    }
    PrinterState state;
    if (auto* found = ippFindAttribute(answer.get(), "printer-state", IPP_TAG_ENUM)) {
        state.stopped = ippGetInteger(found, 0) == IPP_PSTATE_STOPPED;
    }
    if (auto* found = ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN)) {
        state.takes_jobs = ippGetBoolean(found, 0) != 0;
    }
    if (auto* found = ippFindAttribute(answer.get(), "printer-state-reasons", IPP_TAG_KEYWORD)) {
        for (int i = 0; i < ippGetCount(found); ++i) state.reasons.emplace_back(ippGetString(found, i, nullptr));
    }
    if (auto* found = ippFindAttribute(answer.get(), "printer-state-message", IPP_TAG_TEXT)) {
        state.message = ippGetString(found, 0, nullptr);
    }
    return state;
}

std::optional<int> PrintQueue::send(std::span<const std::uint8_t> pdf, const std::string& title) {
    if (!connected()) return std::nullopt;
    http_t* http = m_connection->http;
    cups_option_t* options = nullptr;
    int count = cupsAddOption("media", "iso_a4_210x297mm", 0, &options);
    count = cupsAddOption("sides", "one-sided", count, &options);
    count = cupsAddOption("job-sheets", "none,none", count, &options);  // no cover sheet with a name
    const int job = cupsCreateJob(http, m_queue.c_str(), title.c_str(), count, options);
    cupsFreeOptions(count, options);
    if (job <= 0) {
        m_refusal = refusal_of(cupsLastError());
        return std::nullopt;
    }
    const bool whole =
        cupsStartDocument(http, m_queue.c_str(), job, title.c_str(), CUPS_FORMAT_PDF, 1) == HTTP_STATUS_CONTINUE &&
        cupsWriteRequestData(http, reinterpret_cast<const char*>(pdf.data()), pdf.size()) == HTTP_STATUS_CONTINUE &&
        cupsFinishDocument(http, m_queue.c_str()) <= IPP_STATUS_OK_CONFLICTING;
    if (whole) return job;
    m_refusal = refusal_of(cupsLastError());
    m_connection.reset();
    remove(job);
    return std::nullopt;
}

std::optional<JobState> PrintQueue::state_of(int job) {
    if (!connected()) return std::nullopt;
    static constexpr std::array k_wanted{"job-state"};
    ipp_t* request = question(IPP_OP_GET_JOB_ATTRIBUTES, uri_of(m_queue), k_wanted);
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    const Answer answer(cupsDoRequest(m_connection->http, request, "/"));
    auto* found = answer == nullptr ? nullptr : ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM);
    if (found == nullptr) {
        m_refusal = refusal_of(cupsLastError());
        if (m_refusal == Refusal::NoServer) m_connection.reset();
        return std::nullopt;
    }
    return job_state(ippGetInteger(found, 0));
}

std::optional<std::vector<int>> PrintQueue::titled(const std::string& beginning) {
    if (!connected()) return std::nullopt;
    cups_job_t* jobs = nullptr;
    const int count = cupsGetJobs2(m_connection->http, &jobs, m_queue.c_str(), 1, CUPS_WHICHJOBS_ALL);
    if (count < 0) {
        m_refusal = refusal_of(cupsLastError());
        return std::nullopt;
    }
    std::vector<int> found;
    for (int i = 0; i < count; ++i) {
        if (jobs[i].title != nullptr && std::string_view(jobs[i].title).starts_with(beginning)) {
            found.push_back(jobs[i].id);
        }
    }
    cupsFreeJobs(count, jobs);
    return found;
}

bool PrintQueue::remove(int job) {
    const Refusal before = m_refusal;
    const bool gone =
        connected() && cupsCancelJob2(m_connection->http, m_queue.c_str(), job, 1) <= IPP_STATUS_OK_CONFLICTING;
    m_refusal = before;
    return gone;
}

}  // namespace uketsuke::declaration
