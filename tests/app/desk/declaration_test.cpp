#include "app/desk/declaration.h"

#include <gtest/gtest.h>

#include "tests/net/support.h"

namespace uketsuke::desk {
namespace {

using net::testing::must;

TEST(Declaration, HoldsWhatTheServiceSaid) {
    Person person;
    person.result.name = "髙﨑　𠮷子";
    person.result.name_kana = "タカサキ　ヨシコ";
    person.result.birthdate = "19890107";
    person.result.sex1 = "2";
    person.result.address = "東京都千代田区一番町１";
    person.result.insurer_name = "東京都後期高齢者医療広域連合";
    person.result.insured_partial_contribution_ratio = "020";
    const auto id = net::make_request_id();
    const net::Declaration form = form_of(person, id, net::testing::start_time());
    EXPECT_EQ(form.id, id);
    EXPECT_EQ(form.name, "髙﨑　𠮷子");
    EXPECT_EQ(form.name_kana, "タカサキ　ヨシコ");
    EXPECT_EQ(form.birth_date, "19890107");
    EXPECT_EQ(form.sex, net::DeclaredSex::Female);
    EXPECT_EQ(form.address, "東京都千代田区一番町１");
    EXPECT_EQ(form.insurer_name, "東京都後期高齢者医療広域連合");
    EXPECT_EQ(form.ratio_tenths, 2);
    EXPECT_EQ(form.made_at, std::chrono::floor<std::chrono::seconds>(net::testing::start_time()));
}

TEST(Declaration, LeavesOpenWhatTheServiceSaidInNoWayThatTheFormKnows) {
    Person person;
    person.result.name = std::string(net::declaration_text_limit + 1, 'x');
    person.result.insured_partial_contribution_ratio = "0a0";
    const net::Declaration form = form_of(person, net::make_request_id(), net::testing::start_time());
    EXPECT_EQ(form.name, "");
    EXPECT_EQ(form.ratio_tenths, 0);
    EXPECT_EQ(form.sex, net::DeclaredSex::NotSaid);
}

TEST(Declaration, ThatIsKeptIsFoundAndAnotherIsNot) {
    net::testing::TestOutbox box;
    box.open();
    const auto request = net::testing::signed_request();
    must(box->enqueue(request, net::testing::start_time()));
    EXPECT_EQ(net::testing::fault_of(kept_form(*box.box, request.id)), net::Fault::NotFound);
    net::Declaration form;
    form.id = request.id;
    form.name = "山田　花子";
    must(box->declare(request.id, must(net::encode(form)), net::testing::start_time()));
    EXPECT_EQ(must(kept_form(*box.box, request.id)), form);
}

}  // namespace
}  // namespace uketsuke::desk
