#include "compiler/plan/unchanged.h"

#include <algorithm>
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
};

class Search {
 public:
  Search(const Plan& plan, const Schedule& schedule) : plan_(plan) {
    for (std::size_t s = 0; s < schedule.stages.size(); ++s)
      for (std::size_t i = 0; i < schedule.stages[s].items.size(); ++i)
        items_.push_back({&schedule.stages[s].items[i], s, i});
  }

  SkippableKernels find() const {
    SkippableKernels found;
    for (const Placed& placed : items_) {
      const auto* id = std::get_if<KernelId>(&placed.item->what);
      if (id == nullptr || !placed.item->when.empty()) continue;
      std::set<ColumnId> watched;
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
                      std::set<ColumnId>& watched) const {
    if (!depends_on_stored_columns_only(kernel)) return false;
    for (const ColumnId column : kernel.writes) {
      const Column& written = plan_.columns[column];
      if (written.buffers.next || written.buffers.previous) return false;
      if (writers_of(column).size() != 1) return false;
    }
    for (const Read& read : kernel.reads)
      if (!is_constant_or_watched(placed, column_behind(plan_, read.what), earlier, watched))
        return false;
    return !watched.empty();
  }

  bool is_constant_or_watched(const Placed& reader, ColumnId column,
                              const SkippableKernels& earlier_kernels,
                              std::set<ColumnId>& watched) const {
    const auto writers = writers_of(column);
    if (writers.empty()) return true;
    const Placed& writer = writers.front();
    const bool earlier = writer.stage == reader.stage && writer.position < reader.position;
    if (writers.size() > 1 || !earlier || !writer.item->when.empty()) return false;
    const auto* kernel = std::get_if<KernelId>(&writer.item->what);
    if (kernel == nullptr) return false;
    if (const auto rests = earlier_kernels.find(*kernel); rests != earlier_kernels.end()) {
      watched.insert(rests->second.begin(), rests->second.end());
      return true;
    }
    const Column& what = plan_.columns[column];
    if (what.type != kBool || what.buffers.next || what.buffers.previous) return false;
    watched.insert(column);
    return true;
  }

  const Plan& plan_;
  std::vector<Placed> items_;
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

SkippableKernels find_skippable_kernels(const Plan& plan, const Schedule& schedule) {
  return Search(plan, schedule).find();
}

}  // namespace bouton::plan
