// A whole random program that the checker accepts, elaboration can bind, and both the interpreter
// and the compiler can execute.
#pragma once

#include <cstdint>
#include <string>

namespace bouton::fuzz {

[[nodiscard]] std::string make_program(std::uint64_t seed);

}  // namespace bouton::fuzz
