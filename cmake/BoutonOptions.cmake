# Language level, warnings and the flags that bit-exactness rests on (docs/exactness.md).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(BOUTON_CCACHE ccache)
if(BOUTON_CCACHE)
  # Paths relative to the checkout, so that all checkouts on a machine share the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${BOUTON_CCACHE})
endif()

set(BOUTON_SANITIZE "" CACHE STRING "sanitizers for everything, such as address,undefined")

add_library(bouton_flags INTERFACE)
target_compile_options(bouton_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -ffp-contract=off -fno-math-errno
  -Wno-psabi)  # wide vectors are only ever passed to functions that are inlined (runtime/math/lanes.h)
target_link_options(bouton_flags INTERFACE -Wl,--build-id=sha1)  # part of the key of cached code (compiler/cache/identity.h)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(bouton_flags INTERFACE -Wno-restrict)  # GCC bug 105651: false alarm for "text" + std::string
endif()
if(BOUTON_SANITIZE)
  # Instrumented code makes g++ warn of uninitialised values that are not.
  target_compile_options(bouton_flags INTERFACE -fsanitize=${BOUTON_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -Wno-maybe-uninitialized)
  target_link_options(bouton_flags INTERFACE -fsanitize=${BOUTON_SANITIZE})
endif()

# The fuzzers of libFuzzer, for clang. Its warnings are not those that the sources are kept free of.
option(BOUTON_FUZZERS "build the libFuzzer targets" OFF)
if(BOUTON_FUZZERS)
  target_compile_options(bouton_flags INTERFACE -w -fsanitize=fuzzer-no-link)
  add_compile_options(-fsanitize=fuzzer-no-link)  # the generated parser as well
endif()
