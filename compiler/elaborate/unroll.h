// Which loops go through members of families, and their turns.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Whether the statement names a circuit, a part of one, a member of a family, or what it resets or
// replays.
[[nodiscard]] bool names_members(const model::Stmt& stmt);

// Whether the loop's variables decide which members its body names.
[[nodiscard]] bool picks_members(const model::For& loop);

// For each turn the values of the loop's variables: numbers, texts or arrays. Nothing where the
// sequence is not known before the experiment runs, goes through too many turns, or where a turn
// may `break` or counts with `every`; reported if the loop must be unrolled.
constexpr std::size_t kMostTurns = 10'000;
using Turns = std::vector<std::vector<runtime::Value>>;
[[nodiscard]] std::optional<Turns> turns_of(const model::For& loop, bool must, Builder& builder);

}  // namespace bouton::elaborate
