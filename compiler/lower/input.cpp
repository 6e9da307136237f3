#include "compiler/lower/input.h"

#include "compiler/lower/columns.h"
#include "compiler/lower/exact_sum.h"
#include "compiler/lower/neuron.h"
#include "compiler/lower/psp.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;
using plan::OpCode;

// The sum of this step, of which the input may be that of the step before.
plan::ColumnId add_sum_column(Lowering& lowering, const elaborate::Projection& source,
                              const ProjectionParts& parts) {
  const bool delayed = receives_sum_late(source);
  const plan::ColumnId sum =
      add_column(lowering, {source.name + ".sum",
                            plan::kReal,
                            {lowering.populations[source.post.population].axis},
                            delayed ? plan::Role::State : plan::Role::Scratch,
                            parts.link,
                            {},
                            source.span});
  lowering.plan.columns[sum].buffers.previous = delayed;
  return sum;
}

// The presynaptic variable, as a real.
plan::ValueId read_sent(const elaborate::Projection& source, const ProjectionParts& parts,
                        Emitter& emit) {
  const NeuronAt at{source.pre.population, parts.pre};
  const Value sent = source.delays.axonal > 0
                         ? read_neuron_before(at, *source.pre_variable, source.span, emit)
                         : read_neuron(at, *source.pre_variable, source.span, emit);
  const model::Neuron& neuron = emit.lowering().neuron_of(source.pre.population);
  const bool is_truth = neuron.scope[*source.pre_variable].type.kind == model::Kind::Boolean;
  return emit.real(is_truth ? emit.number_of_truth(sent) : sent);
}

// Of a continuous variable.
plan::Item lower_variable_sum(Lowering& lowering, ProjectionId id) {
  const elaborate::Projection& source = lowering.network.projections[id];
  ProjectionParts& parts = lowering.projections[id];
  parts.sum = add_sum_column(lowering, source, parts);
  plan::KernelBuilder k(lowering.plan, "input", parts.circuit, parts.link);
  Emitter emit(lowering, k);
  const std::string& sent =
      lowering.neuron_of(source.pre.population).scope[*source.pre_variable].name;
  k.origin({"sum of w*" + sent,
            source.span,
            "eight partial sums",
            {},
            source.delays.axonal > 0 ? "of the step before" : ""});
  const plan::ValueId factor = read_sent(source, parts, emit);
  const plan::ValueId term = k.op(OpCode::MultiplyReal, k.load(parts.weight), factor);
  const plan::ValueId counts = k.op(OpCode::NotEqualReal, factor, k.real(0.0));
  k.reduce_where(*parts.sum, counts, term, {parts.pre}, plan::Order::PartialSums);
  return plan::item(k.finish());
}

// What one projection adds, as a real.
Value read_sum(const ProjectionParts& parts, const std::string& name, source::Span span,
               Emitter& emit) {
  plan::KernelBuilder& k = emit.kernel();
  if (emit.lowering().plan.columns[*parts.sum].buffers.previous)
    return k.load(*parts.sum, plan::Version::PreviousStep);
  if (!parts.check) return k.load(*parts.sum);
  return read_exact_sum(parts, name, span, emit);
}

}  // namespace

bool receives_sum_late(const elaborate::Projection& projection) {
  return projection.pre_variable && projection.delays.dendritic > 0;
}

std::vector<ProjectionId> projections_to(const Lowering& lowering, PopulationId population,
                                         model::SymbolId input) {
  std::vector<ProjectionId> projections;
  for (const ProjectionId id : lowering.network.projections.ids()) {
    const elaborate::Projection& projection = lowering.network.projections[id];
    if (projection.post.population == population && projection.input == input)
      projections.push_back(id);
  }
  return projections;
}

std::vector<plan::Item> lower_input_sum(Lowering& lowering, ProjectionId id) {
  std::vector<plan::Item> items;
  const elaborate::Projection& projection = lowering.network.projections[id];
  if (projection.pre_variable) items.push_back(lower_variable_sum(lowering, id));
  if (projection.synapse && projection.synapse->psp) lower_psp_sum(lowering, id, items);
  return items;
}

Value lower_input(PopulationId population, model::SymbolId input, const Silent& silent,
                  Emitter& emit) {
  const Lowering& lowering = emit.lowering();
  std::optional<Value> total;
  for (const ProjectionId id : projections_to(lowering, population, input)) {
    const elaborate::Projection& projection = lowering.network.projections[id];
    const ProjectionParts& parts = lowering.projections[id];
    if (silent.contains(id) || !parts.sum) continue;
    const Value sum = read_sum(parts, projection.name, projection.span, emit);
    total = total ? emit.calculate(model::BinaryOp::Add, *total, sum) : sum;
  }
  return total.value_or(0.0);
}

}  // namespace bouton::lower
