#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace uketsuke::vision {

// Every network here makes this many numbers of a face.
constexpr std::size_t numbers_per_network = 128;

// What the networks of one combination say of a face: each one's numbers times the root of its weight, one after the
// other, so that the squared distance of two embeddings is the weighted sum of the networks' squared distances.
// Comparable only within that combination and its weights. Personal data: wiped on destruction, on assignment and when
// moved from; never printed, never written.
class Embedding {
  public:
    Embedding() = default;
    explicit Embedding(std::vector<float> values) : m_values(std::move(values)) {}
    Embedding(const Embedding& other) = default;
    Embedding(Embedding&& other) noexcept;
    Embedding& operator=(const Embedding& other);
    Embedding& operator=(Embedding&& other) noexcept;
    ~Embedding();

    const std::vector<float>& values() const { return m_values; }
    bool empty() const { return m_values.empty(); }
    void wipe();

  private:
    std::vector<float> m_values;
};

// The card photograph's side of a comparison, held for one session and wiped with it.
struct Reference {
    Embedding embedding;
};

// Euclidean distance; infinity when the two do not have the same length or are empty.
double distance(const Embedding& a, const Embedding& b);

// The share of each network in distance()²: one number for every numbers_per_network, their sum is distance()². Empty
// where distance() is infinite.
std::vector<double> squared_distances(const Embedding& a, const Embedding& b);

}  // namespace uketsuke::vision
