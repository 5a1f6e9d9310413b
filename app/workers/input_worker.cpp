#include "app/workers/input_worker.h"

#include <strings.h>

#include <utility>

namespace uketsuke::workers {

InputWorker::InputWorker(EventQueue& events, NoticeSink notice, InputWorkerOptions options)
    : m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {}

void InputWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_work = {};
    m_changed.notify_all();
}

void InputWorker::convert(core::effect::ConvertKana wish) {
    const std::lock_guard lock(m_mutex);
    if (m_stopping) return;
    m_work.kana = std::move(wish);
    m_changed.notify_all();
}

void InputWorker::look_up(core::effect::LookUpPostalCode wish) {
    const std::lock_guard lock(m_mutex);
    if (m_stopping) return;
    m_work.code = std::move(wish);
    m_changed.notify_all();
}

void InputWorker::wipe() {
    const std::lock_guard lock(m_mutex);
    m_work = {};
    m_work.wipe = true;
    m_changed.notify_all();
}

void InputWorker::run() {
    open();
    while (auto work = wait_for_work()) {
        if (work->wipe && m_converter) m_converter->forget();
        // The table answers at once; a conversion takes some milliseconds.
        if (work->code) answer(std::move(*work->code));
        if (work->kana) answer(std::move(*work->kana));
    }
    m_converter.reset();
}

void InputWorker::open() {
    auto converter = ime::Converter::open(m_options.converter);
    if (converter) {
        m_converter = std::move(*converter);
        for (const auto& what : m_converter->missing()) m_notice(NoticeLevel::Warning, "Japanese input: " + what);
    } else {
        m_notice(NoticeLevel::Warning, "Japanese input: " + converter.error() + "; only kana can be typed");
    }
    open_postal_codes();
}

void InputWorker::open_postal_codes() {
    auto file = m_options.postal_codes;
    if (file.empty()) file = m_options.converter.word_lists / "SKK-JISYO.zipcode";
    auto table = ime::PostalCodes::load(file);
    if (table) {
        m_postal_codes.emplace(std::move(*table));
    } else {
        m_notice(NoticeLevel::Warning, "postal codes: " + table.error() + "; addresses are typed whole");
    }
}

std::optional<InputWorker::Work> InputWorker::wait_for_work() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_stopping || m_work.kana || m_work.code || m_work.wipe; });
    if (m_stopping) return std::nullopt;
    return std::exchange(m_work, {});
}

void InputWorker::answer(core::effect::ConvertKana wish) {
    core::event::KanaConverted found;
    found.declaration = wish.declaration;
    if (m_converter) found.candidates = m_converter->convert(wish.reading.view(), wish.hint);
    found.reading = std::move(wish.reading);
    m_events.post(std::move(found));
}

void InputWorker::answer(core::effect::LookUpPostalCode wish) {
    core::event::PostalCodeFound found;
    found.declaration = wish.declaration;
    if (m_postal_codes) {
        for (auto& place : m_postal_codes->find(wish.code.view())) {
            found.addresses.emplace_back(place);
            ::explicit_bzero(place.data(), place.size());
        }
    }
    found.code = std::move(wish.code);
    m_events.post(std::move(found));
}

}  // namespace uketsuke::workers
