// Makes a program smaller while it keeps its bug: takes out declarations, statements, items of
// lists, operands, and makes numbers small. It works on the text, so that a new feature of the
// language needs nothing here.
#pragma once

#include <functional>
#include <string>

#include "tests/support/programs/trial.h"

namespace bouton::fuzz {

using Try = std::function<Verdict(const std::string& text)>;

// `attempts`: programs tried at most.
[[nodiscard]] std::string shrink_program(std::string text, const Try& attempt, int attempts);

}  // namespace bouton::fuzz
