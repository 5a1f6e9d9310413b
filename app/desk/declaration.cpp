#include "app/desk/declaration.h"

namespace uketsuke::desk {
namespace {

net::DeclaredSex sex_of(const std::string& code) {
    if (code == "1") return net::DeclaredSex::Male;
    if (code == "2") return net::DeclaredSex::Female;
    return net::DeclaredSex::NotSaid;
}

// "030" is three tenths.
int tenths_of(const std::string& ratio) {
    const bool is_one = ratio.size() == 3 && ratio[0] == '0' && ratio[1] >= '1' && ratio[1] <= '3' && ratio[2] == '0';
    return is_one ? ratio[1] - '0' : 0;
}

// The form holds no longer ones, nor does anybody have such a name.
std::string bounded(const std::string& text) {
    return text.size() <= net::declaration_text_limit ? text : std::string();
}

}  // namespace

net::Result<net::Declaration> kept_form(const net::Outbox& outbox, const net::RequestId& id) {
    auto bytes = outbox.declaration(id);
    if (!bytes) return tl::unexpected(bytes.error());
    auto form = net::decode_declaration(*bytes);
    net::wipe(*bytes);
    return form;
}

net::Declaration form_of(const Person& person, const net::RequestId& id, net::WallTime at) {
    const net::QualificationResult& known = person.result;
    net::Declaration form;
    form.id = id;
    form.name = bounded(known.name);
    form.name_kana = bounded(known.name_kana);
    form.birth_date = bounded(known.birthdate);
    form.sex = sex_of(known.sex1);
    form.address = bounded(known.address);
    form.insurer_name = bounded(known.insurer_name);
    form.ratio_tenths = tenths_of(known.insured_partial_contribution_ratio);
    form.made_at = std::chrono::floor<std::chrono::seconds>(at);
    return form;
}

}  // namespace uketsuke::desk
