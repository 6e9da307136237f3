// Part of every test program: none of them, nor any program it starts, reads or writes the code
// cache of whoever runs it, unless a test names a folder of its own.
#include <cstdlib>

namespace {

[[maybe_unused]] const int kWithoutCodeCache = ::setenv("BOUTON_CACHE_DIR", "", 1);

}  // namespace
