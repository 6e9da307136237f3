// The host program and its tables as text.
#include <fmt/format.h>

#include <array>

#include "compiler/base/match.h"
#include "compiler/plan/print_parts.h"

namespace bouton::plan {
namespace {

// Prints the statements of one body at one indentation.
struct StmtPrinter {
  const PrintContext& context;
  int indent;

  std::string line(const std::string& text) const {
    return std::string(static_cast<std::size_t>(indent) * 2, ' ') + text + "\n";
  }
  std::string expr(const HostExpr& value) const { return print_host_expr(context, value); }
  std::string exprs(const std::vector<HostExpr>& values) const {
    std::string text;
    for (const HostExpr& value : values) text += (text.empty() ? "" : ", ") + expr(value);
    return text;
  }
  std::string body(const HostBody& stmts) const {
    return print_host_body(context, stmts, indent + 1);
  }

  std::string operator()(const HostLet& stmt) const {
    return line(fmt::format("let {} = {}", print(stmt.variable), expr(stmt.value)));
  }
  std::string operator()(const HostAssign& stmt) const {
    std::string target = std::visit([](auto id) { return print(id); }, stmt.target);
    if (!stmt.indices.empty()) target += "[" + exprs(stmt.indices) + "]";
    return line(target + " = " + expr(stmt.value));
  }
  std::string operator()(const HostFor& stmt) const {
    return line(fmt::format("for {} in {}", print_list(stmt.variables), expr(stmt.sequence))) +
           body(stmt.body);
  }
  std::string operator()(const HostIf& stmt) const {
    std::string text = line("if " + expr(stmt.condition)) + body(stmt.when_true);
    if (!stmt.when_false.empty()) text += line("else") + body(stmt.when_false);
    return text;
  }
  std::string operator()(const HostBreak&) const { return line("break"); }
  std::string operator()(const HostRun& stmt) const {
    std::string text = line(fmt::format("run {} in {}", expr(stmt.steps), print(stmt.phase)));
    for (const ResultBinding& result : stmt.results)
      text += line(fmt::format("  {} = {}", print(result.variable), print(result.observer)));
    return text;
  }
  std::string operator()(const HostReset& stmt) const {
    std::string text = "reset " + print_list(stmt.columns);
    if (!stmt.kernels.empty()) text += " by " + print_list(stmt.kernels);
    return line(text);
  }
  std::string operator()(const HostClip& stmt) const {
    return line(fmt::format("clip {} to [{}, {}]", print_list(stmt.columns), expr(stmt.low),
                            expr(stmt.high)));
  }
  std::string operator()(const HostNormalise& stmt) const {
    return line(fmt::format("normalise {} per {} to {}", print(stmt.weights),
                            stmt.per_post ? "post" : "pre", expr(stmt.to)));
  }
  std::string operator()(const HostReplay& stmt) const {
    return line(fmt::format("replay {} by {} = {}", print(stmt.stream), print(stmt.tape),
                            expr(stmt.value)));
  }
  std::string operator()(const HostEvery& stmt) const {
    return line(fmt::format("every {} of {}", expr(stmt.count), expr(stmt.counter))) +
           body(stmt.body);
  }
  std::string operator()(const HostRecord& stmt) const {
    return line(fmt::format("record {}: {}", print(stmt.table), exprs(stmt.cells)));
  }
  std::string operator()(const HostPlot& stmt) const {
    std::string curves;
    for (const HostPlot::Curve& curve : stmt.curves)
      curves += fmt::format("{}{} vs {}{}", curves.empty() ? "" : ", ", curve.y, curve.x,
                            curve.logarithmic ? " log" : "");
    return line(fmt::format("plot {}: {}", print(stmt.table), curves));
  }
  std::string operator()(const HostPrint& stmt) const { return line("print " + exprs(stmt.parts)); }
  std::string operator()(const HostExpect& stmt) const {
    std::string text = "expect " + expr(stmt.actual);
    if (stmt.expected) text += " == " + expr(*stmt.expected);
    if (stmt.within) text += " within " + expr(*stmt.within);
    return line(text);
  }
};

std::string print_unit(const units::Dimension& dimension) {
  return dimension.dimensionless() ? "" : " in " + units::describe(dimension);
}

std::string print_variables(const PrintContext& context) {
  std::string text;
  for (const HostVariableId id : context.plan.variables.ids()) {
    const HostVariable& variable = context.plan.variables[id];
    text += fmt::format("variable {}{} {}{}{}\n", print(id), remark(context, variable.name),
                        print_host_type(variable.type),
                        variable.sharing == Sharing::Shared ? " shared" : "",
                        print_unit(variable.dimension));
  }
  return text;
}

std::string print_parameters(const PrintContext& context) {
  std::string text;
  for (const ParameterId id : context.plan.parameters.ids()) {
    const ProgramParameter& parameter = context.plan.parameters[id];
    text += fmt::format("parameter {}{} {}{}{}", print(id), remark(context, parameter.name),
                        print_host_type(parameter.type),
                        parameter.sharing == Sharing::Shared ? " shared" : "",
                        print_unit(parameter.dimension));
    if (parameter.value) text += " = " + print_host_expr(context, *parameter.value);
    text += "\n";
  }
  return text;
}

std::string print_record_tables(const PrintContext& context) {
  std::string text;
  for (const RecordTableId id : context.plan.record_tables.ids()) {
    text += fmt::format("table {}:", print(id));
    for (const RecordTable::ColumnType& column : context.plan.record_tables[id].columns)
      text += fmt::format("{} {}{};", remark(context, column.name), print_host_type(column.type),
                          print_unit(column.dimension));
    text += "\n";
  }
  return text;
}

}  // namespace

std::string print_host_type(const HostType& type) {
  constexpr std::array<std::string_view, 7> names{"real",  "integer", "truth", "text",
                                                  "tuple", "record",  "spikes"};
  const std::string_view name = names[static_cast<std::size_t>(type.kind)];
  return type.rank == 0 ? std::string(name) : fmt::format("{}[{}]", name, type.rank);
}

std::string print_host_body(const PrintContext& context, const HostBody& body, int indent) {
  std::string text;
  for (const HostStmt& stmt : body) text += std::visit(StmtPrinter{context, indent}, stmt.node);
  return text;
}

std::string print_host_tables(const PrintContext& context) {
  return print_parameters(context) + print_variables(context) + print_record_tables(context);
}

}  // namespace bouton::plan
