#include "card/refused_numbers.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace uketsuke::card {
namespace {

constexpr std::string_view k_magic = "UKRN0001";
constexpr std::size_t k_mac_size = 32;
constexpr std::size_t k_header_size = k_magic.size() + k_mac_size;

using Mac = std::array<std::uint8_t, k_mac_size>;

enum class Purpose : std::uint8_t { Card = 'C', Number = 'N', File = 'F' };

Mac hmac(std::span<const std::uint8_t> key, Purpose purpose, std::string_view text,
         std::span<const std::uint8_t> bytes = {}) {
    SecretBytes message;
    message.reserve(1 + text.size() + bytes.size());
    message.push_back(static_cast<std::uint8_t>(purpose));
    message.insert(message.end(), text.begin(), text.end());
    message.insert(message.end(), bytes.begin(), bytes.end());
    Mac mac{};
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), mac.data(), nullptr);
    return mac;
}

class File {
  public:
    File(const std::string& path, int flags) : m_file(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(); }
    int get() const { return m_file; }
    explicit operator bool() const { return m_file >= 0; }
    bool close() { return m_file < 0 || ::close(std::exchange(m_file, -1)) == 0; }

  private:
    int m_file;
};

tl::unexpected<Error> failed(const std::string& path, std::string_view step, int number = errno) {
    return fail(Fault::BadConfig, path + ": " + std::string(step) + ": " + std::strerror(number));
}

// Nothing when there is no such file. One byte more than `most` at most, so that the caller sees too long a file.
Result<std::optional<Bytes>> read_file(const std::string& path, std::size_t most) {
    const File file(path, O_RDONLY);
    if (!file && errno == ENOENT) return std::nullopt;
    if (!file) return failed(path, "open");
    Bytes content(most + 1);
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got = ::read(file.get(), content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(path, "read");
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    content.resize(size);
    return content;
}

bool write_all(int file, std::span<const std::uint8_t> content) {
    while (!content.empty()) {
        const ssize_t put = ::write(file, content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        content = content.subspan(static_cast<std::size_t>(put));
    }
    return true;
}

// At every moment the path holds the old content or the new one, also across a power cut.
Result<void> replace_file(const std::string& path, std::span<const std::uint8_t> content) {
    const std::string fresh = path + ".new";
    File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) return failed(fresh, "open");
    // The mode of a file that was left behind is not ours to trust.
    if (::fchmod(file.get(), 0600) != 0) return failed(fresh, "chmod");
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0 || !file.close()) return failed(fresh, "write");
    if (std::rename(fresh.c_str(), path.c_str()) != 0) return failed(path, "rename");
    const auto slash = path.find_last_of('/');
    const File folder(slash == std::string::npos ? "." : path.substr(0, slash + 1), O_RDONLY | O_DIRECTORY);
    if (!folder || ::fsync(folder.get()) != 0) return failed(path, "fsync of its folder");
    return {};
}

}  // namespace

RefusedNumbers::RefusedNumbers(std::span<const std::uint8_t, k_key_size> key) : m_key(key.begin(), key.end()) {}

Result<RefusedNumbers> RefusedNumbers::open(std::string path, std::span<const std::uint8_t, k_key_size> key) {
    RefusedNumbers numbers(key);
    numbers.m_path = std::move(path);
    if (auto loaded = numbers.load(); !loaded) return tl::unexpected(loaded.error());
    return numbers;
}

RefusedNumbers::Record RefusedNumbers::record_of(std::string_view card, const NumberB& number) const {
    Record record;
    const Mac of_card = hmac(m_key, Purpose::Card, card);
    // The number's 14 digits end the message: no card's text can be taken for a part of them.
    const Mac of_number = hmac(m_key, Purpose::Number, card, number.ascii());
    std::copy_n(of_card.begin(), record.card.size(), record.card.begin());
    std::copy_n(of_number.begin(), record.number.size(), record.number.begin());
    return record;
}

const RefusedNumbers::Record* RefusedNumbers::find(const Record& record) const {
    const auto found =
        std::find_if(m_records.begin(), m_records.end(), [&](const Record& one) { return one.same(record); });
    return found == m_records.end() ? nullptr : &*found;
}

bool RefusedNumbers::refused(std::string_view card, const NumberB& number) const {
    const Record* found = find(record_of(card, number));
    return found != nullptr && found->tries_before == 0;
}

bool RefusedNumbers::doubtful(std::string_view card, const NumberB& number, int tries_now) const {
    const Record* found = find(record_of(card, number));
    return found != nullptr && found->tries_before != 0 && tries_now < found->tries_before;
}

void RefusedNumbers::put(Record record) {
    std::erase_if(m_records, [&](const Record& one) { return one.same(record); });
    if (m_records.size() >= k_most) m_records.erase(m_records.begin());
    m_records.push_back(record);
    save();
}

void RefusedNumbers::remember_wrong(std::string_view card, const NumberB& number) {
    put(record_of(card, number));
}

void RefusedNumbers::remember_lost(std::string_view card, const NumberB& number, int tries_before) {
    Record record = record_of(card, number);
    const Record* known = find(record);
    // What is certain stays certain.
    if (known != nullptr && known->tries_before == 0) return;
    record.tries_before = static_cast<std::uint8_t>(std::clamp(tries_before, 1, 15));
    put(record);
}

void RefusedNumbers::remember_right(std::string_view card, const NumberB& number) {
    const Record right = record_of(card, number);
    bool changed = std::erase_if(m_records, [&](const Record& one) { return one.same(right); }) != 0;
    for (Record& record : m_records) {
        if (record.card != right.card || record.tries_before == 0) continue;
        record.tries_before = 0;
        changed = true;
    }
    if (changed) save();
}

Bytes RefusedNumbers::encoded() const {
    Bytes out(k_header_size + m_records.size() * k_record_size);
    auto at = out.begin() + k_header_size;
    for (const Record& record : m_records) {
        at = std::copy(record.card.begin(), record.card.end(), at);
        at = std::copy(record.number.begin(), record.number.end(), at);
        *at++ = record.tries_before;
    }
    const Mac mac = hmac(m_key, Purpose::File, k_magic, std::span(out).subspan(k_header_size));
    std::copy(mac.begin(), mac.end(), std::copy(k_magic.begin(), k_magic.end(), out.begin()));
    return out;
}

bool RefusedNumbers::decode(std::span<const std::uint8_t> file) {
    if (file.size() < k_header_size || (file.size() - k_header_size) % k_record_size != 0) return false;
    if (file.size() > k_header_size + k_most * k_record_size) return false;
    if (!std::equal(k_magic.begin(), k_magic.end(), file.begin())) return false;
    const auto records = file.subspan(k_header_size);
    const Mac mac = hmac(m_key, Purpose::File, k_magic, records);
    if (CRYPTO_memcmp(mac.data(), file.data() + k_magic.size(), mac.size()) != 0) return false;
    for (std::size_t at = 0; at < records.size(); at += k_record_size) {
        const auto bytes = records.subspan(at, k_record_size);
        Record record;
        std::copy_n(bytes.begin(), record.card.size(), record.card.begin());
        std::copy_n(bytes.begin() + record.card.size(), record.number.size(), record.number.begin());
        record.tries_before = bytes.back();
        m_records.push_back(record);
    }
    return true;
}

Result<void> RefusedNumbers::load() {
    const auto content = read_file(m_path, k_header_size + k_most * k_record_size);
    if (!content) return tl::unexpected(content.error());
    if (*content && decode(**content)) return {};
    if (*content) {
        const std::string aside = m_path + ".damaged";
        if (std::rename(m_path.c_str(), aside.c_str()) != 0) return failed(m_path, "rename");
        m_started_afresh = true;
    }
    // Written at once, so that a folder that cannot be written to is told at the start and not at the first card.
    return replace_file(m_path, encoded());
}

void RefusedNumbers::save() {
    if (m_path.empty()) return;
    m_failure.reset();
    if (auto written = replace_file(m_path, encoded()); !written) m_failure = written.error();
}

}  // namespace uketsuke::card
