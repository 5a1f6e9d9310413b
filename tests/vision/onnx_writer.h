#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace uketsuke::vision::test {

// A small ONNX file, written byte by byte (protobuf: field number and wire type, then a varint or a length and bytes):
// input 1×3×112×112, the mean of each channel, a 1×1 convolution, output 1×numbers×1×1.
class Protobuf {
  public:
    Protobuf& number(int field, std::uint64_t value) {
        varint(static_cast<std::uint64_t>(field) << 3U);
        varint(value);
        return *this;
    }
    Protobuf& bytes(int field, const std::string& value) {
        varint((static_cast<std::uint64_t>(field) << 3U) | 2U);
        varint(value.size());
        m_bytes += value;
        return *this;
    }
    Protobuf& part(int field, const Protobuf& value) { return bytes(field, value.m_bytes); }
    const std::string& str() const { return m_bytes; }

  private:
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U) m_bytes += static_cast<char>((value & 0x7FU) | 0x80U);
        m_bytes += static_cast<char>(value);
    }
    std::string m_bytes;
};

inline Protobuf onnx_tensor(const std::string& name, const std::vector<std::uint64_t>& shape,
                            const std::vector<float>& values) {
    Protobuf tensor;
    for (const auto side : shape) tensor.number(1, side);
    tensor.number(2, 1);  // FLOAT
    tensor.bytes(8, name);
    std::string raw(values.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), values.data(), raw.size());
    return tensor.bytes(9, raw);
}

inline Protobuf onnx_value(const std::string& name, const std::vector<std::uint64_t>& shape) {
    Protobuf sides;
    for (const auto side : shape) sides.part(1, Protobuf().number(1, side));
    return Protobuf().bytes(1, name).part(
        2, Protobuf().part(1, Protobuf().number(1, 1).part(2, sides)));  // type: tensor of FLOAT
}

// A network that answers the mean of its input, then `bias`, then zeros: `numbers` of them.
inline std::string onnx_of_mean(int numbers, float bias = 1.0F) {
    const auto outputs = static_cast<std::size_t>(numbers);
    std::vector<float> kernel(outputs * 3, 0.0F);
    std::fill_n(kernel.begin(), 3, 1.0F / 3.0F);
    std::vector<float> added(outputs, 0.0F);
    added[1] = bias;
    const auto pool = Protobuf().bytes(1, "x").bytes(2, "m").bytes(3, "pool").bytes(4, "GlobalAveragePool");
    const auto sides = Protobuf().bytes(1, "kernel_shape").number(8, 1).number(8, 1).number(20, 7);  // INTS
    const auto conv =
        Protobuf().bytes(1, "m").bytes(1, "w").bytes(1, "b").bytes(2, "y").bytes(3, "n").bytes(4, "Conv").part(5,
                                                                                                               sides);
    const auto graph = Protobuf()
                           .part(1, pool)
                           .part(1, conv)
                           .bytes(2, "mean")
                           .part(5, onnx_tensor("w", {outputs, 3, 1, 1}, kernel))
                           .part(5, onnx_tensor("b", {outputs}, added))
                           .part(11, onnx_value("x", {1, 3, 112, 112}))
                           .part(12, onnx_value("y", {1, outputs, 1, 1}));
    return Protobuf().number(1, 7).part(7, graph).part(8, Protobuf().bytes(1, "").number(2, 11)).str();
}

}  // namespace uketsuke::vision::test
