#include "compiler/plan/effects.h"

#include <algorithm>
#include <iterator>

#include "compiler/base/match.h"
#include "compiler/plan/query.h"

namespace bouton::plan {
namespace {

bool is_exact(Type type) { return type != kReal && type != kDouble; }

// Whether different elements of the space have different subscripts.
bool separates_elements(const Kernel& kernel, const std::vector<Subscript>& at) {
  return std::ranges::all_of(kernel.space, [&](AxisId axis) {
    return std::ranges::find(at, Subscript{axis}) != at.end();
  });
}

bool stores_earlier(const Kernel& kernel, std::size_t before, ColumnId column) {
  for (std::size_t i = 0; i < before; ++i) {
    const Op& op = kernel.body[i];
    if (info_of(op.code).attribute != AttributeKind::Access || op.code == OpCode::Load) continue;
    if (kernel.writes[std::get<AccessAttribute>(op.attribute).slot] == column) return true;
  }
  return false;
}

ReadEffect load_effect(const Plan& plan, const Kernel& kernel, std::size_t index) {
  const auto& access = std::get<AccessAttribute>(kernel.body[index].attribute);
  const Read& read = kernel.reads[access.slot];
  const ColumnId column = column_behind(plan, read.what);
  const bool own = std::holds_alternative<ColumnId>(read.what) &&
                   separates_elements(kernel, access.at) && !stores_earlier(kernel, index, column);
  return {column, read.version, own};
}

WriteEffect store_effect(const Plan& plan, const Kernel& kernel, const Op& op) {
  const auto& access = std::get<AccessAttribute>(op.attribute);
  const ColumnId column = kernel.writes[access.slot];
  const bool adds = op.code == OpCode::AddTo || op.code == OpCode::SubtractFrom;
  return {column, separates_elements(kernel, access.at), adds,
          adds && is_exact(plan.columns[column].type)};
}

Effects handler_effects(const Plan& plan, const Handler& handler) {
  Effects effects = effects_of(plan, plan.kernels[handler.body]);
  effects.kernel = handler.body;
  if (handler.on) effects.guards.push_back(*handler.on);
  if (!handler.pairs) return effects;
  for (const EventId event : {handler.pairs->pre, handler.pairs->post})
    effects.guards.push_back(event);
  for (const HistoryId id : {handler.pairs->pre_history, handler.pairs->post_history}) {
    effects.reads.push_back({plan.histories[id].ring, Version::Current, false});
    effects.reads.push_back({plan.histories[id].head, Version::Current, false});
  }
  if (const auto first_seen = first_seen_by(plan, handler))
    effects.reads.push_back({*first_seen, Version::Current, false});
  return effects;
}

Effects dense_effects(const Plan& plan, const Dense& dense) {
  Effects effects;
  if (dense.epilogue) effects = effects_of(plan, plan.kernels[*dense.epilogue]);
  effects.reads.push_back({column_behind(plan, dense.matrix.what), dense.matrix.version, false});
  effects.reads.push_back({column_behind(plan, dense.x.what), dense.x.version, false});
  const ColumnId y = column_behind(plan, dense.y);
  const bool product = dense.kind == Dense::Kind::MatVec;
  if (product)
    effects.writes.push_back({y, true, dense.accumulate, false});
  else
    effects.reads.push_back({y, Version::Current, false});
  if (!product)
    effects.writes.push_back({column_behind(plan, dense.matrix.what), true, true, false});
  return effects;
}

Effects mean_effects(const MovingAverage& average) {
  Effects effects;
  effects.reads = {{average.what, Version::Current, true}};
  if (average.first) effects.reads.push_back({*average.first, Version::Current, true});
  for (const ColumnId column : {average.mean, average.samples, average.prefix, average.count})
    effects.writes.push_back({column, true, false, false});
  return effects;
}

Effects push_effects(const Plan& plan, const Push& push) {
  const History& history = plan.histories[push.history];
  Effects effects;
  effects.guards = {history.of};
  effects.writes = {{history.ring, true, false, false}, {history.head, true, false, false}};
  return effects;
}

Effects observer_effects(const Plan& plan, const Observer& observer) {
  Effects effects;
  if (observer.event) effects.guards.push_back(*observer.event);
  if (observer.what)
    effects.reads.push_back(
        {column_behind(plan, observer.what->what), observer.what->version, false});
  return effects;
}

}  // namespace

Effects effects_of(const Plan& plan, const Kernel& kernel) {
  Effects effects;
  for (std::size_t i = 0; i < kernel.body.size(); ++i) {
    const Op& op = kernel.body[i];
    if (op.code == OpCode::Load)
      effects.reads.push_back(load_effect(plan, kernel, i));
    else if (info_of(op.code).attribute == AttributeKind::Access)
      effects.writes.push_back(store_effect(plan, kernel, op));
  }
  for (const Reduction& reduction : kernel.reductions) {
    const ColumnId into = kernel.writes[reduction.into];
    effects.writes.push_back({into, true, reduction.accumulate,
                              reduction.accumulate && reduction.order == Order::Exact});
  }
  return effects;
}

Effects effects_of(const Plan& plan, const Item& item) {
  Effects effects = match(
      item.what,
      [&](KernelId id) {
        Effects of_kernel = effects_of(plan, plan.kernels[id]);
        of_kernel.kernel = id;
        return of_kernel;
      },
      [&](DenseId id) { return dense_effects(plan, plan.denses[id]); },
      [&](MovingAverageId id) { return mean_effects(plan.moving_averages[id]); },
      [&](HandlerId id) { return handler_effects(plan, plan.handlers[id]); },
      [&](ObserverId id) { return observer_effects(plan, plan.observers[id]); },
      [&](const Push& push) { return push_effects(plan, push); });
  effects.guards.insert(effects.guards.end(), item.when.begin(), item.when.end());
  for (const EventId guard : effects.guards)
    effects.reads.push_back({plan.events[guard].fired, Version::Current, false});
  return effects;
}

bool writes(const Effects& effects, ColumnId column) {
  return std::ranges::any_of(effects.writes,
                             [&](const WriteEffect& write) { return write.column == column; });
}

bool is_written(const Plan& plan, const Schedule& schedule, ColumnId column) {
  return std::ranges::any_of(schedule.stages, [&](const Stage& stage) {
    return std::ranges::any_of(
        stage.items, [&](const Item& item) { return writes(effects_of(plan, item), column); });
  });
}

void Touched::add(const Effects& effects) {
  for (const ReadEffect& effect : effects.reads) read.insert(effect.column);
  for (const WriteEffect& effect : effects.writes) written.insert(effect.column);
}

bool Touched::lets_pass(const Effects& effects) const {
  const auto reads_written = [&](const ReadEffect& effect) {
    return written.contains(effect.column);
  };
  const auto touches = [&](const WriteEffect& effect) {
    return written.contains(effect.column) || read.contains(effect.column);
  };
  return std::ranges::none_of(effects.reads, reads_written) &&
         std::ranges::none_of(effects.writes, touches);
}

std::vector<KernelId> kernels_of_leaps(const Schedule& schedule) {
  std::vector<KernelId> kernels;
  for (const auto* part : {&schedule.horizon, &schedule.reciprocals, &schedule.due,
                           &schedule.crossings, &schedule.between})
    kernels.insert(kernels.end(), part->begin(), part->end());
  return kernels;
}

std::vector<KernelId> kernels_of(const Plan& plan, const Schedule& schedule) {
  std::vector<KernelId> kernels;
  for (const Stage& stage : schedule.stages)
    for (const Item& item : stage.items) {
      if (const auto* kernel = std::get_if<KernelId>(&item.what)) kernels.push_back(*kernel);
      if (const auto* handler = std::get_if<HandlerId>(&item.what))
        kernels.push_back(plan.handlers[*handler].body);
      const auto* dense = std::get_if<DenseId>(&item.what);
      if (dense && plan.denses[*dense].epilogue) kernels.push_back(*plan.denses[*dense].epilogue);
    }
  std::ranges::copy(kernels_of_leaps(schedule), std::back_inserter(kernels));
  return kernels;
}

}  // namespace bouton::plan
