#pragma once

#include <utility>
#include <vector>

namespace uketsuke::vision {

// What a network says of a face: numbers of a model's own space, comparable only within that model. Personal data:
// wiped on destruction, on assignment and when moved from; never printed, never written.
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

}  // namespace uketsuke::vision
