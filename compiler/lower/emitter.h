// Arithmetic of a kernel as the language defines it: what only depends on constants is folded in
// the kernel's precision with the functions that the interpreter calls, so folding never changes a
// bit; everything else becomes ops in the order of the program. Constants that come in are rounded
// to that precision, so those that come out always are.
//
// Code is branch-free, but a problem of a branch that is not taken must not stop the program:
// while a condition is open (within_condition), faults are raised only where it holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lower/lowering.h"
#include "compiler/lower/value.h"
#include "compiler/model/expr.h"
#include "compiler/plan/builder.h"

namespace bouton::lower {

class Emitter {
 public:
  // A wide kernel computes in double in either precision (plan/kernel.h).
  Emitter(Lowering& lowering, plan::KernelBuilder& kernel)
      : lowering_(lowering),
        kernel_(kernel),
        arithmetic_(kernel.is_wide() ? elaborate::kExperimentArithmetic
                                     : lowering.network.arithmetic()) {}

  [[nodiscard]] Lowering& lowering() { return lowering_; }
  [[nodiscard]] const Lowering& lowering() const { return lowering_; }
  [[nodiscard]] plan::KernelBuilder& kernel() { return kernel_; }

  // A number of the text, and the timestep, as constants.
  [[nodiscard]] Value number(double value) const { return arithmetic_.round(value); }
  [[nodiscard]] Value timestep() const { return number(lowering_.network.timestep); }

  // As operands of ops.
  plan::ValueId real(const Value& value);
  plan::ValueId steps(const Value& value);
  plan::ValueId truth(const Value& value);

  Value calculate(model::BinaryOp op, const Value& left, const Value& right);  // + - * / mod, power
  Value negate(const Value& operand);
  Value call(std::string_view builtin, const std::vector<Value>& arguments);
  Value number_of_truth(const Value& condition);  // 1 or 0

  Value combine_steps(model::BinaryOp op, const Value& left, const Value& right);
  Value negate_steps(const Value& operand);
  Value call_on_steps(std::string_view builtin, const std::vector<Value>& arguments);

  Value compare(model::BinaryOp op, const Value& left, const Value& right);
  Value compare_steps(model::BinaryOp op, const Value& left, const Value& right);
  Value both(const Value& left, const Value& right);
  Value either(const Value& left, const Value& right);
  Value negation(const Value& operand);
  Value choose(const Value& condition, const Value& when_true, const Value& when_false,
               model::Kind kind);

  // k * timestep; `unbounded` where the steps may be those of a neuron that never spiked.
  Value to_time(const Value& steps, bool unbounded);
  // A fault where the time is no multiple of the timestep.
  Value to_steps(const Value& time, source::Span span);

  // What is wrong where a condition does not hold: the fault's parts and its number.
  struct Broken {
    plan::Fault::Kind kind;
    std::string of;
    Value number;
    std::optional<plan::ColumnId> tape{};
  };
  // Raises a fault where `condition` is false (and all open conditions hold).
  void require(const Value& condition, const Broken& broken, source::Span span);
  void open_condition(const Value& condition);
  void close_condition() { conditions_.pop_back(); }

 private:
  plan::ValueId as_operand(const Value& value, model::Kind kind);
  Value round_to_steps(const Value& time, source::Span span);

  Lowering& lowering_;
  plan::KernelBuilder& kernel_;
  elaborate::RealArithmetic arithmetic_;
  std::vector<Value> conditions_;  // each includes the ones before it
};

}  // namespace bouton::lower
