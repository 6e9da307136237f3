#include <fmt/format.h>

#include "compiler/ast/clause_text.h"
#include "compiler/ast/lines.h"
#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

using Pieces = std::vector<Line::Piece>;

std::string family_of(const std::vector<FamilyIndex>& family, ExpressionStyle style) {
  std::string text;
  for (const FamilyIndex& index : family) text += text_of(index, style);
  return text;
}

// One overload per statement.
struct StatementPieces {
  ExpressionStyle style;

  Pieces operator()(const Let& let) const {
    return {"let " + let.name.text + " = " + style(let.value)};
  }
  Pieces operator()(const Var& var) const {
    return {"var " + var.name.text + " = " + style(var.value)};
  }
  Pieces operator()(const Assignment& assignment) const {
    return {fmt::format("{} {} {}", style(assignment.target), spelling_of(assignment.op),
                        style(assignment.value))};
  }
  Pieces operator()(const If& branching) const {
    Pieces pieces;
    for (const IfBranch& branch : branching.branches) {
      pieces.emplace_back((pieces.empty() ? "if " : " else if ") + style(branch.condition) + " ");
      pieces.emplace_back(build_braces(branch.body, style));
    }
    if (branching.otherwise) {
      pieces.emplace_back(" else ");
      pieces.emplace_back(build_braces(*branching.otherwise, style));
    }
    return pieces;
  }
  Pieces operator()(const For& loop) const {
    std::string names;
    for (const Identifier& name : loop.names) names += (names.empty() ? "" : ", ") + name.text;
    if (loop.names.size() > 1) names = "(" + names + ")";
    return {"for " + names + " in " + style(loop.sequence) + " ", build_braces(loop.body, style)};
  }
  Pieces operator()(const Break&) const { return {"break"}; }
  Pieces operator()(const Timestep& timestep) const {
    return {"timestep " + style(timestep.duration)};
  }
  Pieces operator()(const Population& population) const {
    return {fmt::format("population {}{}[{}]: {}", population.name.text,
                        family_of(population.family, style), style(population.size),
                        text_of(population.neuron, style))};
  }
  Pieces operator()(const Projection& projection) const {
    std::string text = fmt::format("projection {}{}: {} -> {}", projection.name.text,
                                   family_of(projection.family, style), style(projection.source),
                                   style(projection.target));
    for (const ProjectionClause& clause : projection.clauses) text += ", " + text_of(clause, style);
    return {text};
  }
  Pieces operator()(const CircuitInstance& instance) const {
    return {"circuit " + instance.name.text + ": " + text_of(instance.circuit, style)};
  }
  Pieces operator()(const Phase& phase) const {
    return {"phase " + phase.name.text + " ", build_braces(phase.body, style)};
  }
  Pieces operator()(const Run& run) const {
    std::string text = "run " + style(run.duration);
    if (run.circuit) text += " of " + style(*run.circuit);
    text += match(
        run.mode, [](std::monostate) -> std::string { return ""; },
        [](const Frozen&) -> std::string { return " frozen"; },
        [](const Identifier& phase) { return " in " + phase.text; });
    if (!run.observing) return {text};
    Braces braces{&run.observing->layout, {}};
    for (const Observation& observation : run.observing->observations) {
      braces.lines.push_back({&observation.trivia, {text_of(observation, style)}});
    }
    return {text + " observing ", std::move(braces)};
  }
  Pieces operator()(const Reset& reset) const {
    const std::string targets = text_of_list(reset.targets, style);
    return {targets.empty() ? "reset" : "reset " + targets};
  }
  Pieces operator()(const Clip& clip) const {
    return {fmt::format("clip {} to {}", text_of_list(clip.targets, style),
                        text_of(clip.interval, style))};
  }
  Pieces operator()(const Normalise& normalise) const {
    std::string text = fmt::format("normalise {} per {} to {}", style(normalise.target),
                                   spelling_of(normalise.per), style(normalise.total));
    if (normalise.every) text += " every " + style(*normalise.every);
    return {text};
  }
  Pieces operator()(const Silence& silence) const {
    return {"silence " + text_of_list(silence.targets, style)};
  }
  Pieces operator()(const Learn& learn) const {
    const std::string after = learn.after ? " after " + style(*learn.after) : "";
    return {"learn " + text_of_list(learn.targets, style) + after};
  }
  Pieces operator()(const Record& record) const {
    std::string text;
    for (const RecordColumn& column : record.columns) {
      text += text.empty() ? "record " : ", ";
      if (column.name) text += column.name->text + " = ";
      text += style(column.value);
    }
    return {text};
  }
  Pieces operator()(const Plot& plot) const {
    std::string text;
    for (const Curve& curve : plot.curves) {
      text += text.empty() ? "plot " : ", ";
      text += style(curve.value) + " vs " + style(curve.against);
      if (curve.logarithmic) text += " log";
    }
    return {text};
  }
  Pieces operator()(const Print& print) const {
    return {"print " + text_of_list(print.parts, style)};
  }
  Pieces operator()(const Every& every) const {
    return {"every " + style(every.count) + " ", build_braces(every.body, style)};
  }
  Pieces operator()(const Replay& replay) const {
    return {"replay " + style(replay.target) + " from " + style(replay.tape)};
  }
  Pieces operator()(const Expect& expect) const {
    const std::string within = expect.within ? " within " + style(*expect.within) : "";
    return {"expect " + style(expect.condition) + within};
  }
};

}  // namespace

Line build_line(const Statement& statement, ExpressionStyle style) {
  return {&statement.trivia, std::visit(StatementPieces{style}, statement.node)};
}

Braces build_braces(const Block& block, ExpressionStyle style) {
  Braces braces{&block.layout, {}};
  for (const Statement& statement : block.statements) {
    braces.lines.push_back(build_line(statement, style));
  }
  return braces;
}

}  // namespace bouton::ast
