#include "compiler/plan/unchanged.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"

namespace bouton::plan {

namespace {

bool depends_on_stored_columns_only(const Kernel& kernel) {
  const auto follows = [](const Op& op) { return follows_from_columns(op.code); };
  if (!std::ranges::all_of(kernel.body, follows)) return false;
  const auto current = [](const Read& read) { return read.version == Version::Current; };
  const auto sets = [](const Reduction& reduction) { return !reduction.accumulate; };
  return std::ranges::all_of(kernel.reads, current) && std::ranges::all_of(kernel.reductions, sets);
}

// An item of the schedule and where it stands.
struct Placed {
  const Item* item;
  std::size_t stage;
  std::size_t position;

  bool is_before(const Placed& other) const {
    return std::pair(stage, position) < std::pair(other.stage, other.position);
  }
};

bool sums_synapses(const Kernel& kernel) { return kernel.link && !kernel.reductions.empty(); }

class Search {
 public:
  Search(const Plan& plan, const Schedule& schedule) : plan_(plan) {
    for (const KernelId id : kernels_of_leaps(schedule))
      for (const ColumnId column : plan.kernels[id].writes) written_by_leaps_.insert(column);
    for (std::size_t s = 0; s < schedule.stages.size(); ++s)
      for (std::size_t i = 0; i < schedule.stages[s].items.size(); ++i)
        items_.push_back({&schedule.stages[s].items[i], s, i});
  }

  SkippableKernels find() const {
    SkippableKernels found;
    for (const Placed& placed : items_) {
      const auto* id = std::get_if<KernelId>(&placed.item->what);
      if (id == nullptr || !placed.item->when.empty()) continue;
      WatchedColumns watched;
      if (can_be_skipped(placed, plan_.kernels[*id], found, watched)) found[*id] = watched;
    }
    return found;
  }

 private:
  std::vector<Placed> writers_of(ColumnId column) const {
    std::vector<Placed> writers;
    for (const Placed& placed : items_)
      if (writes(effects_of(plan_, *placed.item), column)) writers.push_back(placed);
    return writers;
  }

  bool can_be_skipped(const Placed& placed, const Kernel& kernel, const SkippableKernels& earlier,
                      WatchedColumns& watched) const {
    if (!depends_on_stored_columns_only(kernel)) return false;
    for (const ColumnId column : kernel.writes) {
      const Column& written = plan_.columns[column];
      if (written.buffers.next || written.buffers.previous) return false;
      if (writers_of(column).size() != 1) return false;
    }
    for (const Read& read : kernel.reads) {
      const ColumnId column = column_behind(plan_, read.what);
      if (sums_synapses(kernel) && is_written_at_events_behind(placed, column))
        watched.at_events.insert(column);
      else if (!is_constant_or_watched(placed, column, earlier, watched))
        return false;
    }
    return !watched.truths.empty();
  }

  bool is_written_at_events_behind(const Placed& reader, ColumnId column) const {
    const Column& what = plan_.columns[column];
    if (what.buffers.next || what.buffers.previous || written_by_leaps_.contains(column))
      return false;
    const auto writers = writers_of(column);
    return !writers.empty() && std::ranges::all_of(writers, [&](const Placed& writer) {
      return reader.is_before(writer) && !effects_of(plan_, *writer.item).guards.empty();
    });
  }

  // What another kernel watches, behind which `reader` stands.
  bool adopt(const Placed& reader, const WatchedColumns& others, WatchedColumns& watched) const {
    watched.truths.insert(others.truths.begin(), others.truths.end());
    watched.at_events.insert(others.at_events.begin(), others.at_events.end());
    return std::ranges::all_of(others.at_events, [&](ColumnId column) {
      return is_written_at_events_behind(reader, column);
    });
  }

  bool is_constant_or_watched(const Placed& reader, ColumnId column,
                              const SkippableKernels& earlier_kernels,
                              WatchedColumns& watched) const {
    const auto writers = writers_of(column);
    if (writers.empty()) return true;
    const Placed& writer = writers.front();
    const bool earlier = writer.stage == reader.stage && writer.position < reader.position;
    if (writers.size() > 1 || !earlier || !writer.item->when.empty()) return false;
    const auto* kernel = std::get_if<KernelId>(&writer.item->what);
    if (kernel == nullptr) return false;
    if (const auto rests = earlier_kernels.find(*kernel); rests != earlier_kernels.end())
      return adopt(reader, rests->second, watched);
    const Column& what = plan_.columns[column];
    if (what.type != kBool || what.buffers.next || what.buffers.previous) return false;
    watched.truths.insert(column);
    return true;
  }

  const Plan& plan_;
  std::vector<Placed> items_;
  std::set<ColumnId> written_by_leaps_;
};

}  // namespace

bool follows_from_columns(OpCode code) {
  switch (code) {
    case OpCode::Step:
    case OpCode::Input:
    case OpCode::Word:
    case OpCode::WordPair:
    case OpCode::AddTo:
    case OpCode::SubtractFrom:
      return false;
    default:
      return true;
  }
}

std::set<ColumnId> WatchedColumns::all() const {
  std::set<ColumnId> columns = truths;
  columns.insert(at_events.begin(), at_events.end());
  return columns;
}

SkippableKernels find_skippable_kernels(const Plan& plan, const Schedule& schedule) {
  return Search(plan, schedule).find();
}

}  // namespace bouton::plan
