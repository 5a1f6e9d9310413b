// The input thread: kana to kanji and places by postal code, while the screen goes on.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "app/core/effect.h"
#include "app/ime/converter.h"
#include "app/ime/postal_codes.h"
#include "app/workers/event_queue.h"

namespace uketsuke::workers {

struct InputWorkerOptions {
    ime::ConverterOptions converter;
    // Empty: SKK-JISYO.zipcode among the converter's word lists, where it is there.
    std::filesystem::path postal_codes;
};

// run() is the input thread's whole life; everything else may be called from any thread and returns at once.
class InputWorker {
  public:
    // Everything referred to must outlive the worker.
    InputWorker(EventQueue& events, NoticeSink notice, InputWorkerOptions options);

    // Opens dictionaries and table before anything else. What is missing is told once, and then not found.
    void run();
    void stop();

    // Answered by KanaConverted, where nothing is found with no candidate; one that a newer one overtook while it
    // waited is not answered.
    void convert(core::effect::ConvertKana wish);
    // Answered by PostalCodeFound, in the same way.
    void look_up(core::effect::LookUpPostalCode wish);
    // Forgets what waits and what the engine holds of readings.
    void wipe();

  private:
    using MaybeKana = std::optional<core::effect::ConvertKana>;
    using MaybeCode = std::optional<core::effect::LookUpPostalCode>;

    void open();
    void open_postal_codes();
    struct Work {
        MaybeKana kana;
        MaybeCode code;
        bool wipe = false;
    };
    // nullopt: stopped.
    std::optional<Work> wait_for_work();
    void answer(core::effect::ConvertKana wish);
    void answer(core::effect::LookUpPostalCode wish);

    EventQueue& m_events;
    NoticeSink m_notice;
    InputWorkerOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Work m_work;  // what waits
    bool m_stopping = false;

    // Input thread only.
    std::unique_ptr<ime::Converter> m_converter;
    std::optional<ime::PostalCodes> m_postal_codes;
};

}  // namespace uketsuke::workers
