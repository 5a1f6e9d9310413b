// The bytes of a self-declaration, and what is done with one that was read.
#include "net/declaration.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {

int run_declaration(Input bytes) {
    const auto input = exact_copy(bytes);
    auto form = net::decode_declaration(input);
    if (!form) return 0;
    const auto again = net::encode(*form);
    promise(again && *again == input, "other bytes than it was read from");
    const auto question = net::query_text(*form, "1312345670");
    promise(question.has_value(), "a form that was read asks nothing");
    promise(question->has_value() == !form->birth_date.empty(), "asked without a birth date");
    if (*question) {
        const auto read = net::read_request(**question);
        promise(read && read->birthdate == form->birth_date && read->arbitrary_identifier == form->id.text(),
                "its question cannot be read");
    }
    // The service knows whatever was said.
    net::OqsAnswer answer;
    answer.validity = net::QualificationValidity::Valid;
    net::QualificationResult& known = answer.results.emplace_back();
    known.name = form->name;
    known.name_kana = form->name_kana;
    known.birthdate = form->birth_date;
    known.post_number = form->postal_code;
    known.address = form->address;
    known.insurer_name = form->insurer_name;
    promise(net::reconcile(*form, &answer).result == net::Reconciliation::Match, "it differs from itself");
    known.name = form->address;
    known.address = form->name;
    known.name_kana = form->phone;
    (void)net::reconcile(*form, &answer);
    net::wipe(*form);
    return 0;
}

}  // namespace uketsuke::fuzz
