// Bytes from outside, by a fixed seed: whatever comes, the readers return.

#include <gtest/gtest.h>

#include <random>

#include "net/eligibility_client.h"
#include "net/oqs_xml.h"
#include "net/sealing.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using testing::must;
using testing::signed_request;

class Bytes {
  public:
    std::string garbage(std::size_t most) {
        std::string text(m_chance() % (most + 1), '\0');
        for (char& c : text) c = static_cast<char>(m_chance());
        return text;
    }
    // A good document with a few bytes changed, cut out or doubled: deeper than noise gets.
    std::string damaged(std::string text) {
        for (std::size_t i = 1 + m_chance() % 6; i > 0 && !text.empty(); --i) {
            const std::size_t at = m_chance() % text.size();
            switch (m_chance() % 4) {
                case 0:
                    text[at] = static_cast<char>(m_chance());
                    break;
                case 1:
                    text.erase(at, m_chance() % 20);
                    break;
                case 2:
                    text.insert(at, text.substr(m_chance() % text.size(), m_chance() % 40));
                    break;
                default:
                    text[at] = "<>&;/\"'\0"[m_chance() % 8];
                    break;
            }
        }
        return text;
    }
    std::uint64_t number() { return m_chance(); }

  private:
    std::mt19937_64 m_chance{20'251'121};
};

std::string good_answer() {
    OqsAnswer answer;
    answer.header.segment_of_result = SegmentOfResult::Normal;
    answer.processing_status = ProcessingResultStatus::Normal;
    answer.validity = QualificationValidity::Valid;
    answer.results.emplace_back().name = "佐藤　花子";
    answer.results.back().other.push_back({"A", "", {{"B", "c", {}}}});
    return write_answer(answer);
}

TEST(Robustness, AnyAnswerIsReadOrRefused) {
    Bytes bytes;
    const std::string good = good_answer();
    int read = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = i % 4 == 0 ? bytes.garbage(400) : bytes.damaged(good);
        const auto answer = read_answer(text);
        if (!answer) continue;
        ++read;
        // What was read can be written and read again.
        ASSERT_TRUE(read_answer(write_answer(*answer)));
    }
    EXPECT_GT(read, 200);
}

TEST(Robustness, AnyHttpAnswerBecomesAReplyOrAnError) {
    Bytes bytes;
    const std::string good = good_answer();
    for (int i = 0; i < 5'000; ++i) {
        const int status = static_cast<int>(bytes.number() % 700);
        const auto reply = understand_reply({status, bytes.garbage(12), ""}, bytes.damaged(good), i % 2 == 0);
        if (reply) {
            EXPECT_LE(reply->message.size(), 200u);
        }
    }
}

TEST(Robustness, AnyRequestDocumentIsReadOrRefused) {
    Bytes bytes;
    const SignedRequest request = signed_request();
    const std::string good(request.body.begin(), request.body.end());
    for (int i = 0; i < 10'000; ++i) {
        const auto read = read_request(bytes.damaged(good));
        if (read) {
            ASSERT_TRUE(read_request(write_request(*read)));
        }
    }
}

TEST(Robustness, AnyPayloadIsDecodedOrRefused) {
    Bytes bytes;
    const auto good = encode(signed_request());
    const SealingKey key = SealingKey::random();
    for (int i = 0; i < 10'000; ++i) {
        const std::string text = bytes.damaged(std::string(good.begin(), good.end()));
        const std::vector<std::uint8_t> raw(text.begin(), text.end());
        const auto request = decode(raw);
        if (request) {
            ASSERT_EQ(encode(*request), raw);
        }
        ASSERT_FALSE(unseal(key, raw, "id"));
    }
}

TEST(Robustness, AnyBytesToTheServiceLeaveItServing) {
    testing::RunningSimulator service;
    const auto client = service.client();
    Bytes bytes;
    for (int i = 0; i < 300; ++i) {
        SignedRequest request = signed_request();
        const std::string body = bytes.damaged(std::string(request.body.begin(), request.body.end()));
        request.body.assign(body.begin(), body.end());
        if (i % 3 == 0) request.signature.assign(bytes.number() % 600, 0x41);
        if (i % 5 == 0) request.certificate_der.resize(bytes.number() % 400);
        const auto reply = client->send(request);
        ASSERT_TRUE(reply) << reply.error().where;
        EXPECT_NE(reply->kind, ReplyKind::Answered) << "what the card did not sign is never a reception";
    }
    EXPECT_TRUE(service->receptions().empty());
    EXPECT_EQ(must(client->send(signed_request())).kind, ReplyKind::Answered);
}

}  // namespace
}  // namespace uketsuke::net
