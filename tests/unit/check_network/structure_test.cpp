// What the typed model says about networks and experiments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/check/expr_walk.h"
#include "tests/unit/check_network/checked.h"

namespace bouton {
namespace {

using testing::ElementsAre;

template <typename Node>
std::vector<const Node*> all_of(const model::Body& body) {
  std::vector<const Node*> found;
  for (const model::Stmt& statement : body) {
    if (const auto* node = std::get_if<Node>(&statement.node)) found.push_back(node);
    if (const auto* loop = std::get_if<model::For>(&statement.node))
      for (const Node* inner : all_of<Node>(loop->body)) found.push_back(inner);
    if (const auto* branch = std::get_if<model::If>(&statement.node)) {
      for (const Node* inner : all_of<Node>(branch->when_true)) found.push_back(inner);
      for (const Node* inner : all_of<Node>(branch->when_false)) found.push_back(inner);
    }
  }
  return found;
}

const model::Experiment& only_experiment(const Checked& checked) {
  EXPECT_TRUE(checked.program.has_value()) << checked.messages();
  return *checked.program->experiments.begin();
}

Checked check_in_experiment(std::string_view statements) {
  return check_with_components(
      "experiment E(n = 3) {\n timestep 1 ms\n population z[n]: N()\n"
      "projection W: z -> z.I, no self, via S(), learning R()\n" +
      std::string(statements) + "\n record bias = z.bias\n}\n");
}

std::vector<std::string> random_sites(const model::Experiment& experiment) {
  std::vector<std::string> sites;
  const auto add = [&](const model::Expr& part) {
    const auto* call = std::get_if<model::Call>(&part.node);
    if (call == nullptr || !call->site) return;
    const model::RandomSite& site = **call->site;
    sites.push_back(site.name + "[" + std::to_string(site.indices.size()) + "]#" +
                    std::to_string(site.ordinal));
  };
  for (const model::Stmt& statement : experiment.body) {
    if (const auto* let = std::get_if<model::Let>(&statement.node)) check::walk(let->value, add);
    if (const auto* assign = std::get_if<model::Assign>(&statement.node))
      check::walk(assign->value, add);
    if (const auto* loop = std::get_if<model::For>(&statement.node))
      check::walk(loop->sequence, add);
  }
  return sites;
}

TEST(RandomSites, CarryTheAssignedNameItsIndicesAndAnOrdinal) {
  const Checked checked = check_in_experiment(
      "let target = uniform(0, 1, [n])\n"
      "W.w = normal(0, 1, [n, n]) + normal(0, 1, [n, n])\n"
      "W.R.amplitude = uniform(0, 1, [n, n])\n"
      "z.bias[1] = uniform(0, 1, [n])[0]\n"
      "W.w = normal(0, 1, [n, n])\n"
      "for x in shuffle(target) { print x }\n");
  EXPECT_THAT(random_sites(only_experiment(checked)),
              ElementsAre("E/target[0]#0", "E/W.w[0]#0", "E/W.w[0]#1", "E/W.R.amplitude[0]#0",
                          "E/z.bias[1]#0", "E/W.w[0]#2", "E[0]#0"));
}

TEST(Networks, PiecesOfAFamilyShareOneSymbol) {
  const Checked checked = check_in_experiment(
      "population f[0][2]: N()\n population f[l in 1 .. n-1][n]: N(1)\n population f[n][1]: N()\n"
      "print f[0].bias");
  const auto pieces = all_of<model::PopulationDecl>(only_experiment(checked).body);
  ASSERT_EQ(pieces.size(), 4U);
  EXPECT_EQ(pieces[1]->symbol, pieces[2]->symbol);
  EXPECT_EQ(pieces[2]->symbol, pieces[3]->symbol);
  EXPECT_NE(pieces[0]->symbol, pieces[1]->symbol);
  EXPECT_FALSE(pieces[1]->family.front().symbol.has_value());
  EXPECT_TRUE(pieces[2]->family.front().symbol.has_value());
  ASSERT_EQ(pieces[2]->arguments.size(), 1U);
}

TEST(Networks, WeightsThroughAPspHaveTheDimensionOfTheInput) {
  const Checked checked = check_with_components(R"(
experiment E {
  timestep 1 ms
  population z[2]: N()
  population m[2]: Mute()
  projection P: z -> m.V, via S(), weight 2 mV
  projection Q: m.p -> m.V
  projection T: m.V -> m.I
  record a = P.w, b = Q.w, c = T.w
}
)");
  const auto projections = all_of<model::ProjectionDecl>(only_experiment(checked).body);
  ASSERT_EQ(projections.size(), 3U);
  EXPECT_EQ(projections[0]->weight_dimension, units::kVoltage);
  EXPECT_EQ(projections[1]->weight_dimension, units::kNone);
  EXPECT_EQ(projections[2]->weight_dimension, units::kNone / units::kVoltage);
  for (const auto* projection : projections) EXPECT_TRUE(projection->weight_dimension_known);
}

TEST(Networks, APartOfAPopulationIsARange) {
  const Checked checked =
      check_in_experiment("projection P: z[0 .. 1] -> z.I, via S(), connect in_degree 2");
  const Checked plain = check_in_experiment("projection P: z[0 .. 1] -> z.I, via S()");
  const auto projections = all_of<model::ProjectionDecl>(only_experiment(plain).body);
  ASSERT_EQ(projections.size(), 2U);
  ASSERT_TRUE(projections[1]->pre.part.has_value());
  EXPECT_TRUE(std::holds_alternative<model::Range>(projections[1]->pre.part->node));
  EXPECT_EQ(projections[1]->pre.variable, "");
  EXPECT_EQ(projections[1]->post.variable, "I");
}

TEST(Experiments, ExpectTakesAnEqualityApart) {
  const Checked checked = check_in_experiment(
      "run 10 ms observing { c = count(z) }\n expect c == [1, 2, 3] within 0.5\n"
      "expect max(c) < 4\n");
  const auto expects = all_of<model::Expect>(only_experiment(checked).body);
  ASSERT_EQ(expects.size(), 2U);
  EXPECT_TRUE(expects[0]->expected.has_value());
  EXPECT_TRUE(expects[0]->within.has_value());
  EXPECT_FALSE(expects[1]->expected.has_value());
  EXPECT_EQ(expects[1]->actual.type.kind, model::Kind::Boolean);
}

TEST(Experiments, ObservationsHaveTheTypesOfTheirReducers) {
  const Checked checked = check_in_experiment(
      "run 10 ms observing {\n a = samples(z.u) every 2 ms\n b = spikes(z)\n"
      "c = variance(z.tau + z.since_spike)\n d = histogram_of_states(z.active) after 5 ms\n }\n"
      "print a, c, d\n record b");
  const model::Experiment& experiment = only_experiment(checked);
  const auto runs = all_of<model::Run>(experiment.body);
  ASSERT_EQ(runs.size(), 1U);
  std::vector<model::Type> types;
  for (const model::Observation& observation : runs[0]->observing)
    types.push_back(experiment.scope[observation.result].type);
  ASSERT_EQ(types.size(), 4U);
  EXPECT_EQ(types[0].rank, 2);
  EXPECT_EQ(types[1].kind, model::Kind::Spikes);
  EXPECT_EQ(types[2].dimension, units::kTime * units::kTime);
  EXPECT_EQ(types[3].rank, 1);
}

TEST(Experiments, RecordedColumnsTakeTheLastName) {
  const Checked checked = check_in_experiment("record W.w, W.R.c, n, x = 1");
  const auto records = all_of<model::Record>(only_experiment(checked).body);
  ASSERT_EQ(records.size(), 2U);
  std::vector<std::string> names;
  for (const model::RecordColumn& column : records[0]->columns) names.push_back(column.name);
  EXPECT_THAT(names, ElementsAre("w", "c", "n", "x"));
}

TEST(Experiments, LearnOfTwoProjectionsBecomesTwoStatements) {
  const Checked checked = check_in_experiment(
      "phase p { learn W, W.R after 5 ms; silence z; z.bias = 1 }\n run 10 ms in p");
  const auto phases = all_of<model::PhaseDecl>(only_experiment(checked).body);
  ASSERT_EQ(phases.size(), 1U);
  EXPECT_EQ(all_of<model::Learn>(phases[0]->body).size(), 2U);
  EXPECT_EQ(all_of<model::Learn>(phases[0]->body)[1]->target.rule, "R");
  EXPECT_EQ(all_of<model::Silence>(phases[0]->body).size(), 1U);
  EXPECT_EQ(all_of<model::Assign>(phases[0]->body).size(), 1U);
}

TEST(Experiments, NamesOfOneBlockMayBeGivenAgainInAnother) {
  const Checked checked = check_in_experiment(
      "for i in 1 .. 2 { let a = i; print a }\n for i in 1 .. 2 { let a = 2 * i; print a }");
  EXPECT_EQ(checked.diagnostics.all().size(), 0U) << checked.messages();
}

TEST(Experiments, ARequiredParameterTakesTheDimensionOfItsUse) {
  const Checked checked = check_with_components(
      "experiment E(T) { timestep 1 ms\n population z[3]: N(tau = T)\n record b = z.bias }\n");
  const model::Experiment& experiment = only_experiment(checked);
  const auto symbol = experiment.parameters.front().symbol;
  EXPECT_EQ(experiment.scope[symbol].type.dimension, units::kTime);
  EXPECT_FALSE(experiment.parameters.front().default_value.has_value());
}

}  // namespace
}  // namespace bouton
