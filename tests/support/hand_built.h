// Experiments put together in the typed model by hand, around neurons, synapses and rules that come
// from text: tests of elaboration and interpretation that do not depend on the checker of
// experiments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/interpret/interpret.h"
#include "compiler/model/program.h"

namespace bouton::interpret {

[[nodiscard]] model::Expr number(double value);
[[nodiscard]] model::Expr text(std::string value);
[[nodiscard]] model::Expr call(std::string_view builtin, std::vector<model::Expr> arguments,
                               std::vector<std::pair<std::string, model::Expr>> named = {});
[[nodiscard]] model::Expr array(std::vector<model::Expr> elements);
[[nodiscard]] model::Expr binary(model::BinaryOp op, model::Expr left, model::Expr right);

class HandBuilt {
 public:
  // The declarations of the experiment's components.
  explicit HandBuilt(std::string_view components);

  model::SymbolId name(std::string_view name, model::SymbolKind kind, model::Type type = {});
  model::Expr ref(model::SymbolId symbol) const;
  model::Expr quantity(model::SymbolId owner, std::string variable,
                       std::optional<std::string> rule = std::nullopt) const;

  // Arguments are numbers for the parameters in their order.
  model::SymbolId population(std::string_view name, std::string_view neuron, double size,
                             std::vector<model::Expr> arguments = {});
  struct Learn {
    std::string name;
    std::string rule;
    std::vector<model::Expr> arguments;
  };
  model::SymbolId projection(std::string_view name, model::SymbolId pre, model::SymbolId post,
                             std::string input, std::string_view synapse,
                             std::vector<model::Expr> arguments, std::vector<Learn> learning = {});
  void add(model::Stmt stmt) { experiment().body.push_back(std::move(stmt)); }
  template <typename Node>
  void add(Node node) {
    add(model::Stmt{{}, std::move(node)});
  }
  void assign(model::Expr target, model::Expr value);
  void run(double milliseconds, std::vector<model::Observation> observing = {});
  model::Observation observe(model::SymbolId result, model::Reducer reducer,
                             model::Expr what) const;
  void record(std::string name, model::Expr value);
  void expect(model::Expr actual, model::Expr expected, double within);

  elaborate::Options options;

  // What elaboration says: every headline, joined by newlines; empty if all is well.
  [[nodiscard]] std::string elaboration_messages();
  // The elaborated experiment; an error of elaboration fails the test. Refers to this object.
  [[nodiscard]] std::optional<elaborate::Network> network();
  // Elaborates and interprets; an error of elaboration fails the test.
  [[nodiscard]] Results interpret_it();
  [[nodiscard]] model::Program& program() { return program_; }

 private:
  model::Experiment& experiment() { return program_.experiments[id_]; }

  model::Program program_;
  model::ExperimentId id_;
};

// The last value recorded under a name.
[[nodiscard]] const runtime::Value& recorded(const runtime::Results& results,
                                             std::string_view name);
[[nodiscard]] runtime::Tensor recorded_tensor(const runtime::Results& results,
                                              std::string_view name);

}  // namespace bouton::interpret
