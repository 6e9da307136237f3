#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

std::string_view spelling_of(Reducer reducer) {
  switch (reducer) {
    case Reducer::Mean:
      return "mean";
    case Reducer::Sum:
      return "sum";
    case Reducer::Variance:
      return "variance";
    case Reducer::Min:
      return "min";
    case Reducer::Max:
      return "max";
    case Reducer::Last:
      return "last";
    case Reducer::Samples:
      return "samples";
    case Reducer::Count:
      return "count";
    case Reducer::Spikes:
      return "spikes";
    case Reducer::HistogramOfStates:
      return "histogram_of_states";
  }
  BOUTON_UNREACHABLE("reducer");
}

std::string dump_target(const Target& target, const Place& place) {
  return owner_name(target.circuit, target.owner, place) +
         dump_indices(target.family_indices, place) + (target.rule ? "." + *target.rule : "");
}

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

class StatementDump {
 public:
  StatementDump(const Place& place, Outline& outline) : place_(place), outline_(outline) {}

  void dump(const Stmt& stmt) {
    match(
        stmt.node, [&](const PopulationDecl& node) { dump_population(node, place_, outline_); },
        [&](const ProjectionDecl& node) { dump_projection(node, place_, outline_); },
        [&](const CircuitInstance& node) { dump_instance(node, place_, outline_); },
        [&](const PhaseDecl& node) {
          outline_.line("phase " + name_of(node.symbol, place_));
          nest(node.body);
        },
        [&](const Let& node) { bind("let ", node.symbol, node.value); },
        [&](const Var& node) { bind("var ", node.symbol, node.value); },
        [&](const Assign& node) {
          outline_.line(expr(node.target) + " " + std::string(model::spelling_of(node.op)) + " " +
                        expr(node.value));
        },
        [&](const For& node) { dump_loop(node); }, [&](const If& node) { dump_choice(node); },
        [&](const Break&) { outline_.line("break"); }, [&](const Run& node) { dump_run(node); },
        [&](const Reset& node) { dump_reset(node); },
        [&](const Clip& node) {
          outline_.line("clip " + dump_list(node.targets, place_) + " to [" + expr(node.low) +
                        ", " + expr(node.high) + "]");
        },
        [&](const Normalise& node) {
          outline_.line("normalise " + expr(node.target) + " per " +
                        (node.per_post ? "post" : "pre") + " to " + expr(node.to) +
                        dump_clause("every", node.every, place_));
        },
        [&](const Every& node) {
          outline_.line("every " + expr(node.count));
          nest(node.body);
        },
        [&](const Record& node) { dump_record(node); }, [&](const Plot& node) { dump_plot(node); },
        [&](const Print& node) { outline_.line("print " + dump_list(node.parts, place_)); },
        [&](const Replay& node) {
          outline_.line("replay " + dump_quantity(node.what, place_) + " from " + expr(node.tape));
        },
        [&](const Expect& node) {
          outline_.line("expect " + expr(node.actual) + dump_clause("==", node.expected, place_) +
                        dump_clause("within", node.within, place_));
        },
        [&](const Learn& node) {
          outline_.line("learn " + dump_target(node.target, place_) +
                        dump_clause("after", node.after, place_));
        },
        [&](const Silence& node) { outline_.line("silence " + dump_target(node.target, place_)); });
  }

 private:
  [[nodiscard]] std::string expr(const Expr& expr) const { return dump_expr(expr, place_); }

  void nest(const Body& body) {
    outline_.nested([&] { dump_body(body, place_, outline_); });
  }

  void bind(std::string_view word, SymbolId symbol, const Expr& value) {
    outline_.line(std::string(word) + declared(symbol, place_) + " = " + expr(value));
  }

  void dump_loop(const For& loop) {
    std::vector<std::string> names;
    for (const SymbolId symbol : loop.symbols) names.push_back(declared(symbol, place_));
    const std::string bound = names.size() == 1 ? names.front() : "(" + join(names) + ")";
    outline_.line("for " + bound + " in " + expr(loop.sequence));
    nest(loop.body);
  }

  void dump_choice(const If& choice) {
    outline_.line("if " + expr(choice.condition));
    nest(choice.when_true);
    if (choice.when_false.empty()) return;
    outline_.line("else");
    nest(choice.when_false);
  }

  void dump_run(const Run& run) {
    std::string text = "run " + expr(run.duration);
    if (run.circuit) text += " of " + name_of(*run.circuit, place_);
    if (run.phase) text += " in " + name_of(*run.phase, place_);
    if (run.frozen) text += " frozen";
    outline_.line(text + (run.observing.empty() ? "" : " observing"));
    outline_.nested([&] {
      for (const Observation& observation : run.observing) dump_observation(observation);
    });
  }

  void dump_observation(const Observation& observation) {
    outline_.line(declared(observation.result, place_) + " = " +
                  std::string(spelling_of(observation.reducer)) + "(" + expr(observation.what) +
                  ")" + dump_clause("every", observation.every, place_) +
                  dump_clause("after", observation.after, place_));
  }

  void dump_reset(const Reset& reset) {
    std::vector<std::string> targets;
    for (const Target& target : reset.targets) targets.push_back(dump_target(target, place_));
    outline_.line(targets.empty() ? "reset" : "reset " + join(targets));
  }

  void dump_record(const Record& record) {
    std::vector<std::string> columns;
    for (const RecordColumn& column : record.columns)
      columns.push_back(column.name + " = " + expr(column.value));
    outline_.line("record " + join(columns));
  }

  void dump_plot(const Plot& plot) {
    std::vector<std::string> curves;
    for (const Plot::Curve& curve : plot.curves)
      curves.push_back(curve.y + " vs " + curve.x + (curve.logarithmic ? " log" : ""));
    outline_.line("plot " + join(curves));
  }

  const Place& place_;
  Outline& outline_;
};

}  // namespace

void dump_body(const Body& body, const Place& place, Outline& outline) {
  StatementDump statements(place, outline);
  for (const Stmt& stmt : body) statements.dump(stmt);
}

}  // namespace bouton::model
