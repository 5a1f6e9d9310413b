#pragma once
// The key of a tablet that leaves the house. Everything the tablet keeps is sealed under one data key; the data key is
// kept only wrapped, once for each member of staff, under what follows from their code (Argon2id) and the device's own
// key (a file or a systemd credential, which a TPM may hold): neither alone opens anything.
//
// The file tells nothing but how many members there are. Wrong codes are counted on the disk before the code is tried,
// so that pulling the battery takes none back; the tenth in a row destroys the wraps, and with them everything. A
// thief with a copy of the file and of the device's key can try codes elsewhere: keep the device's key in a TPM, and
// codes long.
//
// One process at a time may change it (flock on "<path>.lock"); every change is on the disk, whole or not at all, when
// the call returns. Any thread, one at a time.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"
#include "net/sealing.h"

namespace uketsuke::net {

struct KeyringOptions {
    int most_wrong_codes = 10;
    /// What Argon2id takes for one code; tests take less. Written into the file when it is made.
    std::uint64_t work_passes = 3;
    std::size_t work_memory = std::size_t{128} << 20;  ///< bytes
};

class Keyring {
  public:
    static constexpr std::size_t shortest_code = 6;  ///< digits
    static constexpr std::size_t longest_code = 12;
    static constexpr std::size_t most_members = 32;

    struct Member {
        std::uint32_t number = 0;  ///< from 1, never given twice
        std::string name;
        bool operator==(const Member&) const = default;
    };
    struct Opened {
        SealingKey key;  ///< the data key
        Member member;
    };
    /// What became of a code.
    struct Attempt {
        std::optional<Opened> opened;
        int tries_left = 0;
        bool destroyed = false;  ///< by this code, or before
    };

    /// Makes the file, with its first member and a fresh data key, on the device whose key this is. BadOptions: a code
    /// that is too short, too long or no digits, a name that is empty, over 100 bytes or unprintable; Conflict: there
    /// is one already that holds a key, or may: only a destroyed one is replaced.
    static Result<std::unique_ptr<Keyring>> create(const std::filesystem::path& path, SealingKey device_key,
                                                   const std::string& name, std::string_view code,
                                                   const KeyringOptions& options = {});
    /// NotFound, BadPayload (the file is damaged, or another device's), StorageBusy, StorageFailed. What a cut left
    /// half destroyed is destroyed, and so is a file whose last try nobody saw the end of.
    static Result<std::unique_ptr<Keyring>> open(const std::filesystem::path& path, SealingKey device_key,
                                                 const KeyringOptions& options = {});
    ~Keyring();
    Keyring(const Keyring&) = delete;
    Keyring& operator=(const Keyring&) = delete;

    /// By which the clinic reports this tablet as lost: 32 hexadecimal digits, made with the file.
    std::string device() const;
    // As the file was at the latest call here; another process may have changed it since.
    bool destroyed() const;
    int tries_left() const;
    std::size_t members() const;

    /// Takes as long as the work says, whatever the answer; any text counts as a try. Error: the disk did not take the
    /// count, or there was no memory for the work, so that the code was not tried.
    Result<Attempt> try_code(std::string_view code);
    /// What another program has made of it since: destroyed(), tries_left() and members() are as of now.
    Result<void> refresh();
    /// Another member. BadOptions as create(); Conflict: somebody has this code, or there are too many. BadKey, here
    /// and below: it is not this keyring's data key, or the keyring is destroyed.
    Result<Member> enrol(const Opened& by, const std::string& name, std::string_view code);
    Result<std::vector<Member>> list(const SealingKey& data_key) const;
    /// NotFound; Conflict: the last one stays.
    Result<void> remove(const SealingKey& data_key, std::uint32_t number);
    /// Overwrites every wrap; what was sealed under the data key is lost for good. Repeating it is fine.
    Result<void> destroy();

    struct Parts;

  private:
    explicit Keyring(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/// What the private key of the institution's certificate is sealed as.
inline constexpr std::string_view client_key_seal = "client-key";

/// A file whose whole content is sealed under the data key, such as the private key of the institution's certificate;
/// `what` is bound to it. Written whole or not at all, mode 0600.
Result<void> write_sealed_file(const std::filesystem::path& path, const SealingKey& key, std::string_view what,
                               std::span<const std::uint8_t> plain);
/// NotFound, BadPayload; larger than 64 KiB is BadPayload. Personal or secret: wipe after use.
Result<std::vector<std::uint8_t>> read_sealed_file(const std::filesystem::path& path, const SealingKey& key,
                                                   std::string_view what);

}  // namespace uketsuke::net
