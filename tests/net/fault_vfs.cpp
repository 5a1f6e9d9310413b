#include "tests/net/fault_vfs.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace uketsuke::net::testing {
namespace {

constexpr std::size_t sector = 512;
constexpr const char* name = "uketsuke-faults";

struct Change {
    std::int64_t at = 0;
    bool truncation = false;
    std::vector<std::uint8_t> bytes;
};

// What of a file is on the disk, and what only the operating system knows.
struct Disk {
    std::vector<std::uint8_t> durable;
    std::vector<Change> unsynced;
};

void apply(std::vector<std::uint8_t>& bytes, const Change& change, std::size_t from, std::size_t size) {
    const auto at = static_cast<std::size_t>(change.at) + from;
    if (bytes.size() < at + size) bytes.resize(at + size);
    std::copy_n(change.bytes.begin() + static_cast<std::ptrdiff_t>(from), size,
                bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

void apply(std::vector<std::uint8_t>& bytes, const Change& change) {
    if (change.truncation) {
        bytes.resize(static_cast<std::size_t>(change.at));
    } else {
        apply(bytes, change, 0, change.bytes.size());
    }
}

}  // namespace

struct FaultVfs::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::optional<IoFaultPlan> plan;
    std::int64_t calls = 0, failed = 0;
    bool holds = false, ignores_syncs = false;
    std::int64_t changes = 0;
    std::optional<std::int64_t> cut_at;
    std::map<std::string, Disk> disks;
    int error = 0;

    static State& of(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

    bool cut() const { return cut_at && changes >= *cut_at; }

    // SQLITE_OK, or what this call fails with. `code`: the plain I/O error of this kind of call.
    int next(int code, bool writes) {
        if (cut()) return code;
        const std::int64_t n = calls++;
        if (!plan || n < plan->from || (plan->length == FaultLength::Once && n > plan->from)) return SQLITE_OK;
        ++failed;
        switch (plan->kind) {
            case IoFault::Error:
                error = EIO;
                return code;
            case IoFault::Full:
                error = writes ? ENOSPC : EIO;
                return writes ? SQLITE_FULL : code;
            case IoFault::ReadOnly:
                error = writes ? EROFS : EACCES;
                return writes ? SQLITE_READONLY : code;
            case IoFault::ShortRead:
                error = 0;
                return code == SQLITE_IOERR_READ ? SQLITE_IOERR_SHORT_READ : code;
        }
        return code;
    }
};

namespace {

using State = FaultVfs::State;

struct File {
    sqlite3_file base;
    State* state;
    Disk* disk;  // null: not a file to hold writes of
    sqlite3_file* real;
};

File& of(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}

int close_file(sqlite3_file* file) {
    File& f = of(file);
    return f.real->pMethods != nullptr ? f.real->pMethods->xClose(f.real) : SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_READ, false); rc != SQLITE_OK) {
        // A short read hands over what there is and zeroes behind it.
        if (rc == SQLITE_IOERR_SHORT_READ) std::memset(into, 0, static_cast<std::size_t>(size));
        return rc;
    }
    return f.real->pMethods->xRead(f.real, into, size, at);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_WRITE, true); rc != SQLITE_OK) return rc;
    if (f.disk != nullptr && f.state->holds) {
        const auto* bytes = static_cast<const std::uint8_t*>(from);
        f.disk->unsynced.push_back({at, false, {bytes, bytes + size}});
        ++f.state->changes;
    }
    return f.real->pMethods->xWrite(f.real, from, size, at);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_TRUNCATE, true); rc != SQLITE_OK) return rc;
    if (f.disk != nullptr && f.state->holds) {
        f.disk->unsynced.push_back({size, true, {}});
        ++f.state->changes;
    }
    return f.real->pMethods->xTruncate(f.real, size);
}

int sync(sqlite3_file* file, int flags) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_FSYNC, true); rc != SQLITE_OK) return rc;
    if (f.disk != nullptr && f.state->holds) {
        ++f.state->changes;
        // The last change before the cut: the power goes while the disk is still at it.
        if (f.state->cut()) return SQLITE_IOERR_FSYNC;
        if (f.state->ignores_syncs) return SQLITE_OK;
        for (const Change& change : f.disk->unsynced) apply(f.disk->durable, change);
        f.disk->unsynced.clear();
        return SQLITE_OK;  // what the test needs is kept here: no wait for the real disk
    }
    return f.real->pMethods->xSync(f.real, flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_FSTAT, false); rc != SQLITE_OK) return rc;
    return f.real->pMethods->xFileSize(f.real, size);
}

int lock(sqlite3_file* file, int level) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_LOCK, false); rc != SQLITE_OK) return rc;
    return f.real->pMethods->xLock(f.real, level);
}

// Never fails: SQLite takes the loss of a lock it gives back for granted, as every file system does.
int unlock(sqlite3_file* file, int level) {
    File& f = of(file);
    return f.real->pMethods->xUnlock(f.real, level);
}

int check_reserved(sqlite3_file* file, int* out) {
    File& f = of(file);
    if (const int rc = f.state->next(SQLITE_IOERR_CHECKRESERVEDLOCK, false); rc != SQLITE_OK) return rc;
    return f.real->pMethods->xCheckReservedLock(f.real, out);
}

int control(sqlite3_file* file, int op, void* argument) {
    File& f = of(file);
    return f.real->pMethods->xFileControl(f.real, op, argument);
}

int sector_size(sqlite3_file* file) {
    File& f = of(file);
    return f.real->pMethods->xSectorSize(f.real);
}

int characteristics(sqlite3_file* file) {
    File& f = of(file);
    // A cut tears writes here, so powersafe overwrite must not be promised.
    return f.real->pMethods->xDeviceCharacteristics(f.real) & ~SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    File& f = of(file);
    // SQLITE_READONLY would say that it is mapped, only not for writing.
    if (const int rc = f.state->next(SQLITE_IOERR_SHMMAP, false); rc != SQLITE_OK) {
        *out = nullptr;
        return rc;
    }
    return f.real->pMethods->xShmMap(f.real, page, size, extend, out);
}

int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    File& f = of(file);
    if ((flags & SQLITE_SHM_LOCK) != 0) {
        if (const int rc = f.state->next(SQLITE_IOERR_SHMLOCK, false); rc != SQLITE_OK) return rc;
    }
    return f.real->pMethods->xShmLock(f.real, offset, n, flags);
}

void shm_barrier(sqlite3_file* file) {
    File& f = of(file);
    f.real->pMethods->xShmBarrier(f.real);
}

int shm_unmap(sqlite3_file* file, int remove) {
    File& f = of(file);
    return f.real->pMethods->xShmUnmap(f.real, remove);
}

constexpr sqlite3_io_methods methods{
    2,         close_file,     read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,        nullptr};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    State& state = State::of(vfs);
    File& f = of(file);
    f.base.pMethods = nullptr;
    if (const int rc = state.next(SQLITE_CANTOPEN, (flags & SQLITE_OPEN_READWRITE) != 0); rc != SQLITE_OK) return rc;
    f.state = &state;
    f.disk = path != nullptr && state.holds ? &state.disks[path] : nullptr;
    f.real = reinterpret_cast<sqlite3_file*>(&f + 1);
    const int rc = state.real->xOpen(state.real, path, f.real, flags, out_flags);
    if (f.real->pMethods != nullptr) f.base.pMethods = &methods;
    return rc;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    State& state = State::of(vfs);
    if (const int rc = state.next(SQLITE_IOERR_DELETE, true); rc != SQLITE_OK) return rc;
    if (state.holds) {
        ++state.changes;
        if (state.cut()) return SQLITE_IOERR_DELETE;
        state.disks.erase(path);
    }
    return state.real->xDelete(state.real, path, sync_folder);
}

int access_file(sqlite3_vfs* vfs, const char* path, int flags, int* out) {
    State& state = State::of(vfs);
    if (const int rc = state.next(SQLITE_IOERR_ACCESS, false); rc != SQLITE_OK) return rc;
    return state.real->xAccess(state.real, path, flags, out);
}

int full_name(sqlite3_vfs* vfs, const char* path, int size, char* out) {
    State& state = State::of(vfs);
    return state.real->xFullPathname(state.real, path, size, out);
}

int random_bytes(sqlite3_vfs* vfs, int size, char* out) {
    return State::of(vfs).real->xRandomness(State::of(vfs).real, size, out);
}

// Nobody is there to wait for.
int sleep_for(sqlite3_vfs*, int microseconds) {
    return microseconds;
}

int current_time(sqlite3_vfs* vfs, double* out) {
    return State::of(vfs).real->xCurrentTime(State::of(vfs).real, out);
}

int current_time_ms(sqlite3_vfs* vfs, sqlite3_int64* out) {
    return State::of(vfs).real->xCurrentTimeInt64(State::of(vfs).real, out);
}

int last_error(sqlite3_vfs* vfs, int, char*) {
    return State::of(vfs).error;
}

}  // namespace

ScratchFolder memory_folder() {
    return ScratchFolder(::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "");
}

FaultVfs::FaultVfs() : m_state(new State) {
    State& s = *m_state;
    s.real = sqlite3_vfs_find(nullptr);
    s.vfs.iVersion = 2;
    s.vfs.szOsFile = static_cast<int>(sizeof(File)) + s.real->szOsFile;
    s.vfs.mxPathname = s.real->mxPathname;
    s.vfs.zName = name;
    s.vfs.pAppData = &s;
    s.vfs.xOpen = open_file;
    s.vfs.xDelete = remove_file;
    s.vfs.xAccess = access_file;
    s.vfs.xFullPathname = full_name;
    s.vfs.xRandomness = random_bytes;
    s.vfs.xSleep = sleep_for;
    s.vfs.xCurrentTime = current_time;
    s.vfs.xGetLastError = last_error;
    s.vfs.xCurrentTimeInt64 = current_time_ms;
    if (sqlite3_vfs_register(&s.vfs, 1) != SQLITE_OK) throw std::runtime_error("the fault VFS cannot be registered");
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_register(m_state->real, 1);
    sqlite3_vfs_unregister(&m_state->vfs);
    delete m_state;
}

void FaultVfs::arm(const IoFaultPlan& plan) {
    m_state->plan = plan;
    m_state->calls = 0;
    m_state->failed = 0;
}

std::int64_t FaultVfs::disarm() {
    m_state->plan.reset();
    return m_state->calls;
}

std::int64_t FaultVfs::failed() const {
    return m_state->failed;
}

void FaultVfs::hold_unsynced_writes() {
    m_state->holds = true;
}

void FaultVfs::ignore_syncs(bool ignore) {
    m_state->ignores_syncs = ignore;
}

std::int64_t FaultVfs::changes() const {
    return m_state->changes;
}

void FaultVfs::cut_power_at(std::int64_t change) {
    m_state->cut_at = change;
}

bool FaultVfs::power_is_cut() const {
    return m_state->cut();
}

void FaultVfs::leave_after_cut(const std::filesystem::path& folder, std::mt19937_64& chance) const {
    for (const auto& [path, disk] : m_state->disks) {
        // The shared memory of the WAL is memory: it does not survive, and SQLite makes it anew.
        std::vector<std::uint8_t> bytes = disk.durable;
        for (const Change& change : disk.unsynced) {
            if (change.truncation) {
                if (chance() % 2 == 0) apply(bytes, change);
                continue;
            }
            // Each write reaches the disk whole, not at all, or torn: some of its sectors, the last cut short.
            const auto fate = chance() % 4;
            if (fate == 0) continue;
            if (fate == 1) {
                apply(bytes, change);
                continue;
            }
            for (std::size_t at = 0; at < change.bytes.size(); at += sector) {
                if (chance() % 2 == 0) continue;
                std::size_t size = std::min(sector, change.bytes.size() - at);
                if (fate == 3 && chance() % 8 == 0) size = 1 + chance() % size;
                apply(bytes, change, at, size);
            }
        }
        std::ofstream out(folder / std::filesystem::path(path).filename(), std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
}

}  // namespace uketsuke::net::testing
