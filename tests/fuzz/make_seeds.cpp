// Writes the seed inputs anew from the virtual card and drawn persons: fuzz_seeds FOLDER. Keys are made in each run, so
// that the bytes differ from run to run; no private key and no person of flesh and blood is in them.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "card/my_number_card.h"
#include "card/pin_lock.h"
#include "tests/card/fixtures.h"
#include "tests/fuzz/replay_channel.h"
#ifdef UKETSUKE_FUZZ_PHOTO
#include "tests/fuzz/photo_seeds.h"
#endif
#ifdef UKETSUKE_FUZZ_NET
#include "tests/fuzz/net_seeds.h"
#endif

namespace uketsuke::fuzz {
namespace {

using card::Bytes;
using card::MyNumberCard;
using card::testing::hex;
using card::testing::make_card;
using card::testing::test_persona;

constexpr std::size_t k_photo = 200;  // bytes after the JP2 header

class Seeds {
  public:
    explicit Seeds(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    void write(const std::string& target, const std::string& name, Input bytes) const {
        std::filesystem::create_directories(m_folder / target);
        std::ofstream(m_folder / target / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }

  private:
    std::filesystem::path m_folder;
};

// Takes down both sides of a conversation with a virtual card.
class Recorder : public card::Channel {
  public:
    Recorder(card::VirtualCard& card, std::uint8_t options) : answers{options}, m_card(card) {}
    card::Result<Bytes> transmit(std::span<const std::uint8_t> command) override {
        const Bytes answer = m_card.answer(command);
        append_record(commands, command);
        append_record(answers, answer);
        return answer;
    }
    Bytes answers;
    Bytes commands;

  private:
    card::VirtualCard& m_card;
};

void session_seeds(const Seeds& seeds, card::Persona persona, const std::string& name) {
    const auto card = make_card(std::move(persona), k_photo);
    Recorder recorder(*card, 0);
    MyNumberCard session(recorder);
    (void)session.identify();
    (void)session.token_manufacturer();
    (void)session.read_certificate();
    (void)session.read_issuer();
    const auto tries = session.pin_status();
    (void)session.verify_pin(std::array<std::uint8_t, 4>{1, 2, 3, 4}, tries ? tries->tries : 3);
    (void)session.sign(std::array<std::uint8_t, 32>{});
    (void)session.number_b_status();
    (void)session.verify_number_b(*test_persona().number_b());
    (void)session.verify_number_b(*test_persona().number_b());
    (void)session.read_face_record();
    (void)session.read_attributes();
    seeds.write("apdu_replay", "session-" + name, recorder.answers);
    seeds.write("virtual_card", "session-" + name, recorder.commands);
}

void lock_seeds(const Seeds& seeds, card::Persona persona, const std::string& name) {
    const auto card = make_card(std::move(persona), k_photo);
    Recorder recorder(*card, 1);
    (void)card::lock_pins(recorder);
    seeds.write("apdu_replay", "lock-" + name, recorder.answers);
    seeds.write("virtual_card", "lock-" + name, recorder.commands);
    card->reset();
    Recorder again(*card, 3);
    (void)card::survey_pins(again);
    (void)card::lock_pins(again);
    seeds.write("apdu_replay", "survey-and-lock-again-" + name, again.answers);
}

void file_seeds(const Seeds& seeds) {
    const auto card = make_card(test_persona(), k_photo);
    card::testing::CardChannel channel(*card);
    MyNumberCard session(channel);
    const auto file = [&](std::uint16_t id, card::ObjectStart start) {
        (void)session.engine().select_file(id, "seed");
        const auto object = session.engine().read_object(start, "seed");
        return object ? Bytes(object->begin(), object->end()) : Bytes{};
    };
    (void)session.verify_number_b(*test_persona().number_b());
    const Bytes record = file(0x0002, card::ObjectStart::Ff20AfterStrayBytes);
    const Bytes key = file(0x0004, card::ObjectStart::FirstByte);
    (void)session.read_attributes();
    const Bytes text = file(0x0002, card::ObjectStart::Ff20AfterStrayBytes);
    seeds.write("face_record", "record", record);
    seeds.write("face_record", "photo", card::testing::test_photo(20));
    seeds.write("attributes", "attributes", text);
    seeds.write("certificate", "user-authentication", card->certificate_der());
    for (const Bytes* one : {&record, &text, &key}) {
        seeds.write("tlv", one == &record ? "face-record" : one == &text ? "attributes" : "issuer-key", *one);
    }
    Bytes stray = hex("0000");
    stray.insert(stray.end(), text.begin(), text.end());
    seeds.write("attributes", "two-stray-bytes", stray);
    seeds.write("tlv", "two-stray-bytes", stray);
    Bytes both{static_cast<std::uint8_t>(record.size() >> 8), static_cast<std::uint8_t>(record.size())};
    both.insert(both.end(), record.begin(), record.end());
    both.insert(both.end(), key.begin(), key.end());
    seeds.write("issuer_key", "record-and-key", both);
}

// Shapes that a card or a reader may show and the virtual card does not.
void odd_seeds(const Seeds& seeds) {
    const auto script = [](std::uint8_t options, const std::vector<std::string>& answers) {
        Bytes out{options};
        for (const std::string& one : answers) append_record(out, hex(one));
        return out;
    };
    seeds.write("apdu_replay", "get-response-of-one-byte-for-ever", script(8, {"55 6101"}));
    seeds.write("apdu_replay", "file-of-one-byte-reads",
                script(8, {"9000", "9000", "9000", "9000", "9000", "308270009000", "009000"}));
    seeds.write("apdu_replay", "everything-is-ok", script(8, {"9000"}));
    seeds.write("apdu_replay", "lock-a-card-that-never-counts", script(9, {"9000", "9000", "63C3"}));
    seeds.write("apdu_replay", "wrong-length-for-ever", script(8, {"6C00"}));
    seeds.write("virtual_card", "extended-lengths",
                hex("0F 00A40400 00000A D392F000260100000001 09 00A4020C 000002 0006 07 00B00000 000100"));
}

}  // namespace
}  // namespace uketsuke::fuzz

int main(int argc, char** argv) {
    using namespace uketsuke;
    if (argc != 2) {
        std::fprintf(stderr, "fuzz_seeds FOLDER\n");
        return 1;
    }
    const fuzz::Seeds seeds(argv[1]);
    auto locked = card::testing::test_persona();
    locked.pin_tries = 0;
    auto wrong_number = card::testing::test_persona();
    wrong_number.security_code = "0000";
    auto old = card::testing::test_persona();
    old.record_shape = card::RecordShape::Old;
    old.largest_answer = 128;
    old.answers = card::AnswerStyle::MoreData;
    auto short_lengths = old;
    short_lengths.answers = card::AnswerStyle::WrongLength;
    auto telephone = card::testing::test_persona();
    telephone.kind = card::PersonaKind::Smartphone;
    fuzz::session_seeds(seeds, card::testing::test_persona(), "in-order");
    fuzz::session_seeds(seeds, locked, "locked");
    fuzz::session_seeds(seeds, wrong_number, "wrong-number");
    fuzz::session_seeds(seeds, old, "old-records-in-parts");
    fuzz::session_seeds(seeds, short_lengths, "old-records-by-length");
    fuzz::session_seeds(seeds, telephone, "telephone");
    fuzz::lock_seeds(seeds, card::testing::test_persona(), "in-order");
    fuzz::file_seeds(seeds);
    fuzz::odd_seeds(seeds);
#ifdef UKETSUKE_FUZZ_PHOTO
    for (const auto& [name, bytes] : fuzz::photo_seeds()) seeds.write("photo", name, bytes);
#endif
#ifdef UKETSUKE_FUZZ_NET
    for (const auto& [name, bytes] : fuzz::oqs_xml_seeds()) seeds.write("oqs_xml", name, bytes);
    for (const auto& [name, bytes] : fuzz::http_answer_seeds()) seeds.write("http_answer", name, bytes);
    for (const auto& [name, bytes] : fuzz::desk_request_seeds()) seeds.write("desk_request", name, bytes);
    for (const auto& [name, bytes] : fuzz::audit_line_seeds()) seeds.write("audit_line", name, bytes);
    for (const auto& [name, bytes] : fuzz::declaration_seeds()) seeds.write("declaration", name, bytes);
    for (const auto& [name, bytes] : fuzz::keyring_seeds()) seeds.write("keyring", name, bytes);
    for (const auto& [name, bytes] : fuzz::care_seeds()) seeds.write("care", name, bytes);
    for (const auto& [name, bytes] : fuzz::care_list_seeds()) seeds.write("care_list", name, bytes);
#endif
    return 0;
}
