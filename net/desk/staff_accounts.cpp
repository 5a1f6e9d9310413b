#include "net/desk/staff_accounts.h"

#include <sodium.h>

#include <algorithm>
#include <functional>
#include <mutex>

#include "net/desk/internal/account_file.h"
#include "net/desk/internal/private_file.h"

namespace uketsuke::net {
namespace {

using internal::AccountRow;
using internal::AccountRows;

constexpr std::size_t k_largest_file = 256 * 1024;
constexpr const char* k_first_manager = "manager";

bool is_kiosk_code(std::string_view code) {
    return code.size() >= 6 && code.size() <= 12 && code.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_last_manager(const AccountRows& rows, const AccountRow& row) {
    return row.role == Role::Manager &&
           std::count_if(rows.begin(), rows.end(), [](const AccountRow& r) { return r.role == Role::Manager; }) == 1;
}

tl::unexpected<Error> not_there() {
    return fail(Fault::NotFound, "no such account");
}

}  // namespace

const char* name_of(Role role) {
    switch (role) {
        case Role::Desk:
            return "desk";
        case Role::Manager:
            return "manager";
    }
    return "desk";
}

std::optional<Role> role_named(std::string_view name) {
    if (name == "desk") return Role::Desk;
    if (name == "manager") return Role::Manager;
    return std::nullopt;
}

struct StaffAccounts::Parts {
    std::filesystem::path file;
    std::string nobodys_hash;  ///< checked where there is no account, so that the answer takes as long
    mutable std::mutex mutex;  ///< guards what follows
    mutable std::shared_ptr<const AccountRows> rows;
    mutable internal::FileStamp stamp;
    std::optional<Made> made;

    Result<void> read() const {
        auto text = internal::read_private_file(file, k_largest_file);
        if (!text) return tl::unexpected(text.error());
        auto read = internal::rows_from(text->text);
        if (!read) return tl::unexpected(read.error());
        rows = std::make_shared<const AccountRows>(std::move(*read));
        stamp = text->stamp;
        return {};
    }

    // What the file says now; what it said last while it cannot be read.
    std::shared_ptr<const AccountRows> current() const {
        const std::lock_guard lock(mutex);
        const auto now = internal::stamp_of(file);
        if (now && *now != stamp) {
            // A file that does not read is tried again with every call: it costs little, and somebody repairs it.
            [[maybe_unused]] const auto ignored = read();
        }
        return rows;
    }

    Result<void> write(AccountRows changed) {
        if (auto written = internal::replace_private_file(file, internal::to_text(changed)); !written) return written;
        rows = std::make_shared<const AccountRows>(std::move(changed));
        stamp = internal::stamp_of(file).value_or(internal::FileStamp{});
        return {};
    }

    Result<void> change(const std::function<Result<void>(AccountRows&)>& how) {
        const auto turn = internal::lock_beside(file);
        if (!turn) return tl::unexpected(turn.error());
        const std::lock_guard lock(mutex);
        if (auto fresh = read(); !fresh) return fresh;
        AccountRows changed = *rows;
        if (auto done = how(changed); !done) return done;
        return write(std::move(changed));
    }
};

StaffAccounts::StaffAccounts(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
StaffAccounts::~StaffAccounts() {
    if (m_parts->made) sodium_memzero(m_parts->made->password.data(), m_parts->made->password.size());
}

Result<std::unique_ptr<StaffAccounts>> StaffAccounts::open(const std::filesystem::path& file) {
    if (sodium_init() < 0) return fail(Fault::Internal, "libsodium does not start");
    auto parts = std::make_unique<Parts>();
    parts->file = file;
    auto hash = internal::slow_hash(internal::random_password());
    if (!hash) return tl::unexpected(hash.error());
    parts->nobodys_hash = *hash;
    auto there = parts->read();
    if (!there && there.error().fault == Fault::NotFound) {
        // Two programs that start at once make one manager: the second finds the file once it has its turn.
        const auto turn = internal::lock_beside(file);
        if (!turn) return tl::unexpected(turn.error());
        there = parts->read();
        if (!there && there.error().fault == Fault::NotFound) {
            Made made{k_first_manager, internal::random_password()};
            auto first = internal::slow_hash(made.password);
            if (!first) return tl::unexpected(first.error());
            there = parts->write({{made.name, Role::Manager, true, *first, {}, internal::random_generation()}});
            if (there) parts->made = std::move(made);
        }
    }
    if (!there) return tl::unexpected(there.error());
    return std::unique_ptr<StaffAccounts>(new StaffAccounts(std::move(parts)));
}

std::optional<StaffAccounts::Made> StaffAccounts::take_made() {
    const std::lock_guard lock(m_parts->mutex);
    return std::exchange(m_parts->made, std::nullopt);
}

std::vector<Account> StaffAccounts::list() const {
    std::vector<Account> accounts;
    const auto rows = m_parts->current();
    for (const AccountRow& row : *rows) {
        accounts.push_back({row.name, row.role, row.must_change, !row.code_hash.empty()});
    }
    return accounts;
}

std::optional<Account> StaffAccounts::find(std::string_view name) const {
    const auto rows = m_parts->current();
    const AccountRow* row = row_named(*rows, name);
    if (row == nullptr) return std::nullopt;
    return Account{row->name, row->role, row->must_change, !row->code_hash.empty()};
}

bool StaffAccounts::password_matches(std::string_view name, std::string_view password) const {
    const auto rows = m_parts->current();
    const AccountRow* row = row_named(*rows, name);
    const bool matches =
        internal::slow_hash_matches(row == nullptr ? m_parts->nobodys_hash : row->password_hash, password);
    return matches && row != nullptr;
}

std::uint64_t StaffAccounts::generation(std::string_view name) const {
    const auto rows = m_parts->current();
    const AccountRow* row = row_named(*rows, name);
    return row == nullptr ? 0 : row->generation;
}

Result<void> StaffAccounts::change_password(std::string_view name, std::string_view password) {
    if (!find(name)) return not_there();
    if (auto why = why_not_a_password(password, name)) return fail(Fault::BadOptions, *why);
    auto hash = internal::slow_hash(password);
    if (!hash) return tl::unexpected(hash.error());
    return m_parts->change([&](AccountRows& rows) -> Result<void> {
        AccountRow* row = row_named(rows, name);
        if (row == nullptr) return not_there();
        row->password_hash = *hash;
        row->must_change = false;
        row->generation = internal::random_generation();
        return {};
    });
}

Result<StaffAccounts::Made> StaffAccounts::add(std::string_view name, Role role) {
    if (!is_account_name(name)) return fail(Fault::BadOptions, "not an account's name");
    Made made{std::string(name), internal::random_password()};
    auto hash = internal::slow_hash(made.password);
    if (!hash) return tl::unexpected(hash.error());
    auto done = m_parts->change([&](AccountRows& rows) -> Result<void> {
        if (row_named(rows, name) != nullptr) return fail(Fault::Conflict, "the name is taken");
        if (rows.size() >= k_most) return fail(Fault::BadOptions, "no more accounts fit");
        rows.push_back({made.name, role, true, *hash, {}, internal::random_generation()});
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return made;
}

Result<StaffAccounts::Made> StaffAccounts::reset_password(std::string_view name) {
    Made made{std::string(name), internal::random_password()};
    auto hash = internal::slow_hash(made.password);
    if (!hash) return tl::unexpected(hash.error());
    auto done = m_parts->change([&](AccountRows& rows) -> Result<void> {
        AccountRow* row = row_named(rows, name);
        if (row == nullptr) return not_there();
        row->password_hash = *hash;
        row->must_change = true;
        row->generation = internal::random_generation();
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return made;
}

Result<void> StaffAccounts::remove(std::string_view name) {
    return m_parts->change([&](AccountRows& rows) -> Result<void> {
        const AccountRow* row = row_named(rows, name);
        if (row == nullptr) return not_there();
        if (is_last_manager(rows, *row)) return fail(Fault::Conflict, "the last manager");
        std::erase_if(rows, [&](const AccountRow& r) { return r.name == name; });
        return {};
    });
}

Result<void> StaffAccounts::set_kiosk_code(std::string_view name, std::string_view code) {
    if (!code.empty() && !is_kiosk_code(code)) return fail(Fault::BadOptions, "a kiosk code has 6 to 12 digits");
    Result<std::string> hash = code.empty() ? Result<std::string>(std::string()) : internal::slow_hash(code);
    if (!hash) return tl::unexpected(hash.error());
    return m_parts->change([&](AccountRows& rows) -> Result<void> {
        AccountRow* row = row_named(rows, name);
        if (row == nullptr) return not_there();
        for (const AccountRow& other : rows) {
            if (code.empty() || other.name == name || other.code_hash.empty()) continue;
            if (internal::slow_hash_matches(other.code_hash, code))
                return fail(Fault::Conflict, "somebody else's code");
        }
        row->code_hash = *hash;
        return {};
    });
}

std::optional<std::string> StaffAccounts::who_has_code(std::string_view code) const {
    if (!is_kiosk_code(code)) return std::nullopt;
    std::optional<std::string> who;
    const auto rows = m_parts->current();
    for (const AccountRow& row : *rows) {
        if (!row.code_hash.empty() && internal::slow_hash_matches(row.code_hash, code)) who = row.name;
    }
    return who;
}

}  // namespace uketsuke::net
