// What a member of staff does for a patient in continuing care, as it stands on the disk afterwards.

#include "app/workers/care_keeper.h"

#include <gmock/gmock.h>

#include "net/oqs_xml.h"
#include "tests/net/care_support.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using net::testing::first_visit;
using net::testing::HomeCards;
using net::testing::must;
using net::testing::start_second;
using net::testing::start_time;
using net::testing::Terminal;
using ::testing::ElementsAre;

struct KeptCare : ::testing::Test {
    HomeCards cards{1};
    Terminal terminal;
    net::testing::TestOutbox box;
    net::WallTime now = start_time();
    std::unique_ptr<CareKeeper> keeper;

    void SetUp() override {
        box.open();
        CareOptions options;
        options.institution_code = net::testing::institution;
        options.vouch = terminal.vouch();
        options.digest = [](core::StaffId /*who*/) { return std::string("0123456789abcdef"); };
        options.now = [this] { return now; };
        keeper = std::make_unique<CareKeeper>(
            *box.box, [](NoticeLevel, const std::string&) {}, std::move(options));
    }
    core::CareEntry visited(core::Method method, bool pin_locked = false) {
        const auto reception = first_visit(cards, 0, start_second(), net::Method::Pin);
        core::effect::Visit visit;
        for (std::size_t item = 0; item < visit.consents.size(); ++item) visit.consents.at(item).agreed = true;
        visit.confirmed_at = start_second();
        visit.pin_locked = pin_locked;
        visit.method = method;
        must(keeper->keep_visit(cards.sign(reception, terminal), visit));
        return keeper->list().at(0);
    }
    bool asks(core::CareId patient, core::Treatment treatment) {
        core::effect::Reinquire wish;
        wish.patient = patient;
        wish.treatment = treatment;
        wish.at = start_second() + 24h;
        return keeper->reinquiry(wish).has_value();
    }
    std::vector<std::string> bases_of_latest() {
        const auto shown = must(box->show(must(box->care()).at(0).latest));
        const auto& body = shown.request.body;
        const auto document = must(net::read_request({reinterpret_cast<const char*>(body.data()), body.size()}));
        std::vector<std::string> bases;
        for (const auto& one : document.other_in_confirmation) {
            if (one.name == "BaseReception") bases.push_back(one.text);
        }
        return bases;
    }
};

TEST_F(KeptCare, OnlineIsOfferedOnlyWhereThePinHasOpenedACardThatIsNotLocked) {
    const auto by_sight = visited(core::Method::Visual);
    EXPECT_FALSE(by_sight.online_possible);
    EXPECT_FALSE(asks(by_sight.id, core::Treatment::Online));
    EXPECT_TRUE(asks(by_sight.id, core::Treatment::HomeVisit));
    EXPECT_FALSE(visited(core::Method::Pin, true).online_possible);
    const auto by_pin = visited(core::Method::Pin);
    EXPECT_TRUE(by_pin.online_possible);
    EXPECT_TRUE(asks(by_pin.id, core::Treatment::Online));
    must(keeper->renew({by_pin.id, {}, {}}));
    EXPECT_TRUE(keeper->list().at(0).online_possible) << "a renewal rests on the same card";
}

TEST_F(KeptCare, AWithdrawalNamesTheBaseOfARenewalOnItsWayAndWhatItIsToTakeThePlaceOf) {
    const auto patient = visited(core::Method::Pin);
    const std::string first = must(box->care()).at(0).base.text();
    must(keeper->renew({patient.id, {}, {}}));
    const std::string renewal = must(box->care()).at(0).base.text();
    EXPECT_NE(renewal, first);
    EXPECT_THAT(bases_of_latest(), ElementsAre(first));
    must(keeper->withdraw({patient.id, {}, start_second() + 1h}));
    EXPECT_THAT(bases_of_latest(), ElementsAre(renewal, first));
    EXPECT_EQ(keeper->list().at(0).standing, core::CareStanding::Withdrawn);
}

}  // namespace
}  // namespace uketsuke::workers
