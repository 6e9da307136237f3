#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "compiler/base/match.h"
#include "compiler/check/function.h"

namespace bouton::check {

namespace {

using NameSet = std::set<std::string>;

void collect_calls(const ast::Expr& expr, NameSet& called);

void collect_all(const std::vector<ast::Expr>& exprs, NameSet& called) {
  for (const ast::Expr& expr : exprs) collect_calls(expr, called);
}

void collect_pair(const ast::Expr& left, const ast::Expr& right, NameSet& called) {
  collect_calls(left, called);
  collect_calls(right, called);
}

void collect_call(const ast::Call& node, NameSet& called) {
  called.insert(node.function.text);
  for (const ast::Argument& argument : node.arguments) {
    // A function may also be passed on by its name alone.
    if (const auto* name = std::get_if<ast::Name>(&argument.value.node))
      called.insert(name->name.text);
    collect_calls(argument.value, called);
  }
}

void collect_calls(const ast::Expr& expr, NameSet& called) {
  match(
      expr.node, [](const ast::Number&) {}, [](const ast::Text&) {}, [](const ast::Boolean&) {},
      [](const ast::Name&) {}, [&](const ast::Field& node) { collect_calls(*node.object, called); },
      [&](const ast::Index& node) {
        collect_calls(*node.object, called);
        collect_all(node.subscripts, called);
      },
      [&](const ast::Range& node) {
        collect_pair(*node.first, *node.last, called);
        if (node.step) collect_calls(**node.step, called);
      },
      [&](const ast::Unary& node) { collect_calls(*node.operand, called); },
      [&](const ast::Binary& node) { collect_pair(*node.left, *node.right, called); },
      [&](const ast::Comparison& node) { collect_pair(*node.left, *node.right, called); },
      [&](const ast::Logical& node) { collect_pair(*node.left, *node.right, called); },
      [&](const ast::IfElse& node) {
        collect_calls(*node.condition, called);
        collect_pair(*node.then, *node.otherwise, called);
      },
      [&](const ast::Call& node) { collect_call(node, called); },
      [&](const ast::ArrayLiteral& node) { collect_all(node.elements, called); },
      [&](const ast::Tuple& node) { collect_all(node.elements, called); },
      [&](const ast::Prime& node) { collect_calls(*node.operand, called); });
}

// A parameter of that name stands in front of the function.
void remove_parameters(const ast::Function& function, NameSet& called) {
  for (const ast::Parameter& parameter : function.parameters)
    if (parameter.type && parameter.type->text == "function") called.erase(parameter.name.text);
}

using Graph = std::map<std::string, NameSet>;

Graph collect_graph(std::span<const ast::Function* const> functions) {
  Graph graph;
  for (const ast::Function* function : functions) graph[function->name.text];
  for (const ast::Function* function : functions) {
    NameSet called;
    collect_calls(function->value, called);
    remove_parameters(*function, called);
    for (const std::string& name : called)
      if (graph.contains(name)) graph[function->name.text].insert(name);
  }
  return graph;
}

bool all_sorted(const NameSet& needs, const NameSet& sorted) {
  return std::ranges::includes(sorted, needs);
}

// `f -> g -> f`, starting from a function that cannot be sorted.
std::string spell_cycle(const Graph& graph, const NameSet& sorted, std::string at) {
  std::vector<std::string> path;
  while (std::ranges::find(path, at) == path.end()) {
    path.push_back(at);
    const NameSet& needs = graph.at(at);
    at = *std::ranges::find_if(needs, [&](const auto& need) { return !sorted.contains(need); });
  }
  std::string chain;
  for (auto step = std::ranges::find(path, at); step != path.end(); ++step)
    chain += "`" + *step + "` -> ";
  return chain + "`" + at + "`";
}

}  // namespace

std::vector<const ast::Function*> sort_functions(std::span<const ast::Function* const> functions,
                                                 diagnostics::Diagnostics& diagnostics) {
  const Graph graph = collect_graph(functions);
  std::vector<const ast::Function*> order;
  std::vector<const ast::Function*> waiting(functions.begin(), functions.end());
  NameSet sorted;
  bool progress = true;
  while (progress && !waiting.empty()) {
    std::vector<const ast::Function*> still;
    for (const ast::Function* function : waiting) {
      if (!all_sorted(graph.at(function->name.text), sorted)) {
        still.push_back(function);
        continue;
      }
      sorted.insert(function->name.text);
      order.push_back(function);
    }
    progress = still.size() < waiting.size();
    waiting = std::move(still);
  }
  if (!waiting.empty()) {
    const ast::Identifier& name = waiting[0]->name;
    diagnostics.report(diagnostics::Kind::RecursiveFunction, name.span,
                       {name.text, spell_cycle(graph, sorted, name.text)});
  }
  return order;
}

}  // namespace bouton::check
