#include "compiler/lower/trace_place.h"

#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/arrival.h"

namespace bouton::lower {

namespace {

using model::Side;
using model::SymbolKind;

const elaborate::PopulationPart& part_of(const elaborate::Projection& projection, Side side) {
  return side == Side::Pre ? projection.pre : projection.post;
}

class SideTest {
 public:
  SideTest(const Lowering& lowering, const RuleAt& at, Side side)
      : lowering_(lowering),
        parts_(lowering.projections[at.projection].rules[at.rule]),
        projection_(lowering.network.projections[at.projection]),
        scope_(lowering.rule_of(projection_.rules[at.rule]).scope),
        side_(side) {}

  void visit(const model::Expr& part) {
    match(
        part.node, [&](const model::Ref& ref) { require(holds(ref.symbol)); },
        [&](const model::Previous& previous) { require(holds(previous.symbol)); },
        [&](const model::Slope&) { require(false); },
        [&](const model::PartnerField& field) {
          require(field.side == side_ && is_whole_population());
        },
        [](const auto&) {});
  }
  [[nodiscard]] bool passed() const { return passed_; }

 private:
  void require(bool condition) { passed_ = passed_ && condition; }

  [[nodiscard]] bool holds(model::SymbolId symbol) const {
    if (parts_.constants.contains(symbol)) return true;
    if (const auto trace = parts_.traces.find(symbol); trace != parts_.traces.end())
      return trace->second.side == side_;
    const SymbolKind kind = scope_[symbol].kind;
    return kind == SymbolKind::Timestep || kind == SymbolKind::Local;
  }

  // Else the kernel would also read neurons that the rule never looks at.
  [[nodiscard]] bool is_whole_population() const {
    const elaborate::PopulationPart& part = part_of(projection_, side_);
    return part.first == 0 && part.count == lowering_.network.populations[part.population].size;
  }

  const Lowering& lowering_;
  const RuleParts& parts_;
  const elaborate::Projection& projection_;
  const model::Scope& scope_;
  Side side_;
  bool passed_ = true;
};

}  // namespace

plan::AxisId axis_of(const Lowering& lowering, const RuleAt& at, Side side) {
  const ProjectionParts& projection = lowering.projections[at.projection];
  if (!at.side) return side == Side::Pre ? projection.pre : projection.post;
  const elaborate::Projection& source = lowering.network.projections[at.projection];
  return lowering.populations[part_of(source, side).population].axis;
}

std::vector<plan::AxisId> trace_axes(const Lowering& lowering, const RuleAt& at,
                                     std::optional<Side> side) {
  if (side) return {axis_of(lowering, {at.projection, at.rule, side}, *side)};
  const ProjectionParts& projection = lowering.projections[at.projection];
  return {projection.post, projection.pre};
}

plan::ValueId load_trace_column(const RuleAt& at, plan::ColumnId column, std::optional<Side> side,
                                Emitter& emit) {
  if (side) return emit.kernel().load_at(column, {axis_of(emit.lowering(), at, *side)});
  const ProjectionParts& projection = emit.lowering().projections[at.projection];
  return emit.kernel().load_at(column, {projection.post, projection.pre});
}

plan::KernelBuilder trace_kernel(Lowering& lowering, const RuleAt& at, std::string name) {
  const plan::CircuitId circuit = lowering.projections[at.projection].circuit;
  if (at.side) return {lowering.plan, std::move(name), circuit, trace_axes(lowering, at, at.side)};
  return {lowering.plan, std::move(name), circuit, lowering.projections[at.projection].link};
}

plan::Item at_spikes(Lowering& lowering, const RuleAt& at, Side by, plan::KernelId kernel) {
  const elaborate::Projection& source = lowering.network.projections[at.projection];
  const plan::EventId spike = arrivals(lowering, at_synapse(source, by)).event;
  if (at.side) return plan::item_when(kernel, {spike});
  plan::Handler handler;
  handler.name = "trace";
  handler.over = by == Side::Pre ? plan::Handler::Over::Outgoing : plan::Handler::Over::Incoming;
  handler.on = spike;
  handler.link = lowering.projections[at.projection].link;
  handler.body = kernel;
  return {lowering.plan.handlers.add(handler), {}, {}};
}

bool belongs_to(const Lowering& lowering, const RuleAt& at, Side side, const model::Expr& expr) {
  SideTest test(lowering, at, side);
  elaborate::walk(expr, [&](const model::Expr& part) { test.visit(part); });
  return test.passed();
}

bool belongs_to(const Lowering& lowering, const RuleAt& at, Side side,
                const model::HandlerBody& body) {
  SideTest test(lowering, at, side);
  elaborate::walk(body, [&](const model::Expr& part) { test.visit(part); });
  return test.passed();
}

}  // namespace bouton::lower
