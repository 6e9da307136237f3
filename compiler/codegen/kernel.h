// Kernels as code: the loops over a space, the body at one position, reductions.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "compiler/codegen/fired.h"

namespace bouton::codegen {

// Vectors that the caller of a body passes: Input::Interval in pair handlers, Input::Elapsed in
// skips.
using Inputs = std::map<plan::Input, llvm::Value*>;

// Emits the body of a kernel at a position; returns the values by op.
std::vector<llvm::Value*> emit_body(Emission& e, const plan::Kernel& kernel,
                                    const Position& position, const Inputs& inputs);

// One bool for each op of a body.
using OpSet = std::vector<bool>;
// The same for some ops only. `known` holds values by op, null where there is none; values that
// neither are known nor are to be emitted stay null, and nothing that is emitted may want them.
std::vector<llvm::Value*> emit_ops(Emission& e, const plan::Kernel& kernel,
                                   const Position& position, const Inputs& inputs,
                                   const OpSet& emitted, std::vector<llvm::Value*> known);

// Emits a whole kernel: every element of its space, or those that one of the guards lets through.
void emit_kernel(Emission& e, const plan::Kernel& kernel, const std::vector<Guard>& guards,
                 const Inputs& inputs = {});

// The same with another way to emit the body.
using BodyAt = std::function<std::vector<llvm::Value*>(const Position&)>;
void emit_kernel_by(Emission& e, const plan::Kernel& kernel, const std::vector<Guard>& guards,
                    const BodyAt& body);

// Calls `at` for the elements of a position that one of the guards lets through, if there are any;
// without guards for all.
void emit_where_fired(Emission& e, Position position, const std::vector<Guard>& guards,
                      const AtPosition& at);

// Calls `at` for every position of a space below `from`, vectors along the innermost axis (or the
// lanes). Code is emitted twice where the last vector is not full.
void emit_space(Emission& e, const std::vector<plan::AxisId>& space, const Position& from,
                const AtPosition& at);
// The same one element at a time, whatever the width.
void emit_elements(Emission& e, const std::vector<plan::AxisId>& space, const Position& from,
                   const AtPosition& at);

// The synapse's neurons as indices of their populations (vectors of i64).
[[nodiscard]] llvm::Value* post_index(Emission& e, const Position& position, plan::LinkId link);
[[nodiscard]] llvm::Value* pre_index(Emission& e, const Position& position, plan::LinkId link);
// Elements whose synapse exists; null: all.
[[nodiscard]] llvm::Value* existing_synapses(Emission& e, const Position& position,
                                             plan::LinkId link);

}  // namespace bouton::codegen
