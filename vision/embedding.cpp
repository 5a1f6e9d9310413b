#include "vision/embedding.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace uketsuke::vision {

Embedding::Embedding(Embedding&& other) noexcept : m_values(std::move(other.m_values)) {
    other.wipe();
}

Embedding& Embedding::operator=(const Embedding& other) {
    if (this != &other) {
        wipe();
        m_values = other.m_values;
    }
    return *this;
}

Embedding& Embedding::operator=(Embedding&& other) noexcept {
    if (this != &other) {
        wipe();
        m_values.swap(other.m_values);
    }
    return *this;
}

Embedding::~Embedding() {
    wipe();
}

void Embedding::wipe() {
    if (!m_values.empty()) explicit_bzero(m_values.data(), m_values.size() * sizeof(float));
    m_values.clear();
}

double distance(const Embedding& a, const Embedding& b) {
    const auto shares = squared_distances(a, b);
    if (shares.empty()) return std::numeric_limits<double>::infinity();
    return std::sqrt(std::accumulate(shares.begin(), shares.end(), 0.0));
}

std::vector<double> squared_distances(const Embedding& a, const Embedding& b) {
    if (a.empty() || a.values().size() != b.values().size()) return {};
    std::vector<double> shares((a.values().size() + numbers_per_network - 1) / numbers_per_network, 0.0);
    for (std::size_t i = 0; i < a.values().size(); ++i) {
        const double d = static_cast<double>(a.values()[i]) - static_cast<double>(b.values()[i]);
        shares[i / numbers_per_network] += d * d;
    }
    return shares;
}

}  // namespace uketsuke::vision
