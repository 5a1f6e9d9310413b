#include "net/keyring.h"

#include <fcntl.h>
#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "net/internal/audit_line.h"
#include "net/internal/hex.h"
#include "net/internal/keyring_file.h"
#include "net/internal/keyring_seal.h"
#include "net/internal/keyring_store.h"
#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

using internal::KeyringBook;
using internal::KeyringFile;
using internal::Turn;
using internal::UniqueFd;

// Another program holds it for as long as one code's work takes.
constexpr std::chrono::milliseconds longest_turn{10'000};

static_assert(Keyring::most_members == internal::most_keyring_wraps);

Result<void> check_code(std::string_view code) {
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && code.size() >= Keyring::shortest_code && code.size() <= Keyring::longest_code) return {};
    return fail(Fault::BadOptions, "a code is of 6 to 12 digits");
}

Result<void> check_name(const std::string& name) {
    const bool fits = !name.empty() && name.size() <= internal::longest_keyring_name;
    if (fits && internal::audit_text(name) == name) return {};
    return fail(Fault::BadOptions, "a name is of 1 to 100 bytes of printable UTF-8");
}

Result<void> check_options(const KeyringOptions& options) {
    if (options.most_wrong_codes < 1 || options.most_wrong_codes > 100) {
        return fail(Fault::BadOptions, "most_wrong_codes is 1 to 100");
    }
    if (options.work_passes < 1 || options.work_passes > internal::most_keyring_passes ||
        options.work_memory < internal::least_keyring_memory || options.work_memory > internal::most_keyring_memory) {
        return fail(Fault::BadOptions, "the work for a code is 1 to 10 passes over 8 MiB to 1 GiB");
    }
    return {};
}

Result<UniqueFd> open_lock(const std::filesystem::path& path) {
    const std::string name = path.string() + ".lock";
    UniqueFd fd(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.ok()) return tl::unexpected(internal::folder_error(errno, name));
    return fd;
}

}  // namespace

struct Keyring::Parts {
    std::filesystem::path path;
    SealingKey device_key;
    KeyringOptions options;
    UniqueFd lock;
    KeyringFile file{};  ///< as it was at the latest call

    Result<Turn> take_turn() const { return Turn::take(lock.get(), "keyring " + path.string(), longest_turn); }
    Result<void> write() const { return internal::write_keyring(path, file, device_key); }
    std::uint32_t limit() const { return static_cast<std::uint32_t>(options.most_wrong_codes); }
    bool is_spent() const { return file.destroyed || file.wrong_codes >= limit(); }

    /// What another program left; under the lock. A destruction that was cut off is finished, and so is a last try
    /// whose outcome nobody saw.
    Result<void> read() {
        auto read = internal::read_keyring(path, device_key);
        if (!read) return tl::unexpected(read.error());
        file = std::move(*read);
        return is_spent() ? destroy() : Result<void>{};
    }

    Result<void> destroy() {
        if (auto gone = internal::destroy_keyring(path, file, device_key); !gone) return gone;
        file.destroyed = true;
        file.wraps.clear();
        file.book.clear();
        return {};
    }

    Result<Member> add(const SealingKey& code_key, const SealingKey& data_key, KeyringBook book,
                       const std::string& name) {
        const KeyringFile before = file;
        file.wraps.push_back(internal::wrap_data_key(file, code_key, data_key));
        const Member member{book.next, name};
        book.entries.push_back({file.wraps.back().id, book.next++, name});
        file.book = internal::seal_book(file, data_key, book);
        if (auto written = write(); !written) {
            file = before;
            return tl::unexpected(written.error());
        }
        return member;
    }
};

Keyring::Keyring(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Keyring::~Keyring() = default;

Result<std::unique_ptr<Keyring>> Keyring::create(const std::filesystem::path& path, SealingKey device_key,
                                                 const std::string& name, std::string_view code,
                                                 const KeyringOptions& options) {
    for (const auto& checked : {check_options(options), check_name(name), check_code(code)}) {
        if (!checked) return tl::unexpected(checked.error());
    }
    auto lock = open_lock(path);
    if (!lock) return tl::unexpected(lock.error());
    auto parts = std::make_unique<Parts>(Parts{path, std::move(device_key), options, std::move(*lock)});
    const auto turn = parts->take_turn();
    if (!turn) return tl::unexpected(turn.error());
    if (internal::is_taken(path)) {
        // One that is damaged may hold a key that somebody can still save.
        const auto there = internal::read_keyring(path, parts->device_key);
        if (!there || !there->destroyed) return fail(Fault::Conflict, path.string() + ": there is a keyring already");
    }
    KeyringFile& file = parts->file;
    randombytes_buf(file.device.data(), file.device.size());
    randombytes_buf(file.salt.data(), file.salt.size());
    file.memory = options.work_memory;
    file.passes = options.work_passes;
    const auto code_key = internal::keyring_code_key(file, parts->device_key, code);
    if (!code_key) return tl::unexpected(code_key.error());
    if (auto made = parts->add(*code_key, SealingKey::random(), {}, name); !made) return tl::unexpected(made.error());
    return std::unique_ptr<Keyring>(new Keyring(std::move(parts)));
}

Result<std::unique_ptr<Keyring>> Keyring::open(const std::filesystem::path& path, SealingKey device_key,
                                               const KeyringOptions& options) {
    if (auto checked = check_options(options); !checked) return tl::unexpected(checked.error());
    if (!internal::is_taken(path)) return fail(Fault::NotFound, path.string() + ": there is no keyring");
    auto lock = open_lock(path);
    if (!lock) return tl::unexpected(lock.error());
    auto parts = std::make_unique<Parts>(Parts{path, std::move(device_key), options, std::move(*lock)});
    const auto turn = parts->take_turn();
    if (!turn) return tl::unexpected(turn.error());
    if (auto read = parts->read(); !read) return tl::unexpected(read.error());
    return std::unique_ptr<Keyring>(new Keyring(std::move(parts)));
}

std::string Keyring::device() const {
    return internal::to_hex(m_parts->file.device);
}

bool Keyring::destroyed() const {
    return m_parts->is_spent();
}

int Keyring::tries_left() const {
    return destroyed() ? 0 : static_cast<int>(m_parts->limit() - m_parts->file.wrong_codes);
}

std::size_t Keyring::members() const {
    return m_parts->file.wraps.size();
}

Result<Keyring::Attempt> Keyring::try_code(std::string_view code) {
    Parts& parts = *m_parts;
    const auto turn = parts.take_turn();
    if (!turn) return tl::unexpected(turn.error());
    if (auto read = parts.read(); !read) return tl::unexpected(read.error());
    if (parts.is_spent()) return Attempt{std::nullopt, 0, true};
    ++parts.file.wrong_codes;
    if (auto counted = parts.write(); !counted) return tl::unexpected(counted.error());
    const auto code_key = internal::keyring_code_key(parts.file, parts.device_key, code);
    auto wrap = code_key ? internal::open_wrap(parts.file, *code_key) : std::nullopt;
    if (!code_key) {
        // It was not tried, so it was not wrong.
        --parts.file.wrong_codes;
        [[maybe_unused]] const auto ignored = parts.write();
        return tl::unexpected(code_key.error());
    }
    if (!wrap) {
        // One that cannot be overwritten now is at the next call, or at the next start: the count stands.
        if (parts.is_spent()) [[maybe_unused]]
            const auto ignored = parts.destroy();
        return Attempt{std::nullopt, tries_left(), destroyed()};
    }
    const auto book = internal::open_book(parts.file, wrap->data_key);
    if (!book) return tl::unexpected(book.error());
    const auto entry = std::find_if(book->entries.begin(), book->entries.end(),
                                    [&](const KeyringBook::Entry& e) { return e.wrap == wrap->wrap; });
    if (entry == book->entries.end()) return fail(Fault::BadPayload, "keyring: a wrap that its book does not know");
    const std::uint32_t counted = std::exchange(parts.file.wrong_codes, 0);
    // Whose code is right gets in; where the disk cannot forgive, the count stands.
    if (!parts.write()) parts.file.wrong_codes = counted;
    return Attempt{Opened{std::move(wrap->data_key), {entry->number, entry->name}}, tries_left(), false};
}

Result<void> Keyring::refresh() {
    const auto turn = m_parts->take_turn();
    if (!turn) return tl::unexpected(turn.error());
    return m_parts->read();
}

Result<Keyring::Member> Keyring::enrol(const Opened& by, const std::string& name, std::string_view code) {
    for (const auto& checked : {check_name(name), check_code(code)}) {
        if (!checked) return tl::unexpected(checked.error());
    }
    Parts& parts = *m_parts;
    const auto turn = parts.take_turn();
    if (!turn) return tl::unexpected(turn.error());
    if (auto read = parts.read(); !read) return tl::unexpected(read.error());
    auto book = internal::open_book(parts.file, by.key);
    if (!book) return tl::unexpected(book.error());
    if (book->entries.size() >= most_members) return fail(Fault::Conflict, "there are 32 members, and no more");
    const auto code_key = internal::keyring_code_key(parts.file, parts.device_key, code);
    if (!code_key) return tl::unexpected(code_key.error());
    if (internal::open_wrap(parts.file, *code_key)) return fail(Fault::Conflict, "somebody has this code");
    return parts.add(*code_key, by.key, std::move(*book), name);
}

Result<std::vector<Keyring::Member>> Keyring::list(const SealingKey& data_key) const {
    Parts& parts = *m_parts;
    const auto turn = parts.take_turn();
    if (!turn) return tl::unexpected(turn.error());
    if (auto read = parts.read(); !read) return tl::unexpected(read.error());
    const auto book = internal::open_book(parts.file, data_key);
    if (!book) return tl::unexpected(book.error());
    std::vector<Member> members;
    for (const KeyringBook::Entry& entry : book->entries) members.push_back({entry.number, entry.name});
    return members;
}

Result<void> Keyring::remove(const SealingKey& data_key, std::uint32_t number) {
    Parts& parts = *m_parts;
    const auto turn = parts.take_turn();
    if (!turn) return tl::unexpected(turn.error());
    if (auto read = parts.read(); !read) return read;
    auto book = internal::open_book(parts.file, data_key);
    if (!book) return tl::unexpected(book.error());
    const auto entry = std::find_if(book->entries.begin(), book->entries.end(),
                                    [&](const KeyringBook::Entry& e) { return e.number == number; });
    if (entry == book->entries.end()) return fail(Fault::NotFound, "no member has this number");
    if (book->entries.size() == 1) return fail(Fault::Conflict, "the last member stays: nothing could be opened");
    const KeyringFile before = parts.file;
    std::erase_if(parts.file.wraps, [&](const internal::KeyringWrap& wrap) { return wrap.id == entry->wrap; });
    book->entries.erase(entry);
    parts.file.book = internal::seal_book(parts.file, data_key, *book);
    auto written = parts.write();
    if (!written) parts.file = before;
    return written;
}

Result<void> Keyring::destroy() {
    const auto turn = m_parts->take_turn();
    if (!turn) return tl::unexpected(turn.error());
    auto read = internal::read_keyring(m_parts->path, m_parts->device_key);
    if (read) m_parts->file = std::move(*read);
    return m_parts->destroy();
}

}  // namespace uketsuke::net
