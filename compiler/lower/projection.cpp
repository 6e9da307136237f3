#include "compiler/lower/projection.h"

#include "compiler/base/match.h"
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

  void add() {
    refuse_unlowered();
    const auto* dense = std::get_if<elaborate::DenseConnectivity>(&source_.connectivity);
    plan::DenseStorage storage;
    storage.post = add_axis(" post", plan::Axis::Kind::Post, source_.post);
    storage.pre = add_axis(" pre", plan::Axis::Kind::Pre, source_.pre);
    storage.no_self = dense != nullptr && dense->no_self && within_one_population();
    parts_.post = storage.post;
    parts_.pre = storage.pre;
    parts_.weight = add_column(lowering_, {source_.name + ".w",
                                           plan::kReal,
                                           {parts_.post, parts_.pre},
                                           plan::Role::Weight,
                                           {},
                                           plan::real(source_.initial_weight),
                                           source_.span});
    plan::Link link;
    link.name = source_.name;
    link.pre = lowering_.populations[source_.pre.population].population;
    link.post = lowering_.populations[source_.post.population].population;
    link.storage = storage;
    link.weight = parts_.weight;
    link.span = source_.span;
    parts_.link = lowering_.plan.links.add(std::move(link));
    lowering_.plan.columns[parts_.weight].owner = parts_.link;
    for (const elaborate::RuleInstance& rule : source_.rules) add_rule(lowering_, id_, rule);
  }

 private:
  [[nodiscard]] bool within_one_population() const {
    return source_.pre.population == source_.post.population;
  }

  void refuse_unlowered() {
    match(
        source_.connectivity, [](const elaborate::DenseConnectivity&) {},
        [&](const elaborate::OneToOneConnectivity&) { refuse(Unlowered::SparseProjection); },
        [&](const elaborate::SparseConnectivity&) { refuse(Unlowered::SparseProjection); });
    const elaborate::Delays& delays = source_.delays;
    if (delays.axonal != 0 || delays.dendritic != 0 || delays.backprop != 0)
      refuse(Unlowered::Delay);
    if (source_.pre_variable) refuse(Unlowered::ContinuousProjection);
    if (source_.tie) lowering_.refuse(Unlowered::TiedWeights, source_.tie->span);
    if (source_.synapse && !source_.synapse->psp)
      lowering_.refuse(Unlowered::SynapseStates, source_.synapse->span);
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
  for (const ProjectionId id : lowering.network.projections.ids()) {
    lowering.projections.add({});
    ProjectionLowerer(lowering, id).add();
  }
}

}  // namespace bouton::lower
