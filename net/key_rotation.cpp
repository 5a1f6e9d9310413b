#include "net/key_rotation.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "net/internal/outbox_file.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

namespace fs = std::filesystem;

fs::path next_of(const fs::path& key_file) {
    return key_file.string() + ".next";
}

Error trouble(const fs::path& file, const std::string& what, int error) {
    return Error{Fault::BadKey, "key file " + file.string() + ": " + what + ": " + std::strerror(error)};
}

Result<void> sync_folder_of(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const internal::UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.ok() || ::fsync(fd.get()) != 0) return tl::unexpected(trouble(file, "its folder cannot be synced", errno));
    return {};
}

// The drafts that SealingKey::load() leaves when it is killed may hold the very key that is in use.
std::vector<fs::path> drafts_of(const fs::path& key_file) {
    const std::string start = key_file.filename().string() + ".";
    std::vector<fs::path> drafts;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(key_file.has_parent_path() ? key_file.parent_path() : ".", error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(start) && name.ends_with(".new")) drafts.push_back(entry.path());
    }
    return drafts;
}

void remove_drafts(const fs::path& key_file) {
    std::error_code error;
    for (const fs::path& draft : drafts_of(key_file)) fs::remove(draft, error);
}

Result<void> take_name(const fs::path& next, const fs::path& key_file) {
    if (::rename(next.c_str(), key_file.c_str()) != 0) {
        return tl::unexpected(trouble(next, "cannot take the place of the old key", errno));
    }
    remove_drafts(key_file);
    return sync_folder_of(key_file);
}

bool is_there(const fs::path& file) {
    std::error_code error;
    return fs::exists(fs::symlink_status(file, error));
}

enum class Fit { Yes, No };

// Does the outbox open with this key? Anything but a yes and a plain no is an error.
Result<Fit> fit(const fs::path& outbox, const fs::path& key_file) {
    auto key = SealingKey::load(key_file, KeyCreation::Never);
    if (!key) return is_there(key_file) ? Result<Fit>(tl::unexpected(key.error())) : Fit::No;
    OutboxOptions options;
    options.access = OutboxAccess::Maintenance;
    const auto opened = Outbox::open(outbox, std::move(*key), options);
    if (opened) return Fit::Yes;
    return opened.error().fault == Fault::BadKey ? Result<Fit>(Fit::No) : tl::unexpected(opened.error());
}

// The kiosk's lock is held by the caller, here or inside an Outbox.
Result<bool> finish_under_lock(const fs::path& outbox, const fs::path& key_file) {
    const fs::path next = next_of(key_file);
    if (!is_there(next)) return false;
    const auto old_fits = fit(outbox, key_file);
    if (!old_fits) return tl::unexpected(old_fits.error());
    if (*old_fits == Fit::Yes) {
        // Cut before the rows changed: the new key was never used.
        if (::unlink(next.c_str()) != 0) return tl::unexpected(trouble(next, "cannot be removed", errno));
        remove_drafts(next);
        return true;
    }
    const auto new_fits = fit(outbox, next);
    if (!new_fits) return tl::unexpected(new_fits.error());
    if (*new_fits == Fit::No) {
        return fail(Fault::BadKey, "key file " + key_file.string() + ": neither it nor " + next.string() +
                                       " is the key that the outbox was sealed with");
    }
    if (auto named = take_name(next, key_file); !named) return tl::unexpected(named.error());
    return true;
}

Result<KeyRotation> result_of(const Outbox& outbox, const fs::path& path) {
    const auto counts = outbox.counts();
    if (!counts) return tl::unexpected(counts.error());
    KeyRotation rotation;
    rotation.rows = counts->waiting() + counts->delivered + counts->needs_staff;
    std::error_code error;
    const auto left = fs::file_size(path.string() + "-wal", error);
    rotation.old_bytes_remain = !error && left > 0;
    return rotation;
}

}  // namespace

Result<KeyRotation> rotate_key(const fs::path& outbox, const fs::path& key_file) {
    const auto finished = finish_key_rotation(outbox, key_file);
    if (!finished) return tl::unexpected(finished.error());
    auto old_key = SealingKey::load(key_file, KeyCreation::Never);
    if (!old_key) return tl::unexpected(old_key.error());
    // Open until the end: its lock keeps a kiosk from starting between the two names.
    const auto opened = Outbox::open(outbox, std::move(*old_key));
    if (!opened) return tl::unexpected(opened.error());
    const fs::path next = next_of(key_file);
    auto new_key = SealingKey::load(next, KeyCreation::IfAbsent);
    if (!new_key) return tl::unexpected(new_key.error());
    if (auto changed = (*opened)->change_key(std::move(*new_key)); !changed) {
        // Whether a commit that failed is there after all, the next start finds out with both keys in place.
        return tl::unexpected(changed.error());
    }
    if (auto named = take_name(next, key_file); !named) return tl::unexpected(named.error());
    return result_of(**opened, outbox);
}

Result<KeyRotation> rotate_key_to(const fs::path& outbox, const fs::path& key_file, const fs::path& new_key_file) {
    auto new_key = SealingKey::load(new_key_file, KeyCreation::Never);
    if (!new_key) return tl::unexpected(new_key.error());
    auto old_key = SealingKey::load(key_file, KeyCreation::Never);
    if (!old_key) return tl::unexpected(old_key.error());
    auto opened = Outbox::open(outbox, std::move(*old_key));
    bool before = false;
    if (!opened && opened.error().fault == Fault::BadKey) {
        opened = Outbox::open(outbox, new_key->share());
        before = opened.has_value();
    }
    if (!opened) return tl::unexpected(opened.error());
    if (!before) {
        if (auto changed = (*opened)->change_key(std::move(*new_key)); !changed) return tl::unexpected(changed.error());
    }
    auto rotation = result_of(**opened, outbox);
    if (rotation) rotation->was_done_before = before;
    return rotation;
}

Result<bool> finish_key_rotation(const fs::path& outbox, const fs::path& key_file) {
    const bool begun = is_there(next_of(key_file));
    if (!begun && drafts_of(key_file).empty()) return false;
    const auto lock = internal::lock_outbox(outbox);
    if (!lock) return tl::unexpected(lock.error());
    if (begun) return finish_under_lock(outbox, key_file);
    // Cut while the new key was being made: it has no name and was never used.
    remove_drafts(key_file);
    return false;
}

}  // namespace uketsuke::net
