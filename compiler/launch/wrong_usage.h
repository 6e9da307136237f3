// Wrong command lines in the form of all other errors: what was seen, and a hint.
#pragma once

#include <string>

namespace CLI {  // NOLINT: theirs
class App;
class Error;
}  // namespace CLI

namespace bouton::launch {

// For CLI::App::failure_message. Ends with a line break.
[[nodiscard]] std::string describe_wrong_usage(const CLI::App* app, const CLI::Error& error);

}  // namespace bouton::launch
