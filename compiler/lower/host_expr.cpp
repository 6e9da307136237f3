#include "compiler/lower/host_expr.h"

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/quantity.h"
#include "compiler/model/builtins.h"

namespace bouton::lower {

namespace {

using plan::HostExpr;

plan::HostBinaryOp binary_op(model::BinaryOp op) {
  static_assert(static_cast<int>(model::BinaryOp::Or) == static_cast<int>(plan::HostBinaryOp::Or));
  return static_cast<plan::HostBinaryOp>(op);
}

plan::HostBinaryOp arithmetic_of(model::AssignOp op) {
  switch (op) {
    case model::AssignOp::Add:
      return plan::HostBinaryOp::Add;
    case model::AssignOp::Subtract:
      return plan::HostBinaryOp::Subtract;
    case model::AssignOp::Multiply:
      return plan::HostBinaryOp::Multiply;
    case model::AssignOp::Divide:
      return plan::HostBinaryOp::Divide;
    case model::AssignOp::Set:
      break;
  }
  BOUTON_UNREACHABLE("assignment operator");
}

plan::HostUnaryOp unary_op(model::UnaryOp op) {
  return op == model::UnaryOp::Not ? plan::HostUnaryOp::Not : plan::HostUnaryOp::Negate;
}

HostExpr literal_value(const runtime::Value& value) {
  if (const auto* tensor = value.as<runtime::Tensor>()) return literal(*tensor);
  if (const auto* truth = value.as<bool>()) return {plan::HostTruth{*truth}, {}};
  if (const auto* text = value.as<std::string>()) return {plan::HostText{*text}, {}};
  const auto* list = value.as<runtime::List>();
  BOUTON_CHECK(list != nullptr, "a parameter is a number, an array, a text or a list");
  plan::HostTuple tuple;
  for (const runtime::Value& item : list->items) tuple.elements.push_back(literal_value(item));
  return {std::move(tuple), {}};
}

std::size_t uses_of(const model::Function& function, model::SymbolId parameter) {
  std::size_t uses = 0;
  elaborate::walk(function.value, [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    uses += ref != nullptr && ref->symbol == parameter ? 1 : 0;
  });
  return uses;
}

}  // namespace

bool draws(const model::Expr& expr) {
  bool found = false;
  elaborate::walk(expr, [&](const model::Expr& part) {
    const auto* call = std::get_if<model::Call>(&part.node);
    found = found || (call != nullptr && call->site);
  });
  return found;
}

plan::HostType host_type(const model::Type& type) {
  const int rank = type.rank.value_or(0);
  switch (type.kind) {
    case model::Kind::Real:
      return {plan::HostKind::Real, rank};
    case model::Kind::Boolean:
      return {plan::HostKind::Truth, rank};
    case model::Kind::Steps:
      return {plan::HostKind::Integer, rank};
    case model::Kind::Text:
      return {plan::HostKind::Text, 0};
    case model::Kind::List:
      return {plan::HostKind::Tuple, rank};
    case model::Kind::Record:
      return {plan::HostKind::Record, 0};
    case model::Kind::Spikes:
      return {plan::HostKind::Spikes, 0};
    case model::Kind::Function:
      break;
  }
  BOUTON_UNREACHABLE("a function is no value of the host program");
}

HostExpr HostExprLowerer::lower(const model::Expr& expr) {
  const source::Span span = expr.span;
  return match(
      expr.node,
      [&](const model::Number& number) -> HostExpr { return {plan::HostReal{number.value}, span}; },
      [&](const model::Truth& truth) -> HostExpr { return {plan::HostTruth{truth.value}, span}; },
      [&](const model::Text& text) -> HostExpr { return {plan::HostText{text.value}, span}; },
      [&](const model::Ref& ref) { return lower_symbol(ref.symbol, span); },
      [&](const model::Unary& unary) -> HostExpr {
        return {plan::HostUnary{unary_op(unary.op), boxed(*unary.operand)}, span};
      },
      [&](const model::Binary& binary) -> HostExpr {
        return {plan::HostBinary{binary_op(binary.op), boxed(*binary.left), boxed(*binary.right)},
                span};
      },
      [&](const model::Choice& choice) -> HostExpr {
        return {plan::HostChoice{boxed(*choice.condition), boxed(*choice.when_true),
                                 boxed(*choice.when_false)},
                span};
      },
      [&](const model::Call& call) { return lower_call(call, span); },
      [&](const model::ToSteps& conversion) -> HostExpr {
        return {plan::ToSteps{boxed(*conversion.duration)}, span};
      },
      [&](const model::ToTime& conversion) -> HostExpr {
        return {plan::ToReal{boxed(*conversion.steps)}, span};
      },
      [&](const model::ArrayLiteral& array) -> HostExpr {
        return {plan::HostArray{lower_all(array.elements)}, span};
      },
      [&](const model::TupleLiteral& tuple) -> HostExpr {
        return {plan::HostTuple{lower_all(tuple.elements)}, span};
      },
      [&](const model::Range& range) -> HostExpr {
        plan::HostRange lowered{boxed(*range.first), boxed(*range.last), std::nullopt};
        if (range.by) lowered.by = boxed(**range.by);
        return {std::move(lowered), span};
      },
      [&](const model::Index& index) -> HostExpr {
        return {plan::HostIndex{boxed(*index.base), lower_all(index.indices)}, span};
      },
      [&](const model::RecordField& field) -> HostExpr {
        return {plan::HostField{boxed(*field.base), field.field}, span};
      },
      [&](const model::Quantity& quantity) { return lower_quantity(quantity, span); },
      [&](const auto&) -> HostExpr {
        BOUTON_UNREACHABLE("this expression is no value of an experiment");
      });
}

HostExpr HostExprLowerer::lower_duration(const model::Expr& expr) {
  HostExpr duration = lower(expr);
  if (expr.type.kind == model::Kind::Steps) return duration;
  return {plan::ToSteps{std::move(duration)}, expr.span};
}

HostExpr HostExprLowerer::lower_change(HostExpr target, const model::Assign& assign,
                                       const std::vector<HostExpr>& indices, source::Span span) {
  HostExpr value = lower(assign.value);
  if (assign.op == model::AssignOp::Set) return value;
  if (!indices.empty()) target = {plan::HostIndex{std::move(target), indices}, span};
  HostExpr result = plan::binary(arithmetic_of(assign.op), std::move(target), std::move(value));
  result.span = assign.value.span;
  return result;
}

std::vector<HostExpr> HostExprLowerer::lower_all(const std::vector<model::Expr>& exprs) {
  std::vector<HostExpr> lowered;
  for (const model::Expr& expr : exprs) lowered.push_back(lower(expr));
  return lowered;
}

plan::HostVariableId HostExprLowerer::variable_of(model::SymbolId symbol) {
  const auto known = variables_.find(symbol);
  if (known != variables_.end()) return known->second;
  const model::Symbol& declared = lowering_.network.source().scope[symbol];
  const plan::HostVariableId id = lowering_.plan.variables.add(
      {declared.name, host_type(declared.type), plan::Sharing::PerLane, declared.type.dimension});
  variables_[symbol] = id;
  return id;
}

HostExpr HostExprLowerer::lower_symbol(model::SymbolId symbol, source::Span span) {
  if (!inlining_.empty()) {
    const Inlining& call = inlining_.back();
    if (call.function->timestep.valid() && symbol == call.function->timestep)
      return {plan::HostReal{lowering_.network.timestep}, span};
    return call.values.at(symbol);
  }
  switch (lowering_.network.source().scope[symbol].kind) {
    case model::SymbolKind::Parameter:
      return lower_parameter(symbol, span);
    case model::SymbolKind::Timestep:
      return {plan::HostReal{lowering_.network.timestep}, span};
    case model::SymbolKind::Elapsed:
      return {plan::ElapsedSteps{}, span};
    default:
      return {plan::HostVariableRead{variable_of(symbol)}, span};
  }
}

HostExpr HostExprLowerer::lower_parameter(model::SymbolId symbol, source::Span span) {
  const auto known = parameters_.find(symbol);
  if (known != parameters_.end()) return {plan::ParameterRead{known->second}, span};
  const model::Symbol& declared = lowering_.network.source().scope[symbol];
  plan::ProgramParameter parameter;
  parameter.name = declared.name;
  parameter.type = host_type(declared.type);
  parameter.dimension = declared.type.dimension;
  parameter.value = literal_value(lowering_.network.parameters.at(symbol));
  const plan::ParameterId id = lowering_.plan.parameters.add(std::move(parameter));
  parameters_[symbol] = id;
  return {plan::ParameterRead{id}, span};
}

std::optional<HostExpr> HostExprLowerer::find_value(const model::Quantity& quantity) {
  if (const auto operand = find_operand(lowering_, quantity))
    return HostExpr{plan::ColumnRead{*operand}, {}};
  return find_constant(lowering_, quantity);
}

HostExpr HostExprLowerer::lower_open_quantity(const model::Quantity& quantity, source::Span span) {
  const elaborate::Network& network = lowering_.network;
  plan::HostMember lowered{family_name(network, quantity.circuit, quantity.owner),
                           quantity.variable,
                           lower_all(quantity.family_indices),
                           {}};
  for (const model::Quantity& member : members_of(network, quantity)) {
    const auto key = elaborate::key_of(member.circuit, member.owner, member.family_indices).value();
    plan::HostMember::Case one{key.family_indices, std::nullopt};
    if (auto value = find_value(member)) one.value = *std::move(value);
    lowered.cases.push_back(std::move(one));
  }
  return {std::move(lowered), span};
}

HostExpr HostExprLowerer::lower_member(const OpenMember& member) {
  const elaborate::Network& network = lowering_.network;
  plan::HostMember lowered{family_name(network, member.circuit, member.owner),
                           member.quantities.empty() ? "" : member.quantities.front().variable,
                           lower_all(member.indices()),
                           {}};
  std::int64_t place = 0;
  for (const elaborate::FamilyIndices& indices :
       members_of(network, member.circuit, member.owner, member.indices().size())) {
    plan::HostMember::Case one{indices, std::nullopt};
    if (can_be(member, indices, network)) one.value = Box<HostExpr>(plan::whole(place));
    lowered.cases.push_back(std::move(one));
    ++place;
  }
  return {std::move(lowered), member.span};
}

HostExpr HostExprLowerer::lower_quantity(const model::Quantity& quantity, source::Span span) {
  if (is_open(quantity)) return lower_open_quantity(quantity, span);
  if (auto value = find_value(quantity)) {
    value->span = span;
    return *std::move(value);
  }
  lowering_.refuse(Unlowered::QuantityRead, span);
  return {plan::HostReal{0.0}, span};
}

HostExpr HostExprLowerer::lower_call(const model::Call& call, source::Span span) {
  if (call.derivative) {
    lowering_.refuse(Unlowered::DerivativeOfFunction, span);
    return {plan::HostReal{0.0}, span};
  }
  if (const auto* id = std::get_if<model::BuiltinId>(&call.callee)) {
    HostExpr lowered = lower_builtin(call, *id);
    lowered.span = span;
    return lowered;
  }
  if (const auto* id = std::get_if<model::FunctionId>(&call.callee))
    return inline_function(call, *id, span);
  BOUTON_CHECK(!inlining_.empty(), "a function-valued name outside of a function");
  const model::FunctionValue value =
      inlining_.back().functions.at(std::get<model::SymbolId>(call.callee));
  return match(
      value.function, [&](model::BuiltinId id) { return lower_builtin(call, id); },
      [&](model::FunctionId id) { return inline_function(call, id, span); });
}

HostExpr HostExprLowerer::lower_builtin(const model::Call& call, model::BuiltinId id) {
  plan::HostCall lowered;
  lowered.function = std::string(model::builtin(id).name);
  lowered.arguments = lower_all(call.arguments);
  std::optional<Box<HostExpr>> seed;
  for (const model::NamedArgument& argument : call.named) {
    if (call.site && argument.name == "seed")
      seed = boxed(*argument.value);
    else
      lowered.named.push_back({argument.name, boxed(*argument.value)});
  }
  if (call.site) {
    const model::RandomSite& site = **call.site;
    lowered.site =
        plan::RandomSite{site.name, lower_all(site.indices), site.ordinal, std::move(seed)};
  }
  return {std::move(lowered), {}};
}

std::optional<model::FunctionValue> HostExprLowerer::function_passed(const model::Expr& expr) {
  if (const auto* function = std::get_if<model::FunctionValue>(&expr.node)) return *function;
  const auto* ref = std::get_if<model::Ref>(&expr.node);
  if (ref == nullptr || inlining_.empty()) return std::nullopt;
  const auto known = inlining_.back().functions.find(ref->symbol);
  if (known == inlining_.back().functions.end()) return std::nullopt;
  return known->second;
}

HostExpr HostExprLowerer::inline_function(const model::Call& call, model::FunctionId id,
                                          source::Span span) {
  const model::Function& function = lowering_.network.program->functions[id];
  Inlining inner{&function, {}, {}};
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const model::Expr& argument = call.arguments[i];
    const model::SymbolId parameter = function.parameters[i];
    if (const auto passed = function_passed(argument)) {
      inner.functions[parameter] = *passed;
      continue;
    }
    // Put in several places it would be drawn several times.
    if (draws(argument) && uses_of(function, parameter) != 1)
      lowering_.refuse(Unlowered::RandomArgument, argument.span);
    inner.values.emplace(parameter, lower(argument));
  }
  inlining_.push_back(std::move(inner));
  HostExpr value = lower(function.value);
  inlining_.pop_back();
  value.span = span;
  return value;
}

}  // namespace bouton::lower
