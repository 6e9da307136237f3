#include "compiler/launch/data_files.h"

#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/model/builtins.h"
#include "runtime/encoding/encoding.h"
#include "runtime/files/bytes.h"

namespace bouton::launch {

namespace {

// Every expression of an experiment's or circuit's statements.
class Expressions {
 public:
  using Visit = std::function<void(const model::Expr&)>;
  explicit Expressions(Visit visit) : visit_(std::move(visit)) {}

  void walk(const model::Body& body) {
    for (const model::Stmt& stmt : body)
      std::visit([this](const auto& node) { (*this)(node); }, stmt.node);
  }
  void walk(const std::vector<model::Parameter>& parameters) {
    for (const model::Parameter& parameter : parameters) walk(parameter.default_value);
  }
  void walk(const model::Expr& expr) { elaborate::walk(expr, visit_); }

 private:
  void walk(const std::optional<model::Expr>& expr) {
    if (expr) walk(*expr);
  }
  void walk(const std::vector<model::Argument>& arguments) {
    for (const model::Argument& argument : arguments) walk(argument.value);
  }

  void operator()(const model::PopulationDecl& population) {
    walk(population.size);
    walk(population.arguments);
  }
  void operator()(const model::ProjectionDecl& projection) {
    match(
        projection.connect, [](const model::ConnectAll&) {}, [](const model::ConnectOneToOne&) {},
        [&](const model::ConnectProbability& random) { walk(random.probability); },
        [&](const model::ConnectInDegree& random) { walk(random.count); },
        [&](const model::ConnectList& list) { walk(list.pairs); });
    if (projection.via) walk(projection.via->arguments);
    for (const model::Learning& learning : projection.learning) walk(learning.arguments);
    walk(projection.weight);
    walk(projection.tied_to);
  }
  void operator()(const model::CircuitInstance& circuit) { walk(circuit.arguments); }
  void operator()(const model::PhaseDecl& phase) { walk(phase.body); }
  void operator()(const model::Let& let) { walk(let.value); }
  void operator()(const model::Var& var) { walk(var.value); }
  void operator()(const model::Assign& assign) { walk(assign.value); }
  void operator()(const model::For& loop) {
    walk(loop.sequence);
    walk(loop.body);
  }
  void operator()(const model::If& choice) {
    walk(choice.condition);
    walk(choice.when_true);
    walk(choice.when_false);
  }
  void operator()(const model::Break& /*leave*/) {}
  void operator()(const model::Run& run) { walk(run.duration); }
  void operator()(const model::Reset& /*reset*/) {}
  void operator()(const model::Clip& clip) {
    walk(clip.low);
    walk(clip.high);
  }
  void operator()(const model::Normalise& normalise) { walk(normalise.to); }
  void operator()(const model::Every& every) { walk(every.body); }
  void operator()(const model::Record& record) {
    for (const model::RecordColumn& column : record.columns) walk(column.value);
  }
  void operator()(const model::Plot& /*plot*/) {}
  void operator()(const model::Print& print) {
    for (const model::Expr& part : print.parts) walk(part);
  }
  void operator()(const model::Replay& replay) { walk(replay.tape); }
  void operator()(const model::Expect& expect) {
    walk(expect.actual);
    walk(expect.expected);
    walk(expect.within);
  }
  void operator()(const model::Learn& /*learn*/) {}
  void operator()(const model::Silence& /*silence*/) {}

  Visit visit_;
};

bool loads_a_file(const model::Expr& expr) {
  const auto* call = std::get_if<model::Call>(&expr.node);
  const auto* builtin = call == nullptr ? nullptr : std::get_if<model::BuiltinId>(&call->callee);
  return builtin != nullptr && model::builtin(*builtin).signature == model::Signature::File;
}

// What may be the name of a file.
class Names {
 public:
  void collect(const elaborate::Network& network) {
    Expressions all([this](const model::Expr& expr) { note(expr); });
    all.walk(network.source().parameters);
    all.walk(network.source().body);
    for (const model::CircuitId id : network.program->circuits.ids()) {
      all.walk(network.program->circuits[id].parameters);
      all.walk(network.program->circuits[id].body);
    }
    for (const model::FunctionId id : network.program->functions.ids())
      all.walk(network.program->functions[id].value);
    for (const auto& [symbol, value] : network.parameters) note(value);
  }
  [[nodiscard]] std::set<std::string> take() {
    return any_loaded_ ? std::move(texts_) : std::set<std::string>();
  }

 private:
  void note(const model::Expr& expr) {
    if (const auto* text = std::get_if<model::Text>(&expr.node)) texts_.insert(text->value);
    any_loaded_ = any_loaded_ || loads_a_file(expr);
  }
  void note(const runtime::Value& value) {
    if (const auto* text = value.as<std::string>()) texts_.insert(*text);
    if (const auto* list = value.as<runtime::List>())
      for (const runtime::Value& item : list->items) note(item);
  }

  std::set<std::string> texts_;
  bool any_loaded_ = false;
};

}  // namespace

std::vector<runtime::DescribedFile> find_data_files(const elaborate::Network& network) {
  Names names;
  names.collect(network);
  std::vector<runtime::DescribedFile> files;
  for (const std::string& name : names.take()) {
    const auto path = std::filesystem::path(network.source_directory) / name;
    std::error_code ignored;
    if (name.empty() || !std::filesystem::is_regular_file(path, ignored)) continue;
    // One that cannot be read now is reported where it is loaded.
    if (const auto bytes = runtime::read_bytes(path))
      files.push_back({name, bytes->size(), runtime::checksum_of(*bytes)});
  }
  return files;
}

}  // namespace bouton::launch
