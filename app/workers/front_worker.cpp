#include "app/workers/front_worker.h"

#include <utility>

namespace uketsuke::workers {

FrontWorker::FrontWorker(card::CardFront& front, Done done) : m_front(front), m_done(std::move(done)) {}

void FrontWorker::run() {
    while (auto session = m_sessions.pop()) {
        while (auto newer = m_sessions.try_pop()) session = newer;
        m_done(*session, m_front.read_number());
    }
}

void FrontWorker::stop() {
    m_sessions.close();
}

void FrontWorker::read(core::SessionId session) {
    m_sessions.try_push(session);
}

}  // namespace uketsuke::workers
