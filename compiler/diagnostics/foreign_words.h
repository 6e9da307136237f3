// Words that people bring from other simulators and languages, and what this one has in their
// place. One table, asked only where a word means nothing.
#pragma once

#include <string>
#include <string_view>

namespace bouton::diagnostics {

// Where the word stands: at the beginning of an item of a neuron, synapse or rule, at that of a
// statement of an experiment, in the place of a function or of a value, or as a clause of a
// projection.
enum class WordPlace { Item, Statement, Function, Value, Clause };

// A hint such as "a run is started by `run 1 s`"; empty for words that are not in the table.
[[nodiscard]] std::string hint_about_foreign_word(std::string_view word, WordPlace place);

}  // namespace bouton::diagnostics
