// The names of one declaration: what each stands for and its type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/model/ids.h"
#include "compiler/model/type.h"
#include "compiler/source/span.h"

namespace bouton::model {

enum class SymbolKind : std::uint8_t {
  // neurons, synapses, rules
  Parameter,
  Input,
  Noise,
  State,
  Algebraic,
  Trace,
  Broadcast,
  Weight,    // `w` of a rule or synapse
  PairTime,  // the name bound by on pair(dt): t_post - t_pre in steps
  SpikeAge,  // the name bound by psp(s)
  Local,     // `let` in a handler
  // predefined where they make sense
  Timestep,
  Time,
  SinceSpike,
  Spiked,
  SpikeProbability,
  // experiments and circuits
  Constant,  // let
  Variable,  // var
  LoopVariable,
  RunResult,  // bound by observing
  Elapsed,
  Population,
  Projection,
  CircuitInstance,
  Phase,
};

struct Symbol {
  std::string name;
  source::Span span;  // of the declaring name; empty for predefined symbols
  SymbolKind kind = SymbolKind::Local;
  Type type;
};

class Scope {
 public:
  SymbolId add(Symbol symbol) { return symbols_.add(std::move(symbol)); }
  [[nodiscard]] const Symbol& operator[](SymbolId id) const { return symbols_[id]; }
  [[nodiscard]] Symbol& operator[](SymbolId id) { return symbols_[id]; }
  // The last symbol of that name (an inner `let` or loop variable is added after the outer names
  // and never hides one).
  [[nodiscard]] std::optional<SymbolId> find(std::string_view name) const;
  [[nodiscard]] const Table<SymbolId, Symbol>& all() const { return symbols_; }

 private:
  Table<SymbolId, Symbol> symbols_;
};

}  // namespace bouton::model
