// Host expressions as text: functional notation, ids for variables and columns.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "compiler/base/match.h"
#include "compiler/plan/print_parts.h"

namespace bouton::plan {
namespace {

constexpr std::array<std::string_view, 14> kBinaryText{
    "+", "-", "*", "/", "mod", "^", "==", "!=", "<", "<=", ">", ">=", "and", "or"};

std::string print_all(const PrintContext& context, const std::vector<HostExpr>& list) {
  std::string text;
  for (const HostExpr& expr : list)
    text += (text.empty() ? "" : ", ") + print_host_expr(context, expr);
  return text;
}

std::string print_site(const PrintContext& context, const RandomSite& site) {
  std::string text = fmt::format(" @site{}[{}]#{}", remark(context, site.name),
                                 print_all(context, site.indices), site.ordinal);
  if (site.seed) text += fmt::format(" seed {}", print_host_expr(context, **site.seed));
  return text;
}

std::string print_call(const PrintContext& context, const HostCall& call) {
  std::string arguments = print_all(context, call.arguments);
  for (const HostArgument& argument : call.named)
    arguments += fmt::format("{}{} = {}", arguments.empty() ? "" : ", ", argument.name,
                             print_host_expr(context, *argument.value));
  return fmt::format("{}({}){}", call.function, arguments,
                     call.site ? print_site(context, **call.site) : "");
}

std::string print_member(const PrintContext& context, const HostMember& member) {
  std::string text = fmt::format("member{}[{}] {{", remark(context, member.family),
                                 print_all(context, member.indices));
  for (const HostMember::Case& one : member.cases)
    text += fmt::format(" [{}]: {};", fmt::join(one.indices, ", "),
                        one.value ? print_host_expr(context, **one.value) : "none");
  return text + " }";
}

std::string print_range(const PrintContext& context, const HostRange& range) {
  std::string text = fmt::format("{} .. {}", print_host_expr(context, *range.first),
                                 print_host_expr(context, *range.last));
  if (range.by) text += fmt::format(" by {}", print_host_expr(context, **range.by));
  return text;
}

}  // namespace

std::string print_real(double value) {
  std::string text = fmt::format("{}", value);
  const bool marked = text.find_first_of(".en") != std::string::npos;
  return marked ? text : text + ".0";
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n')
      quoted += "\\n";
    else
      quoted += c;
  }
  return quoted + "\"";
}

std::string remark(const PrintContext& context, std::string_view name) {
  if (context.names == Names::Positional || name.empty()) return {};
  return " " + quote(name);
}

std::string print_host_expr(const PrintContext& context, const HostExpr& expr) {
  const auto sub = [&](const Box<HostExpr>& part) { return print_host_expr(context, *part); };
  return match(
      expr.node, [](const HostReal& e) { return print_real(e.value); },
      [](const HostInteger& e) { return std::to_string(e.value); },
      [](const HostTruth& e) { return std::string(e.value ? "true" : "false"); },
      [](const HostText& e) { return quote(e.value); },
      [](const HostVariableRead& e) { return print(e.variable); },
      [](const ColumnRead& e) { return print(e.operand); },
      [](const ParameterRead& e) { return print(e.parameter); },
      [](const ElapsedSteps&) { return std::string("elapsed"); },
      [&](const HostUnary& e) {
        return (e.op == HostUnaryOp::Negate ? "-" : "not ") + sub(e.operand);
      },
      [&](const HostBinary& e) {
        return fmt::format("({} {} {})", sub(e.left), kBinaryText[static_cast<std::size_t>(e.op)],
                           sub(e.right));
      },
      [&](const HostChoice& e) {
        return fmt::format("(if {}: {} else: {})", sub(e.condition), sub(e.when_true),
                           sub(e.when_false));
      },
      [&](const HostCall& e) { return print_call(context, e); },
      [&](const HostRange& e) { return print_range(context, e); },
      [&](const HostIndex& e) {
        return fmt::format("{}[{}]", sub(e.base), print_all(context, e.indices));
      },
      [&](const HostField& e) { return fmt::format("{}.{}", sub(e.base), e.field); },
      [&](const HostMember& e) { return print_member(context, e); },
      [&](const HostArray& e) { return fmt::format("[{}]", print_all(context, e.elements)); },
      [&](const HostTuple& e) { return fmt::format("({})", print_all(context, e.elements)); },
      [&](const ToReal& e) { return fmt::format("time({})", sub(e.steps)); },
      [&](const ToSteps& e) { return fmt::format("steps({})", sub(e.duration)); });
}

}  // namespace bouton::plan
