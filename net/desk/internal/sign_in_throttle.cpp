#include "net/desk/internal/sign_in_throttle.h"

#include <algorithm>

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t k_most_known = 16;

}  // namespace

Ms SignInThrottle::pause(const std::string& account, const std::string& address, Ms now) {
    if (const Pair* pair = m_pairs.find({account, address}); pair != nullptr && pair->until > now) {
        return pair->until - now;
    }
    AccountSeen* seen = m_accounts.find(account);
    if (seen == nullptr) return Ms{0};
    while (!seen->failures.empty() && now - seen->failures.front() >= k_hour) seen->failures.pop_front();
    const bool known = std::find(seen->from.begin(), seen->from.end(), address) != seen->from.end();
    return known || seen->failures.size() < k_failures_of_all ? Ms{0} : seen->failures.front() + k_hour - now;
}

SignInThrottle::Wait SignInThrottle::take_try(const std::string& address, Ms now) {
    Bucket& bucket = m_addresses[address];
    if (bucket.used) {
        const double more = static_cast<double>((now - bucket.at).count()) / static_cast<double>(k_refill.count());
        bucket.tries = std::min<double>(k_burst, bucket.tries + more);
    }
    bucket.used = true;
    bucket.at = now;
    if (bucket.tries < 1.0) {
        const double missing = (1.0 - bucket.tries) * static_cast<double>(k_refill.count());
        return {Ms(static_cast<Ms::rep>(missing) + 1), !std::exchange(bucket.refused, true)};
    }
    bucket.tries -= 1.0;
    bucket.refused = false;
    return {};
}

bool SignInThrottle::failed(const std::string& account, const std::string& address, Ms now) {
    Pair& pair = m_pairs[{account, address}];
    ++pair.failures;
    if (pair.failures >= m_failures) {
        const int doublings = std::min(pair.failures - m_failures, 16);
        pair.until = now + std::min<Ms>(k_longest_pause, m_pause * (1LL << doublings));
    }
    AccountSeen& seen = m_accounts[account];
    const std::size_t before = seen.failures.size();
    seen.failures.push_back(now);
    if (seen.failures.size() > k_failures_of_all) seen.failures.pop_front();
    return pair.until > now || (before + 1 == k_failures_of_all);
}

void SignInThrottle::succeeded(const std::string& account, const std::string& address) {
    m_pairs.erase({account, address});
    AccountSeen& seen = m_accounts[account];
    std::erase(seen.from, address);
    seen.from.push_back(address);
    if (seen.from.size() > k_most_known) seen.from.pop_front();
}

}  // namespace uketsuke::net::internal
