#pragma once
// How often somebody may try to sign in. Pure: time is handed in. Its memory is bounded: what was used longest ago is
// forgotten first.
//
// - One address: ten tries at once, then one every six seconds.
// - One account from one address: after `failures` wrong passwords in a row a pause, doubled by each further one.
// - One account from everywhere: with 20 wrong passwords within an hour, addresses that never signed in to it wait.
//   Those that did go on: a stranger on the network cannot lock staff out of their own computers.

#include <chrono>
#include <deque>
#include <list>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace uketsuke::net::internal {

using Ms = std::chrono::milliseconds;

/// A map that forgets the entry that was used longest ago once it is full.
template <class Key, class Value>
class Remembered {
  public:
    explicit Remembered(std::size_t most) : m_most(most) {}

    Value& operator[](const Key& key) {
        if (const auto found = m_index.find(key); found != m_index.end()) {
            m_order.splice(m_order.begin(), m_order, found->second);
            return found->second->second;
        }
        if (m_index.size() >= m_most) {
            m_index.erase(m_order.back().first);
            m_order.pop_back();
        }
        m_order.emplace_front(key, Value{});
        m_index[key] = m_order.begin();
        return m_order.front().second;
    }
    Value* find(const Key& key) {
        const auto found = m_index.find(key);
        return found == m_index.end() ? nullptr : &found->second->second;
    }
    void erase(const Key& key) {
        const auto found = m_index.find(key);
        if (found == m_index.end()) return;
        m_order.erase(found->second);
        m_index.erase(found);
    }
    std::size_t size() const { return m_index.size(); }

  private:
    std::size_t m_most;
    std::list<std::pair<Key, Value>> m_order;
    std::map<Key, typename std::list<std::pair<Key, Value>>::iterator> m_index;
};

class SignInThrottle {
  public:
    static constexpr std::size_t k_most = 1'024;  ///< of addresses, of accounts, of pairs
    static constexpr int k_burst = 10;
    static constexpr Ms k_refill{6'000};
    static constexpr std::size_t k_failures_of_all = 20;
    static constexpr Ms k_hour{3'600'000};
    static constexpr Ms k_longest_pause{15 * 60'000};

    SignInThrottle(int failures, Ms pause) : m_failures(failures), m_pause(pause) {}

    struct Wait {
        Ms time{0};           ///< zero: none
        bool begins = false;  ///< the first refusal of a row of them: worth telling
    };
    /// May this address try now? The try is counted, a refusal is not.
    Wait take_try(const std::string& address, Ms now);
    /// How long this account may not be tried from there.
    Ms pause(const std::string& account, const std::string& address, Ms now);
    /// True when a pause begins with it.
    bool failed(const std::string& account, const std::string& address, Ms now);
    void succeeded(const std::string& account, const std::string& address);

    std::size_t remembered() const { return m_pairs.size() + m_addresses.size() + m_accounts.size(); }

  private:
    struct Pair {
        int failures = 0;
        Ms until{0};
    };
    struct Bucket {
        bool used = false;
        bool refused = false;
        double tries = k_burst;
        Ms at{0};
    };
    struct AccountSeen {
        std::deque<Ms> failures;       ///< within the last hour, at most k_failures_of_all
        std::deque<std::string> from;  ///< addresses that signed in, newest last, at most 16
    };

    int m_failures;
    Ms m_pause;
    Remembered<std::pair<std::string, std::string>, Pair> m_pairs{k_most};
    Remembered<std::string, Bucket> m_addresses{k_most};
    Remembered<std::string, AccountSeen> m_accounts{k_most};
};

}  // namespace uketsuke::net::internal
