#include <algorithm>
#include <iterator>

#include "net/declaration.h"
#include "net/internal/byte_parts.h"
#include "net/reception.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

// A certificate is 2 kB, a document 3 kB, a signature 256 bytes; more than this is not ours.
constexpr std::size_t longest_part = 256u << 10;
// 1 had neither attestation nor birth date, 2 no declaration; rows that a kiosk wrote before it was updated are still
// read.
constexpr std::uint8_t format_version = 3;

}  // namespace

std::vector<std::uint8_t> encode(const SignedRequest& request) {
    std::vector<std::uint8_t> out;
    const std::string& id = request.id.text();
    // One allocation: a growing vector would leave personal bytes behind in freed memory.
    out.reserve(2 + id.size() + 24 + request.body.size() + request.signature.size() + request.certificate_der.size() +
                request.attestation.size() + request.holder_birthdate.size() + request.declaration.size());
    out.push_back(format_version);
    out.push_back(static_cast<std::uint8_t>(request.method));
    std::copy(id.begin(), id.end(), std::back_inserter(out));
    internal::put_part(out, request.body);
    internal::put_part(out, request.signature);
    internal::put_part(out, request.certificate_der);
    internal::put_part(out, request.attestation);
    internal::put_part(out, std::string_view(request.holder_birthdate));
    internal::put_part(out, request.declaration);
    return out;
}

Result<SignedRequest> decode(std::span<const std::uint8_t> bytes) {
    internal::PartReader reader(bytes);
    SignedRequest request;
    std::span<const std::uint8_t> head;
    if (!reader.take(2, head)) return fail(Fault::BadPayload, "signed request: shorter than its head");
    if (head[0] < 1 || head[0] > format_version) return fail(Fault::BadPayload, "signed request: unknown version");
    if (head[1] > static_cast<std::uint8_t>(Method::Withdrawal)) {
        return fail(Fault::BadPayload, "signed request: unknown method");
    }
    request.method = static_cast<Method>(head[1]);
    std::span<const std::uint8_t> id;
    if (!reader.take(36, id)) return fail(Fault::BadPayload, "signed request: cut in its id");
    const auto parsed = RequestId::parse(std::string(id.begin(), id.end()));
    if (!parsed) return fail(Fault::BadPayload, "signed request: its id is not a version 4 UUID");
    request.id = *parsed;
    bool whole = reader.take_part(longest_part, request.body) && reader.take_part(longest_part, request.signature) &&
                 reader.take_part(longest_part, request.certificate_der);
    if (head[0] >= 2) {
        whole = whole && reader.take_part(longest_part, request.attestation) &&
                reader.take_part(longest_part, request.holder_birthdate);
    }
    if (head[0] >= 3) whole = whole && reader.take_part(declaration_bytes_limit, request.declaration);
    if (!whole || !reader.done()) {
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
    wipe(request.declaration);
}

}  // namespace uketsuke::net
