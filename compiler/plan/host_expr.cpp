#include "compiler/plan/host_expr.h"

#include <utility>

namespace bouton::plan {

HostExpr whole(std::int64_t value) { return {HostInteger{value}}; }

HostExpr real(double value) { return {HostReal{value}}; }

HostExpr variable(HostVariableId id) { return {HostVariableRead{id}}; }

HostExpr contents(Operand operand) { return {ColumnRead{operand}}; }

HostExpr call(std::string function, std::vector<HostExpr> arguments) {
  return {HostCall{std::move(function), std::move(arguments), {}, {}}};
}

HostExpr binary(HostBinaryOp op, HostExpr left, HostExpr right) {
  return {HostBinary{op, std::move(left), std::move(right)}};
}

}  // namespace bouton::plan
