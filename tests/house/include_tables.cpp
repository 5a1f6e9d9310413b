#include "tests/house/include_rules.h"

namespace uketsuke::house {

const std::vector<Room>& rooms() {
    static const std::vector<Room> k_rooms{
        {"card", {}, "a card library that stands alone can be read, fuzzed and used elsewhere"},
        {"vision", {}, "a face library that stands alone can be measured on its own"},
        {"net", {}, "the queue and the service client outlive every change of the kiosk around them"},
        {"app/core", {}, "the reception is a pure function, so that every state and every event can be tried"},
        {"app/config", {"app/core"}, "it turns a file into values; what they open is not its business"},
        {"app/ui",
         {"app/core"},
         "it draws a view and returns an intent: without devices or files it can be pictured off-screen"},
        {"app/voice",
         {"app/core", "app/ui/message.h", "app/ui/text.h"},
         "it speaks the screens' sentences and knows no screen"},
        {"app/workers",
         {"card", "vision", "net", "app/core", "app/config"},
         "the only place that turns an effect into a call of a room; a screen would tie the threads to a window"},
        {"app/desk",
         {"net", "app/core", "app/workers"},
         "it turns steps and rows into what staff see, and staff's wishes into events; it decides nothing"},
        {"app/demo", {"card", "vision", "net", "app"}, "a rehearsal uses every virtual device"},
        {"app/main", {"card", "vision", "net", "app"}, "wiring: it opens every device and joins every thread"},
        {"app/programs", {"card", "vision", "net", "app"}, "each program shows a room to somebody at a terminal"},
        {"tests", {"card", "vision", "net", "app"}, "tests look at everything"},
    };
    return k_rooms;
}

const std::vector<Library>& libraries() {
    static const std::vector<Library> k_libraries{
        {"tl::expected",
         {"tl/expected.hpp"},
         {"card", "vision", "net", "app/config", "app/ui", "app/voice", "app/workers", "app/demo", "app/desk",
          "app/main", "app/programs"},
         "errors are values everywhere but in the core, which has none"},
        {"SDL's audio", {"SDL.h"}, {"app/ui", "app/voice"}, "the library that opens the window opens the loudspeaker"},
        {"Dear ImGui, SDL, OpenGL, libpng",
         {"imgui", "backends/imgui", "SDL", "GL/", "GLES", "EGL/", "png.h"},
         {"app/ui"},
         "one folder knows the window and its version of ImGui"},
        {"OpenCV",
         {"opencv2/"},
         {"vision", "card/front"},
         "pictures leave the room as vision::Image, and the card's front as a FrontPicture"},
        {"Tesseract and its pictures",
         {"tesseract/", "leptonica/"},
         {"card/front"},
         "one place reads printed text, and wipes what it read"},
        {"pango, cairo and fontconfig",
         {"pango/", "cairo", "fontconfig/"},
         {"card/front", "app/ui"},
         "drawn cards and the words of the screens; nothing else is set in type"},
        {"dlib and its linear algebra", {"dlib/", "cblas.h"}, {"vision"}, "slow to compile and easy to misuse"},
        {"SQLite",
         {"sqlite3.h"},
         {"net", "app/programs/bench"},
         "one owner of the queue's file; the bench measures the bare commit"},
        {"libcurl",
         {"curl/"},
         {"net", "app/programs/bench"},
         "one client of the service; the bench measures the bare call"},
        {"cpp-httplib", {"httplib.h"}, {"net"}, "the simulator's server"},
        {"libmicrohttpd", {"microhttpd.h"}, {"net"}, "the desk's server, which no slow client may hold up"},
        {"pugixml", {"pugixml.hpp"}, {"net"}, "OQS documents are read and written in one room"},
        {"iconv", {"iconv.h"}, {"net"}, "only OQS documents come in Shift_JIS"},
        {"PC/SC",
         {"winscard.h", "PCSC/", "reader.h"},
         {"card", "app/programs/bench"},
         "one owner of the card's session; the bench measures the bare exchange"},
        {"OpenSSL",
         {"openssl/"},
         {"card", "net", "app/programs/bench"},
         "certificates and signatures are the rooms' business; the bench signs its own load"},
        {"libsodium",
         {"sodium.h"},
         {"net", "app/config", "app/workers"},
         "sealing in net, the staff code's hash in config, chance and wiping in the workers"},
        {"toml++",
         {"toml++/"},
         {"card", "vision", "net", "app/config"},
         "personas, operating points, the simulator's people, the configuration"},
        {"nlohmann-json",
         {"nlohmann/"},
         {"net", "app/main", "app/demo", "app/desk", "app/programs"},
         "the simulator's state and what programs print"},
        {"fmt",
         {"fmt/"},
         {"card", "vision", "net", "app/config", "app/ui", "app/voice", "app/workers", "app/demo", "app/desk",
          "app/main", "app/programs"},
         "text is made anywhere but in the core"},
        {"spdlog", {"spdlog/"}, {"app/main", "app/workers"}, "rooms return values; the program decides what is logged"},
        {"CLI11", {"CLI/"}, {"app/main", "app/programs"}, "only programs have a command line"},
        {"GoogleTest", {"gtest/", "gmock/"}, {}, "tests live in tests/"},
        {"POSIX",
         {"arpa/",     "cpuid.h",     "dirent.h", "dlfcn.h",  "endian.h",  "errno.h", "fcntl.h",
          "ifaddrs.h", "immintrin.h", "linux/",   "malloc.h", "net/if.h",  "netdb.h", "netinet/",
          "poll.h",    "pthread.h",   "pwd.h",    "sched.h",  "signal.h",  "spawn.h", "stdlib.h",
          "strings.h", "string.h",    "sys/",     "syslog.h", "termios.h", "time.h",  "unistd.h"},
         {"card", "vision", "net", "app/config", "app/ui", "app/voice", "app/workers", "app/demo", "app/main",
          "app/programs"},
         "the system is everywhere but in the core"},
    };
    return k_libraries;
}

const std::vector<std::string>& impure_headers() {
    static const std::vector<std::string> k_headers{"atomic",       "condition_variable",
                                                    "cstdio",       "ctime",
                                                    "filesystem",   "fstream",
                                                    "future",       "iostream",
                                                    "istream",      "latch",
                                                    "mutex",        "ostream",
                                                    "random",       "semaphore",
                                                    "shared_mutex", "sstream",
                                                    "stop_token",   "syncstream",
                                                    "thread",       "print"};
    return k_headers;
}

const std::vector<ForbiddenWords>& forbidden_words() {
    static const std::vector<ForbiddenWords> k_words{
        {{"card", "vision", "net"},
         {"std::thread", "std::jthread", "std::async", "pthread_create"},
         "threads are named, started and joined in one place"},
        {{"card", "vision", "net", "app/core", "app/config", "app/ui", "app/voice"},
         {"std::cout", "std::cerr", "std::clog", "spdlog", "fmt::print", "std::printf", "std::fprintf", "syslog("},
         "a room returns values; what it printed might be personal"},
        {{"app/core"},
         {"_clock::now", "std::random_device", "std::mt19937", "getenv", "std::rand"},
         "time and chance enter the reception inside events"},
        {{"card", "vision", "app/core", "app/ui", "app/voice", "app/config"},
         {"getenv("},
         "devices are chosen by the configuration, never by the environment"},
    };
    return k_words;
}

}  // namespace uketsuke::house
