#include "tests/support/hand_built.h"

#include <gtest/gtest.h>

#include "compiler/check/check.h"
#include "compiler/model/builtins.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_map.h"

namespace bouton::interpret {

namespace {

template <typename IdType, typename Table>
IdType find_named(const Table& table, std::string_view name) {
  for (const IdType id : table.ids())
    if (table[id].name == name) return id;
  BOUTON_UNREACHABLE("the components declare it");
}

model::Program check_components(std::string_view components) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto file = std::get<source::FileId>(sources.add_text("components.bouton", components));
  const auto parsed = parse::parse(sources, file, diagnostics);
  auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  for (const auto& message : diagnostics.all()) ADD_FAILURE() << message.headline;
  return program ? std::move(*program) : model::Program{};
}

template <typename Declaration>
std::vector<model::Argument> arguments_for(const Declaration& declaration,
                                           std::vector<model::Expr> values) {
  std::vector<model::Argument> arguments;
  for (std::size_t i = 0; i < values.size(); ++i)
    arguments.push_back({declaration.parameters[i].symbol, std::move(values[i])});
  return arguments;
}

}  // namespace

model::Expr number(double value) { return {{}, model::scalar(), model::Number{value}}; }

model::Expr text(std::string value) {
  return {{}, {model::Kind::Text, {}, 0, false}, model::Text{std::move(value)}};
}

model::Expr call(std::string_view builtin, std::vector<model::Expr> arguments,
                 std::vector<std::pair<std::string, model::Expr>> named) {
  model::Call node{*model::find_builtin(builtin), std::move(arguments), {}, false, std::nullopt};
  for (auto& [name, value] : named) node.named.push_back({name, std::move(value)});
  return {{}, {}, std::move(node)};
}

model::Expr array(std::vector<model::Expr> elements) {
  return {{}, {}, model::ArrayLiteral{std::move(elements)}};
}

model::Expr binary(model::BinaryOp op, model::Expr left, model::Expr right) {
  return {{}, {}, model::Binary{op, std::move(left), std::move(right)}};
}

HandBuilt::HandBuilt(std::string_view components) : program_(check_components(components)) {
  model::Experiment made;
  made.name = "Made";
  made.timestep_value = number(1.0);
  id_ = program_.experiments.add(std::move(made));
}

model::SymbolId HandBuilt::name(std::string_view name, model::SymbolKind kind, model::Type type) {
  return experiment().scope.add({std::string(name), {}, kind, type});
}

model::Expr HandBuilt::ref(model::SymbolId symbol) const {
  return {{}, program_.experiments[id_].scope[symbol].type, model::Ref{symbol}};
}

model::Expr HandBuilt::quantity(model::SymbolId owner, std::string variable,
                                std::optional<std::string> rule) const {
  return {{}, {}, model::Quantity{std::nullopt, owner, {}, std::move(rule), std::move(variable)}};
}

model::SymbolId HandBuilt::population(std::string_view called, std::string_view neuron, double size,
                                      std::vector<model::Expr> arguments) {
  const auto symbol = name(called, model::SymbolKind::Population);
  const auto id = find_named<model::NeuronId>(program_.neurons, neuron);
  add(model::PopulationDecl{
      symbol, {}, number(size), id, arguments_for(program_.neurons[id], std::move(arguments))});
  return symbol;
}

model::SymbolId HandBuilt::projection(std::string_view called, model::SymbolId pre,
                                      model::SymbolId post, std::string input,
                                      std::string_view synapse, std::vector<model::Expr> arguments,
                                      std::vector<Learn> learning) {
  model::ProjectionDecl decl;
  decl.symbol = name(called, model::SymbolKind::Projection);
  decl.pre.population = pre;
  decl.post.population = post;
  decl.post.variable = std::move(input);
  decl.no_self = pre == post;
  const auto via = find_named<model::SynapseId>(program_.synapses, synapse);
  decl.via = model::Via{{}, via, arguments_for(program_.synapses[via], std::move(arguments))};
  for (Learn& learn : learning) {
    const auto rule = find_named<model::RuleId>(program_.rules, learn.rule);
    decl.learning.push_back(
        {{}, learn.name, rule, arguments_for(program_.rules[rule], std::move(learn.arguments))});
  }
  const model::SymbolId symbol = decl.symbol;
  add(std::move(decl));
  return symbol;
}

void HandBuilt::assign(model::Expr target, model::Expr value) {
  add(model::Assign{std::move(target), model::AssignOp::Set, std::move(value)});
}

void HandBuilt::run(double milliseconds, std::vector<model::Observation> observing) {
  model::Run run;
  run.duration = number(milliseconds);
  run.observing = std::move(observing);
  add(std::move(run));
}

model::Observation HandBuilt::observe(model::SymbolId result, model::Reducer reducer,
                                      model::Expr what) const {
  return {{}, result, reducer, std::move(what), std::nullopt, std::nullopt};
}

void HandBuilt::record(std::string called, model::Expr value) {
  add(model::Record{{{std::move(called), std::move(value)}}});
}

void HandBuilt::expect(model::Expr actual, model::Expr expected, double within) {
  add(model::Expect{std::move(actual), std::move(expected), number(within)});
}

std::string HandBuilt::elaboration_messages() {
  diagnostics::Diagnostics diagnostics;
  const auto network = elaborate::elaborate(program_, id_, options, diagnostics);
  std::string messages;
  for (const auto& message : diagnostics.all())
    messages += (messages.empty() ? "" : "\n") + message.headline;
  EXPECT_EQ(network.has_value(), messages.empty());
  return messages;
}

std::optional<elaborate::Network> HandBuilt::network() {
  diagnostics::Diagnostics diagnostics;
  auto network = elaborate::elaborate(program_, id_, options, diagnostics);
  for (const auto& message : diagnostics.all()) ADD_FAILURE() << message.headline;
  return network;
}

Results HandBuilt::interpret_it() {
  const auto made = network();
  return made ? interpret(*made) : Results{};
}

const runtime::Value& recorded(const runtime::Results& results, std::string_view name) {
  for (const runtime::ResultTable& table : results.tables)
    for (std::size_t c = 0; c < table.names.size(); ++c)
      if (table.names[c] == name) return table.rows.back()[c];
  BOUTON_UNREACHABLE("nothing was recorded under this name");
}

runtime::Tensor recorded_tensor(const runtime::Results& results, std::string_view name) {
  return *recorded(results, name).as<runtime::Tensor>();
}

}  // namespace bouton::interpret
