#include <fmt/format.h>

#include "compiler/ast/clause_text.h"
#include "compiler/ast/lines.h"
#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

using Pieces = std::vector<Line::Piece>;

Braces build_braces(const Body& body, ExpressionStyle style) {
  Braces braces{&body.layout, {}};
  for (const Item& item : body.items) braces.lines.push_back(build_line(item, style));
  return braces;
}

// One overload per item.
struct ItemPieces {
  ExpressionStyle style;

  Pieces operator()(const Input& input) const {
    return {"input " + input.name.text + text_of_type(input.type)};
  }
  Pieces operator()(const Noise& noise) const {
    return {"noise " + noise.name.text + ": " + style(noise.law)};
  }
  Pieces operator()(const State& state) const {
    return {"state " + state.name.text + text_of_type(state.type) + " = " + style(state.initial)};
  }
  Pieces operator()(const Broadcast& broadcast) const {
    return {"broadcast " + broadcast.name.text + text_of_type(broadcast.type)};
  }
  Pieces operator()(const DifferentialEquation& equation) const {
    return {equation.name.text + "' = " + style(equation.rate)};
  }
  Pieces operator()(const AlgebraicEquation& equation) const {
    std::string text = equation.name.text + " = " + style(equation.value);
    if (equation.initially) text += ", initially " + style(*equation.initially);
    return {text};
  }
  Pieces operator()(const Spike& spike) const {
    std::string text = fmt::format("spike {} {}", spelling_of(spike.kind), style(spike.value));
    if (!spike.body) return {text};
    return {text + " ", build_braces(*spike.body, style)};
  }
  Pieces operator()(const Refractory& refractory) const {
    std::string names;
    for (const Identifier& name : refractory.holding) {
      names += (names.empty() ? " holding " : ", ") + name.text;
    }
    return {"refractory " + style(refractory.duration) + names};
  }
  Pieces operator()(const Psp& psp) const {
    return {fmt::format("psp({}) = {}", psp.lag.text, style(psp.formula))};
  }
  Pieces operator()(const Summation& summation) const { return {spelling_of(summation.kind)}; }
  Pieces operator()(const Handler& handler) const {
    const std::string event = match(
        handler.event, [](const OnPre&) -> std::string { return "pre"; },
        [](const OnPost&) -> std::string { return "post"; },
        [](const OnSpike&) -> std::string { return "spike"; },
        [](const OnStep&) -> std::string { return "step"; },
        [this](const OnPair& pair) {
          return fmt::format("pair({}) {}", pair.lag.text, text_of(pair.pairing, style));
        });
    return {"on " + event + " ", build_braces(handler.body, style)};
  }
  Pieces operator()(const Trace& trace) const {
    std::string text = "trace " + trace.name.text + text_of_type(trace.type);
    if (trace.initial) text += " = " + style(*trace.initial);
    return {text + " ", build_braces(trace.body, style)};
  }
  Pieces operator()(const Bound& bound) const {
    return {"bound " + style(bound.target) + " in " + text_of(bound.interval, style)};
  }
  Pieces operator()(const Sign& sign) const {
    return {fmt::format("sign {}", spelling_of(sign.polarity))};
  }
  Pieces operator()(const SolveWith& solve) const { return {"solve with " + solve.method.text}; }
  Pieces operator()(const Nonlocal&) const { return {"nonlocal"}; }
};

ParameterList build_list(const std::vector<Parameter>& parameters, ExpressionStyle style) {
  ParameterList list;
  for (const Parameter& parameter : parameters) {
    list.elements.push_back({&parameter.trivia, text_of(parameter, style)});
  }
  return list;
}

Pieces headed(const std::string& heading, const std::vector<Parameter>& parameters, Braces braces,
              ExpressionStyle style) {
  if (parameters.empty()) return {heading + " ", std::move(braces)};
  return {heading, build_list(parameters, style), " ", std::move(braces)};
}

// One overload per declaration.
struct DeclarationPieces {
  ExpressionStyle style;

  Pieces operator()(const Import& import) const {
    return match(
        import.what,
        [this](const ImportFile& file) -> Pieces {
          return {"import " + style(Expr{file.span, Text{file.path}})};
        },
        [](const ImportModule& module) -> Pieces {
          std::string path;
          for (const Identifier& name : module.path) {
            path += (path.empty() ? "import " : ".") + name.text;
          }
          return {path};
        });
  }
  Pieces operator()(const Function& function) const {
    return {"function " + function.name.text, build_list(function.parameters, style),
            " = " + style(function.value)};
  }
  Pieces operator()(const Component& component) const {
    return headed(spelling_of(component.kind) + (" " + component.name.text), component.parameters,
                  build_braces(component.body, style), style);
  }
  Pieces operator()(const Circuit& circuit) const {
    return headed("circuit " + circuit.name.text, circuit.parameters,
                  build_braces(circuit.body, style), style);
  }
  Pieces operator()(const Experiment& experiment) const {
    return headed("experiment " + experiment.name.text, experiment.parameters,
                  build_braces(experiment.body, style), style);
  }
  Pieces operator()(const Sweep& sweep) const {
    Braces braces{&sweep.layout, {}};
    for (const SweepItem& item : sweep.items) {
      const std::string text = match(
          item.node,
          [this](const SweepAxis& axis) {
            return axis.parameter.text + " in " + style(axis.values);
          },
          [this](const SweepSeeds& seeds) { return "seeds " + style(seeds.count); });
      braces.lines.push_back({&item.trivia, {text}});
    }
    return {"sweep " + sweep.name.text + " of " + sweep.experiment.text + " ", std::move(braces)};
  }
  Pieces operator()(const Verify& verify) const {
    return {"verify " + style(Expr{verify.title_span, Text{verify.title}}) + " ",
            build_braces(verify.body, style)};
  }
};

}  // namespace

Line build_line(const Item& item, ExpressionStyle style) {
  return {&item.trivia, std::visit(ItemPieces{style}, item.node)};
}

Line build_line(const Declaration& declaration, ExpressionStyle style) {
  return {&declaration.trivia, std::visit(DeclarationPieces{style}, declaration.node)};
}

}  // namespace bouton::ast
