#include "app/main/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace uketsuke::app {
namespace {

spdlog::level::level_enum to_spdlog(config::LogLevel level) {
    switch (level) {
        case config::LogLevel::Error:
            return spdlog::level::err;
        case config::LogLevel::Warning:
            return spdlog::level::warn;
        case config::LogLevel::Info:
            return spdlog::level::info;
        case config::LogLevel::Debug:
            return spdlog::level::debug;
    }
    return spdlog::level::info;
}

spdlog::level::level_enum to_spdlog(workers::NoticeLevel level) {
    switch (level) {
        case workers::NoticeLevel::Info:
            return spdlog::level::info;
        case workers::NoticeLevel::Warning:
            return spdlog::level::warn;
        case workers::NoticeLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

struct Log::Inside {
    std::shared_ptr<spdlog::logger> logger;
};

Log::Log(std::unique_ptr<Inside> inside) : m_inside(std::move(inside)) {}
Log::~Log() = default;

tl::expected<std::unique_ptr<Log>, std::string> Log::open(const config::LogConfig& config) {
    auto inside = std::make_unique<Inside>();
    try {
        if (config.file.empty()) {
            inside->logger =
                std::make_shared<spdlog::logger>("uketsuke", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        } else {
            inside->logger = std::make_shared<spdlog::logger>(
                "uketsuke", std::make_shared<spdlog::sinks::basic_file_sink_mt>(config.file.string()));
        }
        inside->logger->set_level(to_spdlog(config.level));
        inside->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
        inside->logger->flush_on(spdlog::level::info);
    } catch (const std::exception& error) {
        return tl::unexpected("log: " + std::string(error.what()));
    }
    return std::unique_ptr<Log>(new Log(std::move(inside)));
}

workers::NoticeSink Log::sink() {
    return [logger = m_inside->logger](workers::NoticeLevel level, const std::string& text) {
        logger->log(to_spdlog(level), text);
    };
}

}  // namespace uketsuke::app
