// Every form of statement, item and declaration, as its structure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/ast/dump.h"
#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

using testing::ElementsAre;

TEST(Items, OfNeurons) {
  EXPECT_THAT(
      items_of("input I: current\ninput J\nnoise xi: white\nnoise n: normal(0, 1)\n"
               "state V: voltage = E\nu = V + I, initially 0\n"
               "spike when V > 2 { V = 0 }\nspike at rate r\nspike with probability p\n"
               "refractory 2 ms holding V, u\nrefractory T\nsolve with euler"),
      ElementsAre("input I: current", "input J", "noise xi: white", "noise n: (call normal 0 1)",
                  "state V: voltage = E", "u = (+ V I), initially 0", "spike when (> V 2)",
                  "  V = 0", "spike at rate r", "spike with probability p",
                  "refractory 2 ms holding V, u", "refractory T", "solve with euler"));
}

TEST(Items, OfSynapses) {
  EXPECT_THAT(
      items_of("psp(s) = exp(-s)\nrenewing\nadditive\non spike { g += w }"),
      ElementsAre("psp(s) = (call exp (- s))", "renewing", "additive", "on spike", "  g += w"));
}

TEST(Items, OfRules) {
  EXPECT_THAT(
      items_of("nonlocal\nbroadcast reward\ntrace x: time = 1 { x' = -x; on pre { x += 1 } }\n"
               "on post { w *= 2 }\non step { w /= 2 }\nbound w in [0, 1]\n"
               "sign inhibitory"),
      ElementsAre("nonlocal", "broadcast reward", "trace x: time = 1", "  x' = (- x)", "  on pre",
                  "    x += 1", "on post", "  w *= 2", "on step", "  w /= 2", "bound w in [0, 1]",
                  "sign inhibitory"));
}

TEST(Items, EveryPairing) {
  EXPECT_THAT(items_of("on pair(d) all { }\non pair(d) nearest { }\non pair(d) immediate { }\n"
                       "on pair(d) pre_centred { }\non pair(d) post_centred in index order { }"),
              ElementsAre("on pair(d) all", "on pair(d) nearest", "on pair(d) immediate",
                          "on pair(d) pre_centred", "on pair(d) post_centred in index order"));
}

TEST(Statements, OfNetworks) {
  EXPECT_THAT(
      statements_of(
          "timestep 0.1 ms\npopulation p[0][n]: A()\npopulation p[l in 1 .. L][d[l]]: A(1)\n"
          "projection W[l in 1 .. L]: p[l].r -> q.I, no self, connect all, via S(t), "
          "weight 2, learning h = R(1), learning R(), axonal 1 ms, dendritic 2 ms, "
          "backprop t, sign excitatory\n"
          "projection V: p -> q.I, connect one to one, weights tied to -transpose(W.w)\n"
          "projection U: p -> q.I, connect probability 0.1\n"
          "projection T: p -> q.I, connect in_degree 5\n"
          "projection X: p -> q.I, connect from [[0, 1]]\ncircuit c: Net(n, a = 1)"),
      ElementsAre(
          "timestep 0.1 ms", "population p[0][n]: A()",
          "population p[l in (.. 1 L)][(index d l)]: A(1)",
          "projection W[l in (.. 1 L)]: (. (index p l) r) -> (. q I), no self, connect all, "
          "via S(t), weight 2, learning h = R(1), learning R(), axonal 1 ms, dendritic 2 ms, "
          "backprop t, sign excitatory",
          "projection V: p -> (. q I), connect one to one, weights tied to "
          "(- (call transpose (. W w)))",
          "projection U: p -> (. q I), connect probability 0.1",
          "projection T: p -> (. q I), connect in_degree 5",
          "projection X: p -> (. q I), connect from (array (array 0 1))",
          "circuit c: Net(n, a = 1)"));
}

TEST(Statements, OfRuns) {
  EXPECT_THAT(
      statements_of("phase a { learn W, p.r after 1 ms; silence q, r }\nrun D\nrun 2 * D of c\n"
                    "run D in a\nrun D of c.d frozen observing { x = mean(u) every T after T0; "
                    "y = count(z) }\nreset\nreset a, b[1]\nreplay z.spike from load(\"f\")"),
      ElementsAre("phase a", "  learn W, (. p r) after 1 ms", "  silence q, r", "run D",
                  "run (* 2 D) of c", "run D in a", "run D of (. c d) frozen observing",
                  "  x = (call mean u) every T after T0", "  y = (call count z)", "reset",
                  "reset a, (index b 1)", "replay (. z spike) from (call load \"f\")"));
}

TEST(Statements, OfTheHost) {
  EXPECT_THAT(
      statements_of(
          "let a = 1\nvar b = [2]\nb -= a\nfor (x, y) in zip(a, b) { break }\n"
          "every 10 { record epoch, kl = d }\nplot kl vs epoch log, a vs b\n"
          "print \"epoch \", epoch, \": \", kl\nclip W.w, z.b to [-2, 2]\n"
          "normalise W.w per pre to 5 every 1 s\nexpect a == b within 1e-12\nexpect a < b"),
      ElementsAre("let a = 1", "var b = (array 2)", "b -= a", "for (x, y) in (call zip a b)",
                  "  break", "every 10", "  record epoch, kl = d", "plot kl vs epoch log, a vs b",
                  "print \"epoch \", epoch, \": \", kl", "clip (. W w), (. z b) to [(- 2), 2]",
                  "normalise (. W w) per pre to 5 every 1 s", "expect (== a b) within 1e-12",
                  "expect (< a b)"));
}

TEST(Declarations, OfEveryKind) {
  const auto parsed = parse_text(
      "import \"rules/mine.bouton\"\nimport rules.sal\nfunction f(x, y: time = 1 ms) = x + y\n"
      "neuron N { }\nsynapse S(tau) { }\nrule R() { }\ncircuit C(phi: function = tanh) { }\n"
      "experiment E { }\nsweep A of E { n in [1, 2]; seeds 3 }\nverify \"it holds\" { }\n");
  ASSERT_TRUE(parsed.file) << testing::PrintToString(parsed.messages);
  EXPECT_EQ(ast::dump(*parsed.file), R"(import "rules/mine.bouton"
import rules.sal
function f
    parameter x
    parameter y: time = 1 ms
= (+ x y)
neuron N
synapse S
    parameter tau
rule R
circuit C
    parameter phi: function = tanh
experiment E
sweep A of E
  n in (array 1 2)
  seeds 3
verify "it holds"
)");
}

TEST(Spans, CoverWhatWasWritten) {
  const auto parsed = parse_text("function f(µ) = (µ + 2 ms) * g");
  ASSERT_TRUE(parsed.file);
  const auto& function = std::get<ast::Function>(parsed.file->declarations[0].node);
  EXPECT_EQ(function.name.span, (source::Span{0, 9, 10}));
  EXPECT_EQ(function.parameters[0].name.span, (source::Span{0, 11, 13}));
  EXPECT_EQ(function.value.span, (source::Span{0, 17, 32}));
  const auto& product = std::get<ast::Binary>(function.value.node);
  EXPECT_EQ(product.op_span, (source::Span{0, 29, 30}));
  EXPECT_EQ(product.left->span, (source::Span{0, 17, 28}));
  EXPECT_TRUE(product.left->parenthesised);
}

TEST(Documentation, BelongsToWhatFollowsAndToTheLineItStandsOn) {
  const auto parsed = parse_text(
      "# no documentation\n## A rule.\n## Cited.\nrule R(\n  ## learning rate\n  eta,\n"
      "  tau = 1 ms  ## window\n) { }\n");
  ASSERT_TRUE(parsed.file) << testing::PrintToString(parsed.messages);
  const ast::Declaration& declaration = parsed.file->declarations[0];
  EXPECT_EQ(ast::documentation(declaration.trivia), "A rule.\nCited.");
  const auto& rule = std::get<ast::Component>(declaration.node);
  EXPECT_EQ(ast::documentation(rule.parameters[0].trivia), "learning rate");
  EXPECT_EQ(ast::documentation(rule.parameters[1].trivia), "window");
}

}  // namespace
}  // namespace bouton::parse
