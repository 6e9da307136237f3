#include "tests/golden/support/golden.h"
#include "tests/unit/model/dumped_text.h"

namespace bouton::model {
namespace {

Expr number(double value, units::Dimension dimension = {}) {
  return {{}, scalar(dimension), Number{value}};
}
Expr ms(double value) { return number(value, units::kTime); }
Expr infix(BinaryOp op, Expr left, Expr right) {
  return {{}, scalar(), Binary{op, std::move(left), std::move(right)}};
}
Expr range(Expr first, Expr last) {
  return {{}, scalar(), Range{std::move(first), std::move(last), {}}};
}

// An experiment with each kind of statement, over components that come from text: a circuit `net`
// with a family, a population `z`, projections, a phase, and what an experiment computes.
class Everything {
 public:
  Everything() {
    program_ = program_of(
        "neuron Cell(bias = 0) {\n input I\n u = bias + I\n spike when u > 0\n}\n"
        "synapse Box(tau = 2 ms) { psp(s) = if s < tau: 1 else: 0\n renewing }\n"
        "rule Count { state c = 0\n on pre { c += 1 } }");
    add_circuit();
    declare();
    add_statements();
    program_.experiments.add(experiment_);
    add_sweep();
  }

  [[nodiscard]] const Program& program() const { return program_; }
  [[nodiscard]] const Body& body() const { return program_.experiments[ExperimentId{0}].body; }

 private:
  SymbolId name(std::string name, SymbolKind kind, Type type = scalar()) {
    return experiment_.scope.add({std::move(name), {}, kind, type});
  }
  Expr ref(SymbolId symbol) { return {{}, experiment_.scope[symbol].type, Ref{symbol}}; }
  Expr quantity(SymbolId owner, std::string variable, std::optional<std::string> rule = {}) {
    return {{}, scalar(), Quantity{{}, owner, {}, std::move(rule), std::move(variable)}};
  }
  void add(decltype(Stmt::node) node) { experiment_.body.push_back({{}, std::move(node)}); }

  void add_circuit() {
    Circuit circuit;
    circuit.name = "Net";
    circuit.documentation = "A chain.\nOf two layers.";
    layers_ = circuit.scope.add({"layers", {}, SymbolKind::Parameter, scalar()});
    const SymbolId l = circuit.scope.add({"l", {}, SymbolKind::LoopVariable, scalar()});
    pyr_ = circuit.scope.add({"pyr", {}, SymbolKind::Population, scalar()});
    circuit.parameters.push_back({layers_, number(2), "how many"});
    const Expr last{{}, scalar(), Ref{layers_}};
    circuit.body.push_back(
        {{}, PopulationDecl{pyr_, {{l, range(number(1), last)}}, number(4), NeuronId{0}, {}}});
    program_.circuits.add(std::move(circuit));
  }

  void declare() {
    experiment_.name = "Everything";
    experiment_.timestep_value = ms(1);
    n_ = name("n", SymbolKind::Parameter);
    net_ = name("net", SymbolKind::CircuitInstance);
    z_ = name("z", SymbolKind::Population);
    w_ = name("W", SymbolKind::Projection);
    v_ = name("V", SymbolKind::Projection);
    train_ = name("train", SymbolKind::Phase);
    experiment_.parameters.push_back({n_, {}, ""});
    experiment_.elapsed = name("elapsed", SymbolKind::Elapsed, steps());
    add(CircuitInstance{net_, CircuitId{0}, {{layers_, number(3)}}});
    const SymbolId bias = *program_.neurons[NeuronId{0}].scope.find("bias");
    add(PopulationDecl{z_, {}, ref(n_), NeuronId{0}, {{bias, number(-1)}}});
    declare_projections();
    Learn learn{{{}, {}, w_, {}, "hebb"}, ms(5)};
    Silence silence{{{}, net_, pyr_, {number(1)}, {}}};
    Assign bias_now{quantity(z_, "bias"), AssignOp::Set, number(2)};
    add(PhaseDecl{train_, {{{}, learn}, {{}, silence}, {{}, bias_now}}});
  }

  void declare_projections() {
    ProjectionDecl dense;
    dense.symbol = w_;
    dense.pre = {{}, {}, z_, {}, {}, ""};
    dense.post = {{}, {}, z_, {}, range(number(0), number(2)), "I"};
    dense.connect = ConnectInDegree{number(2)};
    dense.no_self = true;
    const SymbolId tau = *program_.synapses[SynapseId{0}].scope.find("tau");
    dense.via = Via{{}, SynapseId{0}, {{tau, ms(3)}}};
    dense.weight = number(0.5);
    dense.learning.push_back({{}, "hebb", RuleId{0}, {}});
    dense.axonal = ms(1);
    dense.sign = Sign::Excitatory;
    dense.weight_dimension_known = true;
    add(dense);
    ProjectionDecl tied;
    tied.symbol = v_;
    tied.pre = {{}, {}, z_, {}, {}, "u"};
    tied.post = {{}, net_, pyr_, {number(1)}, {}, "I"};
    tied.tied_to = Expr{{}, scalar(), Unary{UnaryOp::Negate, quantity(w_, "w")}};
    add(tied);
  }

  void add_statements() {
    const SymbolId total = name("total", SymbolKind::Variable, {Kind::Real, {}, 1, false});
    const SymbolId round = name("round", SymbolKind::LoopVariable);
    const SymbolId rate = name("rate", SymbolKind::RunResult);
    add(Var{total, {{}, scalar(), ArrayLiteral{{number(1), number(2)}}}});
    add(Replay{std::get<Quantity>(quantity(z_, "spike").node), number(0)});
    Body body;
    const auto in_loop = [&](decltype(Stmt::node) node) { body.push_back({{}, std::move(node)}); };
    in_loop(Reset{});
    in_loop(Reset{{{{}, {}, z_, {}, {}}, {{}, net_, pyr_, {number(2)}, {}}}});
    in_loop(Run{
        ms(50), {}, train_, false, {{{}, rate, Reducer::Mean, quantity(z_, "u"), ms(2), ms(10)}}});
    in_loop(Run{ms(20), net_, {}, true, {}});
    in_loop(Assign{ref(total), AssignOp::Add, infix(BinaryOp::Multiply, ref(rate), number(2))});
    in_loop(Clip{{quantity(w_, "w"), ref(total)}, number(-2), number(2)});
    in_loop(Normalise{quantity(w_, "w"), false, number(5), ms(10)});
    const Expr late = infix(BinaryOp::Greater, ref(round), number(7));
    in_loop(If{late,
               {{{}, Break{}}},
               {{{}, Print{{{{}, {Kind::Text, {}, 0}, Text{"a \"b\"\n"}}, ref(round)}}}}});
    in_loop(Every{number(10),
                  {{{}, Record{{{"round", ref(round)}, {"c", quantity(w_, "c", "hebb")}}}}}});
    add(For{{round}, range(number(0), number(9)), std::move(body)});
    const SymbolId mean = name("average", SymbolKind::Constant);
    add(Let{mean, {{}, scalar(), Index{ref(total), {number(0)}}}});
    add(Plot{{{"c", "round", true}, {"c", "round", false}}});
    add(Expect{ref(mean), number(3), number(0.1)});
  }

  void add_sweep() {
    Sweep sweep;
    sweep.name = "Sizes";
    sweep.experiment = ExperimentId{0};
    sweep.axes.push_back({{}, n_, {{}, scalar(), ArrayLiteral{{number(3), number(7)}}}});
    sweep.seeds = number(4);
    program_.sweeps.push_back(std::move(sweep));
  }

  Program program_;
  Experiment experiment_;
  SymbolId layers_, pyr_, n_, net_, z_, w_, v_, train_;
};

// The statements `first`, `first` + 1, … up to `last` of the experiment.
std::string part_of(const Everything& everything, std::ptrdiff_t first, std::ptrdiff_t last) {
  const Body& body = everything.body();
  const Body part(body.begin() + first, body.begin() + last);
  return dump(everything.program(), everything.program().experiments[ExperimentId{0}], part);
}

TEST(ExperimentDump, IsAsRecorded) {
  constexpr std::ptrdiff_t kDeclarations = 5;
  const Everything everything;
  const std::string folder = BOUTON_SOURCE_DIR "/tests/golden/model/";
  EXPECT_TRUE(
      golden::matches_golden(folder + "declarations.txt", part_of(everything, 0, kDeclarations)));
  EXPECT_TRUE(
      golden::matches_golden(folder + "statements.txt",
                             part_of(everything, kDeclarations, std::ssize(everything.body()))));
}

TEST(ExperimentDump, StandsBesideCircuitsAndSweeps) {
  const std::string text = dump(Everything().program());
  EXPECT_THAT(declaration(text, "experiment Everything"),
              testing::StartsWith("experiment Everything\n"
                                  "  timestep 1 ms\n"
                                  "  reads elapsed: steps\n"
                                  "  parameter n: number\n"
                                  "  circuit net: Net(layers = 3)\n"));
  EXPECT_EQ(declaration(text, "circuit Net"),
            "circuit Net\n"
            "  ## A chain.\n"
            "  ## Of two layers.\n"
            "  parameter layers: number = 2\n"
            "    ## how many\n"
            "  population pyr[l in 1 .. layers][4]: Cell()\n");
  EXPECT_EQ(declaration(text, "sweep Sizes of Everything"),
            "sweep Sizes of Everything\n  n in [3, 7]\n  seeds 4\n");
}

TEST(ExperimentDump, OfABodyIsIndentedAsAsked) {
  const Everything everything;
  const Program& program = everything.program();
  const Body last{everything.body().back()};
  EXPECT_EQ(dump(program, program.experiments[ExperimentId{0}], last, 2),
            "    expect average == 3 within 0.1\n");
}

// Each statement that is left out of the experiment leaves the dump, too: none is passed over.
TEST(ExperimentDump, ChangesWithEveryStatement) {
  const Everything everything;
  const Program& program = everything.program();
  const Experiment& experiment = program.experiments[ExperimentId{0}];
  const std::string whole = dump(program, experiment, experiment.body);
  for (std::size_t i = 0; i < experiment.body.size(); ++i) {
    Body shorter = experiment.body;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_LT(dump(program, experiment, shorter).size(), whole.size()) << "statement " << i;
  }
}

}  // namespace
}  // namespace bouton::model
