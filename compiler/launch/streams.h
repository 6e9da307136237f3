// Standard output and standard error of the tool and of executables. A full disk, a closed stream
// or a pipe that nobody reads loses what is printed, and nothing else: printing never throws, and
// what was lost on standard output is an error at the end.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace bouton::launch {

// First of all: a descriptor below 3 that is closed would be given to the next file that is opened.
void open_missing_streams();

void write(std::FILE* stream, const std::string& text);

template <typename... Arguments>
void print(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  write(stdout, fmt::format(text, std::forward<Arguments>(arguments)...));
}
template <typename... Arguments>
void print_error(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  write(stderr, fmt::format(text, std::forward<Arguments>(arguments)...));
}

// Last of all: says if something printed was lost, and turns success into a failed run.
[[nodiscard]] int close_streams(int code);

// A command from beginning to end: its exit code, whatever is thrown.
[[nodiscard]] int run_guarded(int (*command)(int, char**), int argument_count, char** arguments);

}  // namespace bouton::launch
