#include "net/internal/declared_query.h"

#include "net/sealing.h"

namespace uketsuke::net::internal {

std::string birthdate_of(const SignedRequest& request) {
    if (request.method != Method::Declaration || !request.holder_birthdate.empty()) return request.holder_birthdate;
    auto question = read_request({reinterpret_cast<const char*>(request.body.data()), request.body.size()});
    if (!question) return "";
    std::string birthdate = question->birthdate;
    net::wipe(*question);
    return birthdate;
}

std::optional<DeclaredQuery> declared_query(const OqsRequest& request) {
    const OqsElement* person = find_element(request.other, declared_person_name);
    if (person == nullptr) return std::nullopt;
    const auto text_of = [&](const char* name) {
        const OqsElement* element = find_element(person->children, name);
        return element == nullptr ? std::string() : element->text;
    };
    return DeclaredQuery{request.birthdate, text_of("Name"), text_of("NameKana")};
}

}  // namespace uketsuke::net::internal
