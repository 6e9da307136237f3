#include "compiler/image/host_expr.h"

#include <utility>

#include "compiler/base/check.h"
#include "compiler/image/layout.h"

namespace bouton::image {

namespace {

using plan::HostBinaryOp;
using runtime::Arithmetic;
using runtime::Comparison;
using Node = decltype(runtime::HostExpr::node);

std::optional<Arithmetic> arithmetic_of(HostBinaryOp op) {
  switch (op) {
    case HostBinaryOp::Add:
      return Arithmetic::Add;
    case HostBinaryOp::Subtract:
      return Arithmetic::Subtract;
    case HostBinaryOp::Multiply:
      return Arithmetic::Multiply;
    case HostBinaryOp::Divide:
      return Arithmetic::Divide;
    case HostBinaryOp::Modulo:
      return Arithmetic::Modulo;
    case HostBinaryOp::Power:
      return Arithmetic::Power;
    default:
      return std::nullopt;
  }
}

std::optional<Comparison> comparison_of(HostBinaryOp op) {
  switch (op) {
    case HostBinaryOp::Equal:
      return Comparison::Equal;
    case HostBinaryOp::NotEqual:
      return Comparison::NotEqual;
    case HostBinaryOp::Less:
      return Comparison::Less;
    case HostBinaryOp::LessEqual:
      return Comparison::LessEqual;
    case HostBinaryOp::Greater:
      return Comparison::Greater;
    case HostBinaryOp::GreaterEqual:
      return Comparison::GreaterEqual;
    default:
      return std::nullopt;
  }
}

struct Translator {
  const plan::Plan& plan;

  runtime::HostExpr one(const plan::HostExpr& expr) const { return translate(plan, expr); }
  runtime::HostExprs list(const plan::HostExpr& expr) const { return {one(expr)}; }
  runtime::HostExprs pair(const plan::HostExpr& a, const plan::HostExpr& b) const {
    return {one(a), one(b)};
  }

  Node operator()(const plan::HostReal& real) const { return runtime::ConstantExpr{real.value}; }
  Node operator()(const plan::HostInteger& whole) const {
    return runtime::ConstantExpr{static_cast<double>(whole.value)};
  }
  Node operator()(const plan::HostTruth& truth) const { return runtime::ConstantExpr{truth.value}; }
  Node operator()(const plan::HostText& text) const { return runtime::ConstantExpr{text.value}; }
  Node operator()(const plan::HostVariableRead& read) const {
    return runtime::VariableExpr{read.variable.value};
  }
  Node operator()(const plan::ElapsedSteps&) const { return runtime::ElapsedExpr{}; }

  // Views of views fold into one: scales multiply, transpositions cancel.
  Node operator()(const plan::ColumnRead& read) const {
    plan::Operand operand = read.operand;
    runtime::ColumnExpr column;
    while (const auto* id = std::get_if<plan::ViewId>(&operand)) {
      const plan::View& view = plan.views[*id];
      column.transposed ^= view.transposed;
      column.scale *= view.scale;
      operand = plan::Operand(view.of);
    }
    column.column = std::get<plan::ColumnId>(operand).value;
    column.in_single = plan.precision == plan::Precision::Single;
    if (const auto* view = std::get_if<plan::ViewId>(&read.operand))
      column.missing = missing_synapses(plan, plan.views[*view].axes);
    return column;
  }

  Node operator()(const plan::HostMember& member) const {
    runtime::MemberExpr result{
        member.family, member.variable, translate_all(plan, member.indices), {}};
    for (const plan::HostMember::Case& one : member.cases)
      result.cases.push_back({one.indices, one.value ? list(**one.value) : runtime::HostExprs{}});
    return result;
  }

  Node operator()(const plan::ParameterRead& read) const {
    const auto& value = plan.parameters[read.parameter].value;
    BOUTON_CHECK(value.has_value(), "a parameter without a value");
    return one(*value).node;
  }

  Node operator()(const plan::HostUnary& unary) const {
    if (unary.op == plan::HostUnaryOp::Negate) return runtime::NegateExpr{list(*unary.operand)};
    return runtime::NotExpr{list(*unary.operand)};
  }

  Node operator()(const plan::HostBinary& binary) const {
    runtime::HostExprs operands = pair(*binary.left, *binary.right);
    if (const auto op = arithmetic_of(binary.op))
      return runtime::ArithmeticExpr{*op, std::move(operands)};
    if (const auto op = comparison_of(binary.op))
      return runtime::CompareExpr{*op, std::move(operands)};
    return runtime::LogicExpr{binary.op == HostBinaryOp::And, std::move(operands)};
  }

  Node operator()(const plan::HostChoice& choice) const {
    return runtime::ChoiceExpr{
        {one(*choice.condition), one(*choice.when_true), one(*choice.when_false)}};
  }

  Node operator()(const plan::HostCall& call) const {
    runtime::CallExpr result{call.function, translate_all(plan, call.arguments), {}, std::nullopt};
    for (const plan::HostArgument& argument : call.named)
      result.named.emplace_back(argument.name, list(*argument.value));
    if (call.site) {
      const plan::RandomSite& site = **call.site;
      result.site = runtime::SiteExpr{site.name,
                                      translate_all(plan, site.indices),
                                      static_cast<std::uint32_t>(site.ordinal),
                                      {}};
      if (site.seed) result.site->seed = list(**site.seed);
    }
    return result;
  }

  Node operator()(const plan::HostRange& range) const {
    runtime::RangeExpr result{pair(*range.first, *range.last)};
    if (range.by) result.first_last_by.push_back(one(**range.by));
    return result;
  }

  Node operator()(const plan::HostIndex& index) const {
    runtime::IndexExpr result{list(*index.base)};
    for (const plan::HostExpr& subscript : index.indices)
      result.base_and_subscripts.push_back(one(subscript));
    return result;
  }

  Node operator()(const plan::HostField& field) const {
    return runtime::FieldExpr{list(*field.base), field.field};
  }
  Node operator()(const plan::HostArray& array) const {
    return runtime::ArrayExpr{translate_all(plan, array.elements)};
  }
  Node operator()(const plan::HostTuple& tuple) const {
    return runtime::TupleExpr{translate_all(plan, tuple.elements)};
  }
  Node operator()(const plan::ToReal& conversion) const {
    return runtime::ToTimeExpr{list(*conversion.steps)};
  }
  Node operator()(const plan::ToSteps& conversion) const {
    return runtime::ToStepsExpr{list(*conversion.duration)};
  }
};

}  // namespace

runtime::MissingSynapses missing_synapses(const plan::Plan& plan,
                                          const std::vector<plan::AxisId>& axes) {
  runtime::MissingSynapses missing;
  for (const plan::Link& link : plan.links) {
    const auto* dense = std::get_if<plan::DenseStorage>(&link.storage);
    if (dense == nullptr || axes != std::vector{dense->post, dense->pre}) continue;
    missing.off_diagonal = dense->one_to_one;
    if (dense->no_self && link.pre == link.post)
      missing.diagonal = offset_of(plan, dense->post) - offset_of(plan, dense->pre);
  }
  return missing;
}

runtime::Place place_of(source::Span span) { return {span.file, span.begin, span.end}; }

runtime::HostExpr translate(const plan::Plan& plan, const plan::HostExpr& expr) {
  return {std::visit(Translator{plan}, expr.node), place_of(expr.span)};
}

runtime::HostExprs translate_all(const plan::Plan& plan, const std::vector<plan::HostExpr>& exprs) {
  runtime::HostExprs translated;
  for (const plan::HostExpr& expr : exprs) translated.push_back(translate(plan, expr));
  return translated;
}

}  // namespace bouton::image
