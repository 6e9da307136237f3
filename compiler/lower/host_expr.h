// Expressions of the experiment's statements, one to one; functions of the program take the place
// of their calls.
#pragma once

#include <map>

#include "compiler/lower/family.h"
#include "compiler/lower/lowering.h"

namespace bouton::lower {

class HostExprLowerer {
 public:
  explicit HostExprLowerer(Lowering& lowering) : lowering_(lowering) {}

  [[nodiscard]] plan::HostExpr lower(const model::Expr& expr);
  // A time or a number of steps, as steps.
  [[nodiscard]] plan::HostExpr lower_duration(const model::Expr& expr);

  // What `target` becomes by `target = e`, or by `target += e`; at indices the part's new value.
  [[nodiscard]] plan::HostExpr lower_change(plan::HostExpr target, const model::Assign& assign,
                                            const std::vector<plan::HostExpr>& indices,
                                            source::Span span);

  // Which member of a family it is when it is reached: its place among `members_of`.
  [[nodiscard]] plan::HostExpr lower_member(const OpenMember& member);

  // The host variable of a `let`, `var`, loop variable or result of a run.
  [[nodiscard]] plan::HostVariableId variable_of(model::SymbolId symbol);

 private:
  using Substitutions = std::map<model::SymbolId, plan::HostExpr>;
  // The body of a function being put in the place of its call.
  struct Inlining {
    const model::Function* function = nullptr;
    Substitutions values;
    std::map<model::SymbolId, model::FunctionValue> functions;
  };

  [[nodiscard]] plan::HostExpr lower_symbol(model::SymbolId symbol, source::Span span);
  [[nodiscard]] plan::HostExpr lower_parameter(model::SymbolId symbol, source::Span span);
  [[nodiscard]] plan::HostExpr lower_call(const model::Call& call, source::Span span);
  [[nodiscard]] plan::HostExpr lower_builtin(const model::Call& call, model::BuiltinId id);
  [[nodiscard]] plan::HostExpr inline_function(const model::Call& call, model::FunctionId id,
                                               source::Span span);
  [[nodiscard]] plan::HostExpr lower_quantity(const model::Quantity& quantity, source::Span span);
  [[nodiscard]] std::optional<plan::HostExpr> find_value(const model::Quantity& quantity);
  [[nodiscard]] plan::HostExpr lower_open_quantity(const model::Quantity& quantity,
                                                   source::Span span);
  [[nodiscard]] std::optional<model::FunctionValue> function_passed(const model::Expr& expr);
  [[nodiscard]] std::vector<plan::HostExpr> lower_all(const std::vector<model::Expr>& exprs);
  [[nodiscard]] Box<plan::HostExpr> boxed(const model::Expr& expr) { return lower(expr); }

  Lowering& lowering_;
  std::map<model::SymbolId, plan::HostVariableId> variables_;
  std::map<model::SymbolId, plan::ParameterId> parameters_;
  std::vector<Inlining> inlining_;
};

// Whether evaluating it twice would draw random numbers twice.
[[nodiscard]] bool draws(const model::Expr& expr);

// The kind and rank of a host variable; rank 0 where it depends on data.
[[nodiscard]] plan::HostType host_type(const model::Type& type);

}  // namespace bouton::lower
