// Ids of the typed program's parts.
#pragma once

#include "compiler/base/ids.h"

namespace bouton::model {

using SymbolId =
    Id<struct SymbolTag>;  // into the Scope of the declaration that the expression stands in
using FunctionId = Id<struct FunctionTag>;
using NeuronId = Id<struct NeuronTag>;
using SynapseId = Id<struct SynapseTag>;
using RuleId = Id<struct RuleTag>;
using CircuitId = Id<struct CircuitTag>;
using ExperimentId = Id<struct ExperimentTag>;
using BuiltinId = Id<struct BuiltinTag>;  // into builtins()

}  // namespace bouton::model
