// Rules about who writes a column: one writer per stage, elements apart, second buffers.
//
// Items of a stage run in order and each is complete before the next begins, so a handful of
// ordered writers is well defined where the language orders them: in Learn, Jump and Constrain,
// element by element. In the simultaneous stages only sums may have several writers.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

struct StageEffects {
  const Stage& stage;
  std::vector<Effects> items;
  std::string where;
};

template <typename Visit>
void for_each_stage(const Plan& plan, const Visit& visit) {
  for (const ScheduleId id : plan.schedules.ids())
    for (const Stage& stage : plan.schedules[id].stages) {
      StageEffects effects{stage, {}, print(id)};
      for (const Item& item : stage.items) effects.items.push_back(effects_of(plan, item));
      visit(effects);
    }
}

std::set<ColumnId> written_columns(const StageEffects& stage) {
  std::set<ColumnId> columns;
  for (const Effects& item : stage.items)
    for (const WriteEffect& write : item.writes) columns.insert(write.column);
  return columns;
}

bool in_textual_order(Stage::Kind kind) {
  return kind == Stage::Kind::Learn || kind == Stage::Kind::Jump || kind == Stage::Kind::Constrain;
}

// Whether a later writer of a column is in order after the earlier ones.
bool may_follow(const Effects& item, ColumnId column, Stage::Kind kind) {
  return std::ranges::all_of(item.writes, [&](const WriteEffect& write) {
    if (write.column != column || write.accumulates) return true;
    return in_textual_order(kind) && write.one_place;
  });
}

void verify_writers(const StageEffects& stage, ColumnId column, Messages& messages) {
  bool written = false;
  for (const Effects& item : stage.items) {
    if (!writes(item, column)) continue;
    if (written && !may_follow(item, column, stage.stage.kind))
      messages.push_back(
          fmt::format("{}: {} has two writers in one stage", stage.where, print(column)));
    written = true;
  }
}

bool writes_earlier(const StageEffects& stage, std::size_t item, ColumnId column) {
  for (std::size_t i = 0; i < item; ++i)
    if (writes(stage.items[i], column)) return true;
  return false;
}

// What a read needs the old values for: earlier items that overwrote them, or other elements of its
// own item that do.
bool needs_old_values(const StageEffects& stage, std::size_t item, const ReadEffect& read) {
  const bool by_itself = stage.items[item].kernel.has_value() && !read.own_element &&
                         writes(stage.items[item], read.column);
  const bool by_others =
      read.version == Version::Before && writes_earlier(stage, item, read.column);
  return by_itself || by_others;
}

}  // namespace

void verify_one_writer(const Plan& plan, Messages& messages) {
  for_each_stage(plan, [&](const StageEffects& stage) {
    for (const ColumnId column : written_columns(stage)) verify_writers(stage, column, messages);
  });
}

void verify_one_place(const Plan& plan, Messages& messages) {
  for (const KernelId id : plan.kernels.ids())
    for (const WriteEffect& write : effects_of(plan, plan.kernels[id]).writes)
      if (!write.one_place && !write.exact)
        messages.push_back(
            fmt::format("{}: several elements write one place of {}, in no order; use a reduction",
                        print(id), print(write.column)));
}

void verify_double_buffers(const Plan& plan, Messages& messages) {
  for_each_stage(plan, [&](const StageEffects& stage) {
    for (std::size_t i = 0; i < stage.items.size(); ++i)
      for (const ReadEffect& read : stage.items[i].reads) {
        if (read.version == Version::PreviousStep || plan.columns[read.column].buffers.next)
          continue;
        if (needs_old_values(stage, i, read))
          messages.push_back(
              fmt::format("{}: {} is read as it was and written in one stage, "
                          "without a second buffer",
                          stage.where, print(read.column)));
      }
  });
}

void verify_shared_columns(const Plan& plan, Messages& messages) {
  const auto check = [&](const std::string& where, ColumnId column) {
    if (plan.columns[column].sharing == Sharing::Shared)
      messages.push_back(fmt::format("{} writes {}, which all lanes share", where, print(column)));
  };
  for (const KernelId id : plan.kernels.ids())
    for (const ColumnId column : plan.kernels[id].writes) check(print(id), column);
  for_each_stage(plan, [&](const StageEffects& stage) {
    for (const Effects& item : stage.items) {
      if (item.kernel) continue;
      for (const WriteEffect& write : item.writes) check(stage.where, write.column);
    }
  });
  for (const EventId id : plan.events.ids()) check(print(id), plan.events[id].fired);
}

}  // namespace bouton::plan
