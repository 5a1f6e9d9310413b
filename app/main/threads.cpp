#include "app/main/threads.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace uketsuke::app {

namespace {

constexpr int k_background_nice = 10;

// Of this thread alone, as Linux has it.
void step_back() {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), k_background_nice);
}

}  // namespace

void Threads::start(const std::string& name, std::function<void()> run, Importance importance) {
    if (importance == Importance::Background) {
        run = [inner = std::move(run)] {
            step_back();
            inner();
        };
    }
    // Signals are the main thread's.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    m_threads.emplace_back(std::move(run));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_setname_np(m_threads.back().native_handle(), name.substr(0, 15).c_str());
}

void Threads::join() {
    while (!m_threads.empty()) {
        m_threads.back().join();
        m_threads.pop_back();
    }
}

}  // namespace uketsuke::app
