#include "compiler/passes/pack_populations.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "compiler/plan/effects.h"
#include "compiler/plan/limited_test.h"
#include "compiler/plan/packed_items.h"
#include "compiler/plan/packs.h"
#include "compiler/plan/query.h"
#include "compiler/plan/unchanged.h"

namespace bouton::passes {

namespace {

using plan::ColumnId;
using plan::Item;
using plan::OpCode;
using plan::Plan;
using plan::PopulationId;

// Whether anything in a body is dear but the test of a spike, of which limits take care.
bool is_dear(const Plan& plan, const plan::Kernel& kernel) {
  const auto test = plan::find_limited_test(plan, kernel);
  for (std::uint32_t i = 0; i < kernel.body.size(); ++i) {
    if (test && (test->exactly[i] || test->word.value == i)) continue;
    const OpCode code = kernel.body[i].code;
    if (code == OpCode::Math || code == OpCode::Word || code == OpCode::WordPair) return true;
  }
  return false;
}

// In each step.
bool is_worth_packing(const Plan& plan, const Item& item) {
  return item.when.empty() && is_dear(plan, plan.kernels[plan::kernel_of(item)]);
}

// An item that is a kernel about the neurons of one population.
struct OwnItem {
  std::size_t stage;  // of all stages of all schedules
  const Item* item;
  bool is_worth_packing;
};
using OwnItems = std::vector<OwnItem>;

std::map<PopulationId, OwnItems> find_own_items(const Plan& plan) {
  std::map<plan::AxisId, PopulationId> population_along;
  for (const PopulationId id : plan.populations.ids())
    population_along[plan.populations[id].axis] = id;
  std::map<PopulationId, OwnItems> found;
  std::size_t number = 0;
  for (const plan::Schedule& schedule : plan.schedules) {
    const auto skippable = plan::find_skippable_kernels(plan, schedule);
    for (const plan::Stage& stage : schedule.stages) {
      ++number;
      for (const Item& item : stage.items) {
        const auto* id = std::get_if<plan::KernelId>(&item.what);
        if (id == nullptr || !plan::can_be_packed(plan, plan.kernels[*id])) continue;
        const plan::Kernel& kernel = plan.kernels[*id];
        const bool worth = is_worth_packing(plan, item) && !skippable.contains(*id);
        found[population_along.at(kernel.space.front())].push_back({number, &item, worth});
      }
    }
  }
  return found;
}

// Which columns of one population have which ones of another in their places, one each.
class Correspondence {
 public:
  // Pairs the items in their order; those without a partner are left out.
  Correspondence(const Plan& plan, const OwnItems& first, const OwnItems& second) : plan_(plan) {
    std::size_t next = 0;
    for (const OwnItem& own : first)
      for (std::size_t i = next; i < second.size(); ++i)
        if (add(own, second[i])) {
          next = i + 1;
          break;
        }
  }

  // Of the items that were paired.
  [[nodiscard]] std::ptrdiff_t worthwhile_items() const { return worthwhile_; }
  [[nodiscard]] const std::map<ColumnId, ColumnId>& columns() const { return columns_; }

 private:
  bool add(const OwnItem& first, const OwnItem& second) {
    if (first.stage != second.stage) return false;
    auto columns = columns_, back = back_;
    const auto correspond = [&](ColumnId a, ColumnId b) {
      if (a == b) return plan_.columns[a].axes.empty();
      return plan::can_lie_side_by_side(plan_, a, b) &&
             columns.try_emplace(a, b).first->second == b &&
             back.try_emplace(b, a).first->second == a;
    };
    if (!plan::are_alike(plan_, *first.item, *second.item, correspond)) return false;
    columns_ = std::move(columns);
    back_ = std::move(back);
    if (first.is_worth_packing && second.is_worth_packing) ++worthwhile_;
    return true;
  }

  const Plan& plan_;
  std::map<ColumnId, ColumnId> columns_, back_;
  std::ptrdiff_t worthwhile_ = 0;
};

std::optional<std::int64_t> known_length(const Plan& plan, PopulationId population) {
  const plan::AxisId axis = plan.populations[population].axis;
  const auto* whole =
      std::get_if<plan::HostInteger>(&plan.extents[plan.axes[axis].extent].value.node);
  return whole == nullptr ? std::nullopt : std::optional(whole->value);
}

// A pack to which populations may still be added.
struct Open {
  plan::Pack pack;
  std::int64_t neurons = 0;
};

class Packing {
 public:
  explicit Packing(Plan& plan) : plan_(plan), items_(find_own_items(plan)) {}

  // First those that do all that is dear alike, then those of the rest that do some of it.
  void pack() {
    for (const bool all : {true, false}) {
      std::vector<Open> opened;
      for (const PopulationId population : plan_.populations.ids())
        if (!packed_.contains(population)) add(opened, population, all);
      for (const Open& open : opened)
        if (open.pack.populations.size() > 1) keep_what_joins(open.pack);
    }
  }

 private:
  void add(std::vector<Open>& opened, PopulationId population, bool all) {
    const auto neurons = known_length(plan_, population);
    if (!neurons || *neurons < 1 || *neurons >= plan::kMostPacked || worth_of(population) == 0)
      return;
    // The nearest one: less stands between them that they would have to pass.
    for (Open& open : std::views::reverse(opened))
      if (open.neurons + *neurons <= plan::kMostPacked && try_to_add(open, population, all)) {
        open.neurons += *neurons;
        return;
      }
    opened.push_back({{{population}, {}}, *neurons});
  }

  std::ptrdiff_t worth_of(PopulationId population) const {
    const auto items = items_.find(population);
    if (items == items_.end()) return 0;
    return std::ranges::count(items->second, true, &OwnItem::is_worth_packing);
  }

  bool try_to_add(Open& open, PopulationId population, bool all) {
    plan::Pack& pack = open.pack;
    const PopulationId first = pack.populations.front();
    if (plan_.populations[first].circuit != plan_.populations[population].circuit) return false;
    const Correspondence found(plan_, items_.at(first), items_.at(population));
    const std::ptrdiff_t worth = found.worthwhile_items();
    if (worth == 0 || (all && (worth < worth_of(first) || worth < worth_of(population))))
      return false;
    if (pack.rows.empty()) {
      for (const auto& [of_first, of_other] : found.columns()) pack.rows.push_back({of_first});
    } else if (!covers(pack, found.columns())) {
      return false;
    }
    for (auto& row : pack.rows) row.push_back(found.columns().at(row.front()));
    pack.populations.push_back(population);
    return true;
  }

  // The rows are about the same columns of the first population.
  static bool covers(const plan::Pack& pack, const std::map<ColumnId, ColumnId>& columns) {
    return std::ranges::equal(pack.rows, columns, [](const auto& row, const auto& pair) {
      return row.front() == pair.first;
    });
  }

  // Packs what kernels touch that can be executed together, if any of them is worth it.
  void keep_what_joins(plan::Pack pack) {
    plan::Touched touched;
    bool is_worthwhile = false;
    for (const plan::Schedule& schedule : plan_.schedules) {
      const auto skippable = plan::find_skippable_kernels(plan_, schedule);
      const auto may_join = [&](const std::vector<plan::KernelId>& kernels) {
        return std::ranges::none_of(
            kernels, [&](plan::KernelId kernel) { return skippable.contains(kernel); });
      };
      for (const plan::PackedItems& group :
           plan::find_packed_items(plan_, std::span(&pack, 1), schedule, schedule.ahead, may_join))
        for (const Item* item : group.items) {
          touched.add(plan::effects_of(plan_, *item));
          is_worthwhile = is_worthwhile || is_worth_packing(plan_, *item);
        }
    }
    if (!is_worthwhile) return;
    std::erase_if(pack.rows, [&](const std::vector<ColumnId>& row) {
      return !touched.read.contains(row.front()) && !touched.written.contains(row.front());
    });
    packed_.insert(pack.populations.begin(), pack.populations.end());
    plan_.packs.add(std::move(pack));
  }

  Plan& plan_;
  std::map<PopulationId, OwnItems> items_;
  std::set<PopulationId> packed_;
};

}  // namespace

void pack_populations(plan::Plan& plan) {
  if (plan.populations.size() > 1) Packing(plan).pack();
}

}  // namespace bouton::passes
