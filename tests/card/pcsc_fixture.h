// One PC/SC stack and one reader on it, for the tests that need both.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "card/reader.h"
#include "tests/card/pcsc_stack.h"

namespace uketsuke::card::testing {

// For what the service tells when it comes to it. What must come within two seconds is waited for with k_promised.
inline constexpr std::chrono::milliseconds k_deadline{10'000};
inline constexpr std::chrono::milliseconds k_promised{2'000};

class PcscTest : public ::testing::Test {
  protected:
    void SetUp() override {
        auto stack = PcscStack::start();
        if (!stack) GTEST_SKIP() << stack.error();
        m_stack = std::move(*stack);
        m_reader = open_pcsc_reader(name_part());
        ASSERT_EQ(*m_reader->wait(Presence::NoService, k_deadline), Presence::Empty);
    }

    virtual std::string name_part() const { return m_stack->reader_name(); }

    void insert(std::shared_ptr<VirtualCard> card) {
        m_stack->insert(std::move(card));
        ASSERT_EQ(*m_reader->wait(Presence::Empty, k_deadline), Presence::Card);
    }

    std::unique_ptr<PcscStack> m_stack;
    std::unique_ptr<Reader> m_reader;
};

}  // namespace uketsuke::card::testing
