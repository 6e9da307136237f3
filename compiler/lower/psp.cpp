#include "compiler/lower/psp.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "compiler/lower/arrival.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/exact_sum.h"
#include "compiler/lower/history.h"
#include "compiler/lower/spike.h"

namespace bouton::lower {

namespace {

using elaborate::ProjectionId;
using plan::OpCode;

constexpr std::int64_t kMostSpikes = 64;  // that one psp adds up, unrolled

class PspSum {
 public:
  PspSum(Lowering& lowering, ProjectionId id)
      : lowering_(lowering),
        source_(lowering.network.projections[id]),
        psp_(*source_.synapse->psp),
        synapse_(lowering.network.program->synapses[source_.synapse->synapse]),
        pre_(lowering.populations[source_.pre.population]),
        late_(at_neuron(source_)),
        spikes_(arrivals(lowering, late_)),
        parts_(lowering.projections[id]) {}

  void lower(std::vector<plan::Item>& items) {
    const bool renewing = synapse_.psp->overlap == model::Psp::Overlap::Renewing;
    if (psp_.samples.empty()) return;
    if (!renewing && overlapping() > kMostSpikes)
      return lowering_.refuse(Unlowered::ManyOverlappingPsps, source_.span, describe_overlap());
    if (psp_.level && renewing)
      lower_switch(items);
    else if (psp_.level)
      lower_count(items);
    else
      lower_samples(items, renewing);
  }

 private:
  struct Term {
    plan::ValueId where;
    std::optional<plan::ValueId> times;
  };

  [[nodiscard]] std::int64_t depth() const { return depth_of(lowering_, *spikes_.history); }

  // So many of the last spikes can act together: rules may keep more.
  [[nodiscard]] std::int64_t overlapping() const {
    const std::int64_t interval = least_interval(lowering_, source_.pre.population);
    return std::min(depth(), static_cast<std::int64_t>(psp_.samples.size()) / interval + 1);
  }

  [[nodiscard]] std::string describe_overlap() const {
    const elaborate::PopulationId id = source_.pre.population;
    const elaborate::Population& population = lowering_.network.populations[id];
    const std::int64_t interval = least_interval(lowering_, id);
    return fmt::format(
        "the `psp` of `{}` lasts {} steps, neuron `{}` of `{}` may spike every {}: up to {} spikes "
        "overlap, at most {} are compiled",
        synapse_.name, psp_.samples.size(), lowering_.network.neuron_of(population).name,
        population.name.substr(population.name.find('/') + 1),
        interval == 1 ? "step" : fmt::format("{} steps", interval), overlapping(), kMostSpikes);
  }

  // Spikes that arrive in this step count if psp(0) is not 0; step order has tested for them then.
  [[nodiscard]] bool acts_at_once() const { return psp_.samples.front() != 0.0; }

  plan::ColumnId presynaptic(const char* name, plan::Type type) {
    return add_column(lowering_, {source_.name + name,
                                  type,
                                  {pre_.axis},
                                  plan::Role::Scratch,
                                  parts_.link,
                                  {},
                                  source_.span});
  }
  plan::ColumnId postsynaptic(const char* name, plan::Type type) {
    const plan::AxisId axis = lowering_.populations[source_.post.population].axis;
    return add_column(
        lowering_,
        {source_.name + name, type, {axis}, plan::Role::Scratch, parts_.link, {}, source_.span});
  }

  plan::KernelBuilder presynaptic_kernel(std::string method) {
    plan::KernelBuilder k(lowering_.plan, "psp", parts_.circuit, {pre_.axis});
    k.origin({"psp", synapse_.psp->value.span, std::move(method), {}, when_it_acts()});
    return k;
  }
  [[nodiscard]] const char* when_it_acts() const {
    if (late_.steps > 0)
      return acts_at_once() ? "psp(0) is not 0: a spike acts in the step in which it arrives"
                            : "psp(0) = 0: a spike acts from the step after its arrival on";
    return acts_at_once() ? "psp(0) is not 0: a spike acts in its own step"
                          : "psp(0) = 0: a spike acts from the next step on";
  }
  [[nodiscard]] std::string ages_at_level() const {
    return fmt::format("{} to {} steps {}", psp_.level->first, psp_.level->last,
                       late_.steps > 0 ? "behind its arrival" : "old");
  }
  // The kernel over the synapses that adds them up.
  plan::KernelBuilder sum_kernel(std::string method) {
    plan::KernelBuilder k(lowering_.plan, "input", parts_.circuit, parts_.link);
    k.origin({"sum of w*psp", source_.span, std::move(method)});
    return k;
  }

  plan::ValueId age_of(plan::KernelBuilder& k, plan::ValueId spike_step) {
    return k.op(OpCode::SubtractInt, k.step(), spike_step);
  }
  plan::ValueId last_spike(plan::KernelBuilder& k) {
    const plan::ValueId last = k.load(spikes_.last);
    return acts_at_once() ? k.select(k.load(spikes_.fired), k.step(), last) : last;
  }
  // Spikes that were under way at a reset are forgotten, too.
  plan::ValueId is_seen(plan::KernelBuilder& k, plan::ValueId spike_step) {
    plan::ValueId first = k.load_at(*parts_.first_seen, {});
    if (late_.steps > 0) first = k.op(OpCode::AddInt, first, k.whole(late_.steps));
    return k.op(OpCode::LessEqualInt, first, spike_step);
  }
  // Whether a spike arrives in this step, and is not forgotten.
  plan::ValueId arrives(plan::KernelBuilder& k) {
    const plan::ValueId fired = k.load(spikes_.fired);
    const bool may_be_forgotten = parts_.first_seen && late_.steps > 0;
    return may_be_forgotten ? k.op(OpCode::And, fired, is_seen(k, k.step())) : fired;
  }
  // Whether a spike has an age in this interval, and is not forgotten.
  plan::ValueId acts(plan::KernelBuilder& k, plan::ValueId spike_step, std::int64_t first,
                     std::int64_t last) {
    const plan::ValueId age = age_of(k, spike_step);
    const plan::ValueId within = k.op(OpCode::And, k.op(OpCode::LessEqualInt, k.whole(first), age),
                                      k.op(OpCode::LessEqualInt, age, k.whole(last)));
    return parts_.first_seen ? k.op(OpCode::And, within, is_seen(k, spike_step)) : within;
  }

  // On or off: one level of one spike.
  void lower_switch(std::vector<plan::Item>& items) {
    const plan::ColumnId on = presynaptic(".on", plan::kBool);
    plan::KernelBuilder k = presynaptic_kernel(
        "renewing and of one height: on where the last spike is " + ages_at_level());
    k.store(on, acts(k, last_spike(k), psp_.level->first, psp_.level->last));
    items.push_back(plan::item(k.finish()));
    add_exact_sum(items, [&](plan::KernelBuilder& sum) {
      return Term{sum.load_at(on, {parts_.pre}), std::nullopt};
    });
  }

  // The last of the spikes that can act together, in any order.
  template <typename Visit>
  void for_each_spike(plan::KernelBuilder& k, const Visit& visit) {
    if (overlapping() < depth()) return for_each_spike_in_order(k, visit);
    const plan::History& history = lowering_.plan.histories[*spikes_.history];
    for (std::int64_t slot = 0; slot < depth(); ++slot)
      visit(k.load_at(history.ring, {pre_.axis, k.whole(slot)}));
  }
  // The same, oldest first.
  template <typename Visit>
  void for_each_spike_in_order(plan::KernelBuilder& k, const Visit& visit) {
    const plan::History& history = lowering_.plan.histories[*spikes_.history];
    const plan::ValueId head = k.load(history.head);
    const plan::ValueId length = k.whole(depth());
    for (std::int64_t i = depth() - overlapping(); i < depth(); ++i) {
      const plan::ValueId slot =
          k.op(OpCode::FloorModuloInt, k.op(OpCode::AddInt, head, k.whole(i)), length);
      visit(k.load_at(history.ring, {pre_.axis, slot}));
    }
  }

  // How many spikes are at the level.
  void lower_count(std::vector<plan::Item>& items) {
    const plan::ColumnId count = presynaptic(".count", plan::kI64);
    plan::KernelBuilder k = presynaptic_kernel(
        fmt::format("additive and of one height: how many of the last {} spikes are {}",
                    overlapping(), ages_at_level()));
    plan::ValueId sum = k.whole(0);
    for_each_spike(k, [&](plan::ValueId spike_step) {
      const plan::ValueId counts = acts(k, spike_step, psp_.level->first, psp_.level->last);
      sum = k.op(OpCode::AddInt, sum, k.op_as(plan::kI64, OpCode::BoolToInt, counts));
    });
    if (acts_at_once())
      sum = k.op(OpCode::AddInt, sum, k.op_as(plan::kI64, OpCode::BoolToInt, arrives(k)));
    k.store(count, sum);
    items.push_back(plan::item(k.finish()));
    add_exact_sum(items, [&](plan::KernelBuilder& s) {
      const plan::ValueId spikes = s.load_at(count, {parts_.pre});
      return Term{s.op(OpCode::LessInt, s.whole(0), spikes), spikes};
    });
  }

  // Of the terms that count, each as often as `times` says: see Note [Sums that overflow] in
  // exact_sum.h.
  template <typename MakeTerm>
  void add_exact_sum(std::vector<plan::Item>& items, const MakeTerm& make_term) {
    parts_.sum = postsynaptic(".sum", plan::kInputFixed);
    parts_.check = postsynaptic(".check", plan::kCheckFixed);
    parts_.unfit = postsynaptic(".unfit", plan::kI64);
    plan::KernelBuilder k = sum_kernel("an exact sum in fixed point, since the psp has one height");
    const ExactSum sum(k, parts_, psp_.level->value);
    const auto [where, times] = make_term(k);
    sum.add(where, times);
    items.push_back(plan::item(k.finish()));
  }

  // psp(s) as a table of its samples.
  plan::ColumnId add_table() {
    const auto length = static_cast<std::int64_t>(psp_.samples.size());
    const plan::AxisId age = plan::add_ring_axis(lowering_.plan, source_.name + ".psp", length);
    plan::ColumnId table = add_column(lowering_, {source_.name + ".psp",
                                                  plan::kReal,
                                                  {age},
                                                  plan::Role::Constant,
                                                  parts_.link,
                                                  literal(runtime::Tensor::vector(psp_.samples)),
                                                  source_.span});
    lowering_.plan.columns[table].sharing = plan::Sharing::Shared;
    return table;
  }

  plan::ValueId sample(plan::KernelBuilder& k, plan::ColumnId table, plan::ValueId spike_step) {
    const auto last = static_cast<std::int64_t>(psp_.samples.size()) - 1;
    const plan::ValueId inside = acts(k, spike_step, 0, last);
    const plan::ValueId place = k.select(inside, age_of(k, spike_step), k.whole(0));
    return k.select(inside, k.load_at(table, {place}), k.real(0.0));
  }

  [[nodiscard]] std::string samples_method(bool renewing) const {
    const std::size_t length = psp_.samples.size();
    if (renewing)
      return fmt::format("renewing: a table of {} samples, at the last spike's age", length);
    return fmt::format("additive: a table of {} samples, summed over the last {} spikes", length,
                       overlapping());
  }

  void lower_samples(std::vector<plan::Item>& items, bool renewing) {
    const plan::ColumnId table = add_table();
    const plan::ColumnId factor = presynaptic(".factor", plan::kReal);
    plan::KernelBuilder k = presynaptic_kernel(samples_method(renewing));
    k.store(factor, renewing ? sample(k, table, last_spike(k)) : sum_samples(k, table));
    items.push_back(plan::item(k.finish()));
    parts_.sum = postsynaptic(".sum", plan::kReal);
    plan::KernelBuilder s = sum_kernel("eight partial sums, since the psp has several heights");
    const plan::ValueId presynaptic_factor = s.load_at(factor, {parts_.pre});
    const plan::ValueId term =
        s.op(OpCode::MultiplyReal, s.load(parts_.weight), presynaptic_factor);
    const plan::ValueId counts = s.op(OpCode::NotEqualReal, presynaptic_factor, s.real(0.0));
    s.reduce_where(*parts_.sum, counts, term, {parts_.pre}, plan::Order::PartialSums);
    items.push_back(plan::item(s.finish()));
  }

  // Oldest first.
  plan::ValueId sum_samples(plan::KernelBuilder& k, plan::ColumnId table) {
    plan::ValueId sum = k.real(0.0);
    for_each_spike_in_order(
        k, [&](plan::ValueId spike) { sum = k.op(OpCode::AddReal, sum, sample(k, table, spike)); });
    if (!acts_at_once()) return sum;
    const plan::ValueId now = k.select(arrives(k), k.real(psp_.samples.front()), k.real(0.0));
    return k.op(OpCode::AddReal, sum, now);
  }

  Lowering& lowering_;
  const elaborate::Projection& source_;
  const elaborate::PspShape& psp_;
  const model::Synapse& synapse_;
  const PopulationParts& pre_;
  Lateness late_;  // of a spike at the neuron
  const Arrivals& spikes_;
  ProjectionParts& parts_;
};

}  // namespace

void lower_psp_sum(Lowering& lowering, ProjectionId id, std::vector<plan::Item>& items) {
  PspSum(lowering, id).lower(items);
}

}  // namespace bouton::lower
