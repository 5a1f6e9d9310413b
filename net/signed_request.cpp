#include <algorithm>
#include <iterator>

#include "net/reception.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

// A certificate is 2 kB, a document 3 kB, a signature 256 bytes; more than this is not ours.
constexpr std::size_t longest_part = 256u << 10;
// 1 had neither attestation nor birth date; rows that a kiosk wrote before it was updated are still read.
constexpr std::uint8_t format_version = 2;

void put_length(std::vector<std::uint8_t>& out, std::size_t length) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(length >> shift));
}

void put(std::vector<std::uint8_t>& out, std::span<const std::uint8_t> part) {
    put_length(out, part.size());
    out.insert(out.end(), part.begin(), part.end());
}

class Cursor {
  public:
    explicit Cursor(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    bool take(std::size_t count, std::span<const std::uint8_t>& out) {
        if (count > m_bytes.size()) return false;
        out = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return true;
    }
    bool take_part(std::vector<std::uint8_t>& out) {
        std::span<const std::uint8_t> head;
        if (!take(4, head)) return false;
        std::size_t length = 0;
        for (const std::uint8_t byte : head) length = (length << 8) | byte;
        std::span<const std::uint8_t> body;
        if (length > longest_part || !take(length, body)) return false;
        out.assign(body.begin(), body.end());
        return true;
    }
    bool done() const { return m_bytes.empty(); }

  private:
    std::span<const std::uint8_t> m_bytes;
};

}  // namespace

std::vector<std::uint8_t> encode(const SignedRequest& request) {
    std::vector<std::uint8_t> out;
    const std::string& id = request.id.text();
    // One allocation: a growing vector would leave personal bytes behind in freed memory.
    out.reserve(2 + id.size() + 20 + request.body.size() + request.signature.size() + request.certificate_der.size() +
                request.attestation.size() + request.holder_birthdate.size());
    out.push_back(format_version);
    out.push_back(static_cast<std::uint8_t>(request.method));
    std::copy(id.begin(), id.end(), std::back_inserter(out));
    put(out, request.body);
    put(out, request.signature);
    put(out, request.certificate_der);
    put(out, request.attestation);
    put(out, {reinterpret_cast<const std::uint8_t*>(request.holder_birthdate.data()), request.holder_birthdate.size()});
    return out;
}

Result<SignedRequest> decode(std::span<const std::uint8_t> bytes) {
    Cursor cursor(bytes);
    SignedRequest request;
    std::span<const std::uint8_t> head;
    if (!cursor.take(2, head)) return fail(Fault::BadPayload, "signed request: shorter than its head");
    if (head[0] != format_version && head[0] != 1) return fail(Fault::BadPayload, "signed request: unknown version");
    if (head[1] > static_cast<std::uint8_t>(Method::Visual)) {
        return fail(Fault::BadPayload, "signed request: unknown method");
    }
    request.method = static_cast<Method>(head[1]);
    std::span<const std::uint8_t> id;
    if (!cursor.take(36, id)) return fail(Fault::BadPayload, "signed request: cut in its id");
    const auto parsed = RequestId::parse(std::string(id.begin(), id.end()));
    if (!parsed) return fail(Fault::BadPayload, "signed request: its id is not a version 4 UUID");
    request.id = *parsed;
    bool whole = cursor.take_part(request.body) && cursor.take_part(request.signature) &&
                 cursor.take_part(request.certificate_der);
    if (head[0] != 1) {
        std::vector<std::uint8_t> birthdate;
        whole = whole && cursor.take_part(request.attestation) && cursor.take_part(birthdate);
        request.holder_birthdate.assign(birthdate.begin(), birthdate.end());
        wipe(birthdate);
    }
    if (!whole || !cursor.done()) {
        wipe(request);
        return fail(Fault::BadPayload, "signed request: a part is cut, too long, or followed by more");
    }
    return request;
}

void wipe(SignedRequest& request) {
    wipe(request.body);
    wipe(request.signature);
    wipe(request.certificate_der);
    wipe(request.attestation);
    wipe(request.holder_birthdate);
}

}  // namespace uketsuke::net
