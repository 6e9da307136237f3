#include "compiler/lower/projection.h"

#include "compiler/base/match.h"
#include "compiler/lower/arrival.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/rule.h"

namespace bouton::lower {

namespace {

using elaborate::ProjectionId;

class ProjectionLowerer {
 public:
  ProjectionLowerer(Lowering& lowering, ProjectionId id)
      : lowering_(lowering),
        id_(id),
        source_(lowering.network.projections[id]),
        parts_(lowering.projections[id]) {}

  // Axes, the link, and weights of its own.
  void add() {
    refuse_unlowered();
    const auto* dense = std::get_if<elaborate::DenseConnectivity>(&source_.connectivity);
    plan::DenseStorage storage;
    storage.post = add_axis(" post", plan::Axis::Kind::Post, source_.post);
    storage.pre = add_axis(" pre", plan::Axis::Kind::Pre, source_.pre);
    storage.no_self = dense != nullptr && dense->no_self && within_one_population();
    storage.one_to_one =
        std::holds_alternative<elaborate::OneToOneConnectivity>(source_.connectivity);
    parts_.circuit = lowering_.populations[source_.post.population].circuit;
    parts_.post = storage.post;
    parts_.pre = storage.pre;
    plan::Link link;
    link.name = source_.name;
    link.pre = lowering_.populations[source_.pre.population].population;
    link.post = lowering_.populations[source_.post.population].population;
    link.storage = storage;
    add_delays(link);
    link.span = source_.span;
    parts_.link = lowering_.plan.links.add(std::move(link));
    if (lowering_.reset_alone.contains(id_)) add_first_seen();
    if (!source_.tie) set_weight(add_weights());
  }

  void tie(const elaborate::Tie& tie) {
    plan::View view;
    view.name = source_.name + ".w";
    view.of = lowering_.projections[tie.to].weight;
    view.transposed = tie.transposed;
    view.axes = {parts_.post, parts_.pre};
    view.scale = tie.scale;
    view.span = tie.span;
    set_weight(lowering_.plan.views.add(std::move(view)));
  }

  void add_rules() {
    for (const elaborate::RuleInstance& rule : source_.rules) add_rule(lowering_, id_, rule);
  }

 private:
  [[nodiscard]] bool within_one_population() const {
    return source_.pre.population == source_.post.population;
  }

  void refuse_unlowered() {
    match(
        source_.connectivity, [](const elaborate::DenseConnectivity&) {},
        [](const elaborate::OneToOneConnectivity&) {},
        [&](const elaborate::SparseConnectivity&) { refuse(Unlowered::SparseProjection); });
    refuse_delays();
    if (source_.synapse && !source_.synapse->psp)
      lowering_.refuse(Unlowered::SynapseStates, source_.synapse->span);
  }
  // Of spikes: what rules see of neurons' variables, and what they have to forget.
  void refuse_delays() {
    const elaborate::Delays& delays = source_.delays;
    const bool delayed = delays.axonal != 0 || delays.dendritic != 0 || delays.backprop != 0;
    if (!delayed) return;
    const bool by_one_step = delays.axonal <= 1 && delays.dendritic <= 1 && source_.rules.empty();
    if (source_.pre_variable && !by_one_step) return refuse(Unlowered::Delay);
    if (!source_.rules.empty() && lowering_.reset_alone.contains(id_))
      refuse(Unlowered::ResetUnderWay);
    for (const elaborate::RuleInstance& rule : source_.rules)
      for (const elaborate::PartnerBinding& partner : rule.partners)
        if (is_seen_late(partner)) return lowering_.refuse(Unlowered::SeenLate, rule.span);
  }
  // Parameters have no past.
  [[nodiscard]] bool is_seen_late(const elaborate::PartnerBinding& partner) const {
    const Lateness late = at_synapse(source_, partner.side);
    const model::Scope& scope = lowering_.neuron_of(late.population).scope;
    return late.steps > 0 && scope[partner.symbol].kind != model::SymbolKind::Parameter;
  }
  void add_delays(plan::Link& link) {
    const auto add = [&](std::int64_t steps) {
      return steps == 0 ? std::nullopt : std::optional(plan::add_extent(lowering_.plan, steps));
    };
    link.axonal = add(source_.delays.axonal);
    link.dendritic = add(source_.delays.dendritic);
    link.backprop = add(source_.delays.backprop);
  }

  void add_first_seen() {
    parts_.first_seen = add_column(lowering_, {source_.name + ".first seen",
                                               plan::kI64,
                                               {},
                                               plan::Role::State,
                                               parts_.link,
                                               {},
                                               source_.span,
                                               "the experiment resets it without its populations"});
    lowering_.plan.links[parts_.link].first_seen = parts_.first_seen;
  }
  plan::ColumnId add_weights() {
    return add_column(lowering_, {source_.name + ".w",
                                  plan::kReal,
                                  {parts_.post, parts_.pre},
                                  plan::Role::Weight,
                                  parts_.link,
                                  plan::real(source_.initial_weight),
                                  source_.span});
  }
  void set_weight(plan::Operand weight) {
    parts_.weight = weight;
    lowering_.plan.links[parts_.link].weight = weight;
  }
  void refuse(Unlowered construct) { lowering_.refuse(construct, source_.span); }

  plan::AxisId add_axis(const char* side, plan::Axis::Kind kind,
                        const elaborate::PopulationPart& part) {
    plan::Axis axis;
    axis.name = source_.name + side;
    axis.kind = kind;
    axis.extent = plan::add_extent(lowering_.plan, part.count);
    axis.within = lowering_.populations[part.population].axis;
    if (part.first != 0) axis.offset = plan::add_extent(lowering_.plan, part.first);
    return lowering_.plan.axes.add(axis);
  }

  Lowering& lowering_;
  ProjectionId id_;
  const elaborate::Projection& source_;
  ProjectionParts& parts_;
};

}  // namespace

void add_projections(Lowering& lowering) {
  const auto& sources = lowering.network.projections;
  for (const ProjectionId id : sources.ids()) {
    lowering.projections.add({});
    ProjectionLowerer(lowering, id).add();
    if (!sources[id].tie) ProjectionLowerer(lowering, id).add_rules();
  }
  // Weights may be tied to those of later projections.
  for (const ProjectionId id : sources.ids()) {
    if (!sources[id].tie) continue;
    ProjectionLowerer(lowering, id).tie(*sources[id].tie);
    ProjectionLowerer(lowering, id).add_rules();
  }
}

}  // namespace bouton::lower
