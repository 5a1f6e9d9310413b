// The names behind core::StaffId: made when somebody first does something, kept while the program runs.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/vocabulary.h"

namespace uketsuke::desk {

// Any thread.
class StaffNames {
  public:
    core::StaffId id_of(std::string_view name) {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find(m_names.begin(), m_names.end(), name);
        if (found == m_names.end()) {
            m_names.emplace_back(name);
            return static_cast<core::StaffId>(m_names.size());
        }
        return static_cast<core::StaffId>(found - m_names.begin() + 1);
    }
    // As the audit log writes it.
    std::string name_of(core::StaffId id) const {
        const std::lock_guard lock(m_mutex);
        const auto number = static_cast<std::size_t>(id);
        return number >= 1 && number <= m_names.size() ? m_names[number - 1] : "kiosk code";
    }

  private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_names;
};

}  // namespace uketsuke::desk
