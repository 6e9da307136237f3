#include "compiler/explain/work.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/explain/table.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"
#include "compiler/plan/unchanged.h"

namespace bouton::explain {

namespace {

using plan::Handler;
using plan::Plan;

std::int64_t value_of(const Plan& plan, plan::ExtentId extent) {
  const auto* whole = std::get_if<plan::HostInteger>(&plan.extents[extent].value.node);
  BOUTON_CHECK(whole != nullptr, "an extent is not bound to a number");
  return whole->value;
}

bool without_self(const Plan& plan, const std::optional<plan::LinkId>& link) {
  if (!link) return false;
  const auto* dense = std::get_if<plan::DenseStorage>(&plan.links[*link].storage);
  return dense != nullptr && dense->no_self;
}

bool one_to_one(const Plan& plan, const std::optional<plan::LinkId>& link) {
  if (!link) return false;
  const auto* dense = std::get_if<plan::DenseStorage>(&plan.links[*link].storage);
  return dense != nullptr && dense->one_to_one;
}

std::int64_t elements_of(const Plan& plan, const plan::Kernel& kernel) {
  std::int64_t elements = 1;
  for (const plan::AxisId axis : kernel.space) elements *= length_of(plan, axis);
  if (without_self(plan, kernel.link)) elements -= length_of(plan, kernel.space.front());
  if (one_to_one(plan, kernel.link)) elements = length_of(plan, kernel.space.front());
  return elements;
}

// The synapses at which the spikes of one neuron arrive, or of which it is the postsynaptic neuron;
// on average where that differs.
std::int64_t synapses_of_neuron(const Plan& plan, plan::LinkId id, Work::Role role) {
  const plan::Link& link = plan.links[id];
  const bool pre = role == Work::Role::Presynaptic;
  return match(
      link.storage,
      [&](const plan::DenseStorage& dense) {
        if (dense.one_to_one) return std::int64_t{1};
        return length_of(plan, pre ? dense.post : dense.pre) - (dense.no_self ? 1 : 0);
      },
      [&](const plan::SparseStorage& sparse) {
        const plan::AxisId neurons = plan.populations[pre ? link.pre : link.post].axis;
        const std::int64_t count = std::max<std::int64_t>(length_of(plan, neurons), 1);
        return (length_of(plan, sparse.synapse) + count - 1) / count;
      },
      [](const plan::OneToOneStorage&) { return std::int64_t{1}; });
}

// Bytes that reductions write, once for all elements they run over.
std::int64_t bytes_reduced(const Plan& plan, const plan::Kernel& kernel) {
  std::int64_t bytes = 0;
  for (const plan::Reduction& reduction : kernel.reductions) {
    const plan::Column& into = plan.columns[kernel.writes[reduction.into]];
    bytes += explain::elements_of(plan, into) * bytes_of(plan, into.type);
  }
  return bytes;
}

class WorkList {
 public:
  explicit WorkList(const Plan& plan) : plan_(plan) {}

  void add(const plan::Item& item) {
    match(
        item.what, [&](plan::KernelId id) { add_kernel(item, plan_.kernels[id]); },
        [&](plan::DenseId id) { add_dense(item, plan_.denses[id]); },
        [&](plan::MovingAverageId id) { add_average(item, plan_.moving_averages[id]); },
        [&](plan::HandlerId id) { add_handler(item, plan_.handlers[id]); }, [](plan::ObserverId) {},
        [&](const plan::Push& push) { add_push(item, push); });
  }
  [[nodiscard]] std::vector<Work> take() { return std::move(works_); }

 private:
  void add_work(Work work) {
    work.total += work.elements * std::max<std::int64_t>(work.pairs, 1) * work.each;
    works_.push_back(work);
  }

  void add_kernel(const plan::Item& item, const plan::Kernel& kernel) {
    Work work{item, {}, Work::Role::Itself, elements_of(plan_, kernel), 0, cost_of(plan_, kernel),
              {}};
    work.total.written = bytes_reduced(plan_, kernel);
    if (item.when.empty()) return add_work(work);
    for (const plan::EventId event : item.when) {
      work.at = event;
      work.elements = elements_of(plan_, kernel) / length_of(plan_, plan_.events[event].axis);
      add_work(work);
    }
  }

  void add_handler(const plan::Item& item, const Handler& handler) {
    const Cost each = cost_of(plan_, plan_.kernels[handler.body]);
    if (handler.pairs) return add_pairs(item, handler, each);
    if (handler.over == Handler::Over::Self)
      return add_work({item, handler.on, Work::Role::Itself, 1, 0, each, {}});
    const auto role = handler.over == Handler::Over::Outgoing ? Work::Role::Presynaptic
                                                              : Work::Role::Postsynaptic;
    add_work({item, handler.on, role, synapses_of_neuron(plan_, *handler.link, role), 0, each, {}});
  }

  // A spike meets the remembered ones of the other side; reading their steps costs too.
  void add_pairs(const plan::Item& item, const Handler& handler, Cost each) {
    each.read += bytes_of(plan_, plan::kI64);
    for (const auto role : {Work::Role::Presynaptic, Work::Role::Postsynaptic}) {
      const bool pre = role == Work::Role::Presynaptic;
      const plan::HistoryId other = pre ? handler.pairs->post_history : handler.pairs->pre_history;
      add_work({item,
                pre ? handler.pairs->pre : handler.pairs->post,
                role,
                synapses_of_neuron(plan_, *handler.link, role),
                most_pairs(*handler.pairs, other),
                each,
                {}});
    }
  }

  [[nodiscard]] std::int64_t most_pairs(const plan::PairSource& pairs,
                                        plan::HistoryId other) const {
    switch (pairs.pairing.kind) {
      case plan::Pairing::Kind::All:
        return depth_of(plan_, plan_.histories[other]);
      case plan::Pairing::Kind::Nearest:
        return pairs.pairing.count;
      case plan::Pairing::Kind::Immediate:
        return 1;
      case plan::Pairing::Kind::PreCentred:
      case plan::Pairing::Kind::PostCentred:
        return 2;
    }
    BOUTON_UNREACHABLE("kind of pairing");
  }

  // Multiplies and adds, one synapse after the other.
  void add_dense(const plan::Item& item, const plan::Dense& dense) {
    std::int64_t elements = 1;
    for (const plan::AxisId axis : plan::axes_of(plan_, dense.matrix.what))
      elements *= length_of(plan_, axis);
    const std::int64_t real = bytes_of(plan_, plan::kReal);
    Work work{item, {}, Work::Role::Itself, elements, 0, {2, 0, 0, 0, 2 * real, 0}, {}};
    if (dense.epilogue) {
      const plan::Kernel& epilogue = plan_.kernels[*dense.epilogue];
      work.total = elements_of(plan_, epilogue) * cost_of(plan_, epilogue);
    }
    add_work(work);
  }

  // Two running sums, their sum, and a quotient.
  void add_average(const plan::Item& item, const plan::MovingAverage& average) {
    const std::int64_t real = bytes_of(plan_, plan::kReal);
    const std::int64_t elements = explain::elements_of(plan_, plan_.columns[average.mean]);
    add_work({item, {}, Work::Role::Itself, elements, 0, {4, 0, 3, 0, 3 * real, 3 * real}, {}});
  }

  void add_push(const plan::Item& item, const plan::Push& push) {
    const std::int64_t step = bytes_of(plan_, plan::kI64);
    add_work({item,
              plan_.histories[push.history].of,
              Work::Role::Itself,
              1,
              0,
              {0, 0, 2, 0, step, 2 * step},
              {}});
  }

  const Plan& plan_;
  std::vector<Work> works_;
};

std::vector<Work> works_of(const Plan& plan, const std::vector<plan::KernelId>& kernels,
                           Work::When when) {
  WorkList list(plan);
  for (const plan::KernelId kernel : kernels) list.add({kernel, {}, {}});
  std::vector<Work> works = list.take();
  for (Work& work : works) work.when = when;
  return works;
}

// Where the last work is that of a table's last item: those of all its kernels are done for each
// pattern, and a row of the table is looked up where the inputs change.
void add_table(const Plan& plan, const Table& table, std::vector<Work>& works) {
  const auto is_of = [&](const Work& work, plan::KernelId id) {
    const auto* kernel = std::get_if<plan::KernelId>(&work.item.what);
    return kernel != nullptr && *kernel == id;
  };
  if (!is_of(works.back(), table.group.kernels.back())) return;
  for (Work& work : works)
    for (const plan::KernelId id : table.group.kernels)
      if (is_of(work, id)) work.when = Work::When::Pattern;
  Work look_up = works.back();
  look_up.when = Work::When::LookUp;
  look_up.elements = table.numbers(1);
  look_up.each = look_up.total = {};
  look_up.total.other = 2 * explain::elements_of(plan, plan.columns[table.group.inputs]);
  look_up.total.read = look_up.total.written = 8 * table.numbers(1);
  if (table.has_reciprocals(1))
    for (Work& work : works_of(plan, table.group.reciprocals, Work::When::Pattern)) {
      work.changing = look_up.changing;
      works.push_back(std::move(work));
    }
  works.push_back(std::move(look_up));
}

// The kernels of leaps, but for those of a table.
std::vector<Work> works_of_leaps(const Plan& plan, const plan::Schedule& schedule) {
  std::vector<plan::KernelId> kernels = plan::kernels_of_leaps(schedule);
  for (const Table& table : tables_of(plan, schedule))
    std::erase_if(kernels, [&](plan::KernelId kernel) {
      return table.has_reciprocals(1) &&
             std::ranges::find(table.group.reciprocals, kernel) != table.group.reciprocals.end();
    });
  return works_of(plan, kernels, Work::When::Leap);
}

// Says of works when they are done; those that a table replaces are followed by its look-up.
std::vector<Work> rest(const Plan& plan, const plan::Schedule& schedule, std::vector<Work> works) {
  const auto resting = plan::find_skippable_kernels(plan, schedule);
  const auto tables = tables_of(plan, schedule);
  std::vector<Work> said;
  for (Work& work : works) {
    const auto* kernel = std::get_if<plan::KernelId>(&work.item.what);
    const auto rests = kernel == nullptr ? resting.end() : resting.find(*kernel);
    if (rests != resting.end()) {
      work.when = Work::When::Change;
      work.changing = rests->second.all();
    }
    said.push_back(std::move(work));
    for (const Table& table : tables) add_table(plan, table, said);
  }
  return said;
}

}  // namespace

std::int64_t length_of(const Plan& plan, plan::AxisId axis) {
  return value_of(plan, plan.axes[axis].extent);
}

std::int64_t elements_of(const Plan& plan, const plan::Column& column) {
  std::int64_t elements = 1;
  for (const plan::AxisId axis : column.axes) elements *= length_of(plan, axis);
  return elements;
}

std::int64_t depth_of(const Plan& plan, const plan::History& history) {
  return length_of(plan, plan.columns[history.ring].axes.back());
}

std::vector<Work> work_of(const Plan& plan, const plan::Schedule& schedule) {
  WorkList list(plan);
  for (const plan::Stage& stage : schedule.stages)
    for (const plan::Item& item : stage.items) list.add(item);
  std::vector<Work> works = rest(plan, schedule, list.take());
  std::ranges::move(works_of_leaps(plan, schedule), std::back_inserter(works));
  return works;
}

}  // namespace bouton::explain
