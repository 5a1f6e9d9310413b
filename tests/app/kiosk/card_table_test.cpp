// The table in card/README.md, row by row: what the card or the reader says at a step goes in, and the fault, the
// patient's sentence, the staff's code and the page that follow are those of the row.
#include <gtest/gtest.h>
#include <winscard.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "app/ui/problem_words.h"
#include "app/ui/text.h"
#include "app/workers/card_trouble.h"
#include "card/my_number_card.h"
#include "card/pcsc.h"
#include "card/virtual_reader.h"
#include "tests/app/core/harness.h"
#include "tests/card/fixtures.h"

namespace uketsuke::app::test {
namespace {

using card::Bytes;
using card::Error;
using Words = std::vector<std::string>;

// What came of one row's words.
struct Outcome {
    std::string means;
    core::View view;
};

struct Row {
    Words says;
    Words at;
    Words means;
    std::string patient;
    std::string staff;
    std::string screen;
    std::string line;  // for messages
};

std::string trimmed(std::string text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The words in backticks; the whole text when there are none.
Words in_backticks(const std::string& cell) {
    Words words;
    for (std::size_t at = cell.find('`'); at != std::string::npos; at = cell.find('`', at + 1)) {
        const auto end = cell.find('`', at + 1);
        if (end == std::string::npos) break;
        words.push_back(cell.substr(at + 1, end - at - 1));
        at = end;
    }
    return words.empty() ? Words{cell} : words;
}

Words listed(const std::string& cell) {
    Words words;
    std::istringstream parts(cell);
    for (std::string part; std::getline(parts, part, ',');) words.push_back(trimmed(part));
    return words;
}

std::vector<Row> rows_of_the_readme() {
    std::ifstream file(std::string(UKETSUKE_SOURCE_DIR) + "/card/README.md");
    std::vector<Row> rows;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| says |")) {
            inside = true;
            std::getline(file, line);
            continue;
        }
        if (!inside) continue;
        if (!line.starts_with("|")) break;
        Words cells;
        std::istringstream parts(line.substr(1));
        for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(trimmed(cell));
        if (cells.size() != 6) {
            ADD_FAILURE() << "not six cells: " << line;
            continue;
        }
        rows.push_back({in_backticks(cells[0]), listed(cells[1]), in_backticks(cells[2]), cells[3], cells[4],
                        in_backticks(cells[5])[0], line});
    }
    return rows;
}

#define CODE(name) \
    { #name, name }
const std::map<std::string, LONG>& scard_codes() {
    static const std::map<std::string, LONG> k_codes{
        CODE(SCARD_E_NO_SERVICE),         CODE(SCARD_E_SERVICE_STOPPED),      CODE(SCARD_E_SERVER_TOO_BUSY),
        CODE(SCARD_E_SYSTEM_CANCELLED),   CODE(SCARD_E_INVALID_HANDLE),       CODE(SCARD_E_NO_MEMORY),
        CODE(SCARD_E_UNKNOWN_RES_MNG),    CODE(SCARD_F_COMM_ERROR),           CODE(SCARD_F_INTERNAL_ERROR),
        CODE(SCARD_F_UNKNOWN_ERROR),      CODE(SCARD_F_WAITED_TOO_LONG),      CODE(SCARD_E_UNKNOWN_READER),
        CODE(SCARD_E_READER_UNAVAILABLE), CODE(SCARD_E_NO_READERS_AVAILABLE), CODE(SCARD_E_READER_UNSUPPORTED),
        CODE(SCARD_E_DUPLICATE_READER),   CODE(SCARD_E_NO_SMARTCARD),         CODE(SCARD_W_REMOVED_CARD),
        CODE(SCARD_W_RESET_CARD),         CODE(SCARD_E_SHARING_VIOLATION),    CODE(SCARD_W_UNRESPONSIVE_CARD),
        CODE(SCARD_W_UNPOWERED_CARD),     CODE(SCARD_E_NOT_TRANSACTED),       CODE(SCARD_E_TIMEOUT),
        CODE(SCARD_E_NOT_READY),          CODE(SCARD_E_COMM_DATA_LOST),       CODE(SCARD_E_PROTO_MISMATCH),
        CODE(SCARD_E_INVALID_ATR),        CODE(SCARD_E_CARD_UNSUPPORTED),     CODE(SCARD_E_UNKNOWN_CARD),
        CODE(SCARD_W_UNSUPPORTED_CARD)};
    return k_codes;
}
#undef CODE

// A whole card whose answers at one step are replaced.
class Stepper {
  public:
    Stepper(std::string at, std::string says)
        : m_at(std::move(at)),
          m_says(std::move(says)),
          m_channel(*m_card, [this](std::size_t, std::span<const std::uint8_t> command, Bytes answer) {
              return tamper(command, std::move(answer));
          }) {}

    card::MyNumberCard& session() { return m_session; }

  private:
    bool is_the_step(std::span<const std::uint8_t> command) {
        const std::uint8_t ins = command[1];
        if (ins == 0xA4) {
            if (command[2] == 0x04) m_jpki = command[7] == 0xF0;
            if (command[2] == 0x02) m_file = static_cast<std::uint16_t>(command[5] << 8 | command[6]);
            return m_at == "SELECT JPKI" && command[2] == 0x04;
        }
        if (m_at == "label") return ins == 0xB0 && m_file == 0x0006;
        if (m_at == "read") return ins == 0xB0 && m_file == 0x000A;
        if (m_at == "query PIN") return ins == 0x20 && m_jpki && command.size() == 4;
        if (m_at == "VERIFY PIN") return ins == 0x20 && m_jpki && (command.size() > 4 || m_seen);
        if (m_at == "VERIFY 照合番号B") return ins == 0x20 && !m_jpki && (command.size() > 4 || m_seen);
        return m_at == "sign" && ins == 0x2A;
    }

    card::Result<Bytes> tamper(std::span<const std::uint8_t> command, Bytes answer) {
        if (!is_the_step(command)) return answer;
        const bool again = std::exchange(m_seen, true);
        if (m_says == "no answer") return card::fail(card::Fault::CardGone, "the card left");
        if (m_at == "label") {
            std::string label = m_says;
            label.resize(32, ' ');
            std::copy(label.begin(), label.end(), answer.begin());
            return answer;
        }
        // Asked for its counter after a VERIFY, a card repeats what is left; after 6300 it only now tells.
        if (again && command.size() == 4 && m_says[0] != '6') return answer;
        if (again && command.size() == 4 && m_says == "6300") return card::testing::hex("63C2");
        return card::testing::hex(m_says);
    }

    std::string m_at;
    std::string m_says;
    bool m_jpki = false;
    bool m_seen = false;
    std::uint16_t m_file = 0;
    std::shared_ptr<card::VirtualCard> m_card = card::testing::make_card();
    card::testing::CardChannel m_channel;
    card::MyNumberCard m_session{m_channel};
};

class Patient {
  public:
    Patient() { m_kiosk.place(); }

    Outcome failed(const Error& error) {
        m_kiosk.send(core::event::CardReadFailed{m_kiosk.id(), workers::trouble_of(error)});
        return {std::string(card::name_of(error.fault)), m_kiosk.view()};
    }
    Outcome identified_as(card::CardKind kind) {
        if (kind != card::CardKind::MyNumber) {
            failed(Error{card::Fault::NotMyNumberCard, 0, std::string(card::name_of(kind))});
        } else {
            m_kiosk.recognise();
        }
        return {std::string(card::name_of(kind)), m_kiosk.view()};
    }
    Outcome counted(const card::PinStatus& status) {
        core::CardFacts facts = core::test::Kiosk::good_card();
        facts.pin_tries = status.locked ? 0 : status.tries;
        m_kiosk.read(facts);
        return {status.locked ? "locked" : "ready", m_kiosk.view()};
    }
    void chooses_pin() {
        m_kiosk.read();
        m_kiosk.tap(core::Intent::Kind::ChoosePin);
        m_kiosk.shuffle();
        m_kiosk.type("1234");
    }
    Outcome pin_answered(const card::PinAnswer& answer) {
        const auto outcome = workers::pin_outcome_of(answer);
        m_kiosk.answer_pin(outcome, answer.tries_left);
        const std::string described = core::describe(core::Event{core::event::PinAnswered{m_kiosk.id(), outcome, {}}});
        return {quoted_word(described), m_kiosk.view()};
    }
    Outcome number_answered(const card::PinAnswer& answer) {
        const auto outcome = workers::number_outcome_of(answer);
        m_kiosk.read();
        m_kiosk.send(core::event::NumberAnswered{m_kiosk.id(), outcome});
        const std::string described = core::describe(core::Event{core::event::NumberAnswered{m_kiosk.id(), outcome}});
        return {quoted_word(described), m_kiosk.view()};
    }
    Outcome signing_failed(const Error& error) {
        m_kiosk = core::test::Kiosk();
        m_kiosk.reach_submitting();
        m_kiosk.send(core::event::SignFailed{m_kiosk.id(), workers::signing_trouble_of(error)});
        return {std::string(card::name_of(error.fault)), m_kiosk.view()};
    }

  private:
    // "pin-answered wrong tries ?" → "wrong".
    static std::string quoted_word(const std::string& described) {
        const auto space = described.find(' ');
        return described.substr(space + 1, described.find(' ', space + 1) - space - 1);
    }

    core::test::Kiosk m_kiosk;
};

Outcome play(const std::string& at, const std::string& says) {
    Patient patient;
    if (says == "two cards") {
        card::VirtualReader reader;
        reader.place(card::testing::make_card());
        reader.place_beside(card::testing::make_card());
        return patient.failed(reader.connect().error());
    }
    if (at == "connect") return patient.failed({card::pcsc::connect_fault_of(scard_codes().at(says)), 0, says});
    if (at == "exchange") return patient.failed({card::pcsc::fault_of(scard_codes().at(says)), 0, says});
    Stepper stepper(at, says);
    card::MyNumberCard& session = stepper.session();
    const auto kind = session.identify();
    if (at == "SELECT JPKI" || at == "label") return kind ? patient.identified_as(*kind) : patient.failed(kind.error());
    if (at == "read") return patient.failed(session.read_certificate().error());
    const auto status = session.pin_status();
    if (at == "query PIN") return status ? patient.counted(*status) : patient.failed(status.error());
    constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};
    if (at == "VERIFY 照合番号B") {
        const auto answer = session.verify_number_b(*card::testing::test_persona().number_b());
        return answer ? patient.number_answered(*answer) : patient.failed(answer.error());
    }
    const auto answer = session.verify_pin(k_pin, status ? status->tries : 0);
    if (at == "VERIFY PIN") {
        patient.chooses_pin();
        return answer ? patient.pin_answered(*answer) : patient.failed(answer.error());
    }
    return patient.signing_failed(session.sign(std::array<std::uint8_t, 32>{}).error());
}

// The sentence that the page adds because of what happened, and staff's line where it has one.
struct Sentences {
    std::string patient;
    std::string staff;
};

class CardTable : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto text = ui::Text::load(UKETSUKE_BINARY_DIR "/locale");
        ASSERT_TRUE(text) << text.error();
        s_text = std::make_unique<ui::Text>(std::move(*text));
    }
    static void TearDownTestSuite() { s_text.reset(); }

    static std::string japanese(const char* key) {
        std::string text(s_text->get(core::Language::Japanese, key));
        std::erase(text, '|');
        std::erase(text, '\n');
        return text;
    }

    static Sentences sentences(const core::View& view) {
        if (const auto* problem = std::get_if<core::page::CardProblem>(&view.page)) {
            const auto words = ui::words_of(problem->trouble);
            return {japanese(words.title), japanese(words.staff)};
        }
        if (const auto* page = std::get_if<core::page::Pin>(&view.page); page && page->wrong) {
            return {japanese("pin.wrong"), {}};
        }
        if (std::holds_alternative<core::page::PinLastTry>(view.page)) return {japanese("pin_last.title"), {}};
        if (std::holds_alternative<core::page::PinLocked>(view.page)) return {japanese("pin_locked.title"), {}};
        if (const auto* page = std::get_if<core::page::ChooseMethod>(&view.page)) {
            if (page->face_withdrawn) return {japanese("choose.face.withdrawn"), {}};
            return {japanese(page->pin_locked ? "choose.pin_locked" : "choose.title"), {}};
        }
        return {};
    }

    static std::unique_ptr<ui::Text> s_text;
};
std::unique_ptr<ui::Text> CardTable::s_text;

TEST_F(CardTable, HoldsInEveryRow) {
    const auto rows = rows_of_the_readme();
    ASSERT_GT(rows.size(), 30U);
    for (const Row& row : rows) {
        const Words& says = row.says;
        if (says[0] == "SCARD_") continue;  // "every other": the next test
        for (std::size_t i = 0; i < says.size(); ++i) {
            const std::string& means = row.means.size() == 1 ? row.means[0] : row.means.at(i);
            for (const std::string& at : row.at) {
                SCOPED_TRACE(says[i] + " at " + at + " in: " + row.line);
                const Outcome outcome = play(at, says[i]);
                EXPECT_EQ(outcome.means, means);
                EXPECT_EQ(core::name_of(outcome.view.screen()), row.screen);
                const Sentences shown = sentences(outcome.view);
                if (row.patient != "–") {
                    EXPECT_EQ(shown.patient, row.patient);
                }
                if (row.staff == "–") {
                    EXPECT_TRUE(shown.staff.empty()) << shown.staff;
                } else {
                    EXPECT_NE(shown.staff.find(row.staff), std::string::npos) << shown.staff;
                }
            }
        }
    }
}

TEST_F(CardTable, NamesEveryScardCodeOrItIsASilentCard) {
    std::set<std::string> named;
    for (const Row& row : rows_of_the_readme()) named.insert(row.says.begin(), row.says.end());
    std::set<LONG> in_the_table;
    for (const auto& [name, code] : scard_codes()) {
        if (named.count(name) != 0) in_the_table.insert(code);
    }
    for (const auto& known : card::pcsc::known_codes()) {
        if (in_the_table.count(known.code) != 0) continue;
        for (const auto fault : {known.fault, card::pcsc::connect_fault_of(known.code)}) {
            EXPECT_EQ(fault, card::Fault::CardSilent) << std::hex << known.code << " has no row of its own";
        }
    }
}

TEST_F(CardTable, HasAStaffCodeOfItsOwnForEveryTrouble) {
    std::set<std::string> codes;
    for (int i = 0; i <= static_cast<int>(core::CardTrouble::SignatureRefused); ++i) {
        const std::string line = japanese(ui::words_of(static_cast<core::CardTrouble>(i)).staff);
        const auto at = line.find("E-CARD-");
        ASSERT_NE(at, std::string::npos) << line;
        EXPECT_TRUE(codes.insert(line.substr(at, 9)).second) << line;
    }
}

}  // namespace
}  // namespace uketsuke::app::test
