// Kinds of messages that no program of this folder can bring about: their programs are made by
// generated_test.cpp, their texts are recorded here like all others.
#pragma once

#include <set>
#include <string>

namespace bouton::golden {

// In kebab case.
[[nodiscard]] inline std::set<std::string> generated_kinds() {
  return {
      "file-too-long",  // takes a file of a quarter of a million words
      "no-code",        // takes a plan that lowering does not make
  };
}

}  // namespace bouton::golden
