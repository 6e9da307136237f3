#include "compiler/passes/pack_populations.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/plan/limited_test.h"
#include "compiler/plan/packs.h"
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

// An item that is a kernel about the neurons of one population.
struct OwnItem {
  std::size_t stage;  // of all stages of all schedules
  const Item* item;
  bool is_worth_packing;
};

std::map<PopulationId, std::vector<OwnItem>> find_own_items(const Plan& plan) {
  std::map<plan::AxisId, PopulationId> population_along;
  for (const PopulationId id : plan.populations.ids())
    population_along[plan.populations[id].axis] = id;
  std::map<PopulationId, std::vector<OwnItem>> found;
  std::size_t number = 0;
  for (const plan::Schedule& schedule : plan.schedules) {
    const auto skippable = plan::find_skippable_kernels(plan, schedule);
    for (const plan::Stage& stage : schedule.stages) {
      ++number;
      for (const Item& item : stage.items) {
        const auto* id = std::get_if<plan::KernelId>(&item.what);
        if (id == nullptr || !plan::can_be_packed(plan, plan.kernels[*id])) continue;
        const plan::Kernel& kernel = plan.kernels[*id];
        const bool worth = item.when.empty() && is_dear(plan, kernel) && !skippable.contains(*id);
        found[population_along.at(kernel.space.front())].push_back({number, &item, worth});
      }
    }
  }
  return found;
}

// Which columns of one population have which ones of another in their places, one each.
class Correspondence {
 public:
  explicit Correspondence(const Plan& plan) : plan_(plan) {}

  // Pairs the items in their order; those without a partner are left out.
  void pair(const std::vector<OwnItem>& first, const std::vector<OwnItem>& second) {
    std::size_t next = 0;
    for (const OwnItem& own : first)
      for (std::size_t i = next; i < second.size(); ++i)
        if (add(own, second[i])) {
          next = i + 1;
          break;
        }
  }

  [[nodiscard]] bool is_worthwhile() const { return is_worthwhile_; }
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
    is_worthwhile_ = is_worthwhile_ || first.is_worth_packing;
    return true;
  }

  const Plan& plan_;
  std::map<ColumnId, ColumnId> columns_, back_;
  bool is_worthwhile_ = false;
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

  void add(PopulationId population) {
    const auto neurons = known_length(plan_, population);
    if (!neurons || *neurons < 1 || *neurons >= kMostPacked || !items_.contains(population)) return;
    for (Open& open : open_)
      if (open.neurons + *neurons <= kMostPacked && try_to_add(open, population)) {
        open.neurons += *neurons;
        return;
      }
    open_.push_back({{{population}, {}}, *neurons});
  }

  void finish() {
    for (Open& open : open_)
      if (open.pack.populations.size() > 1) plan_.packs.add(std::move(open.pack));
  }

 private:
  bool try_to_add(Open& open, PopulationId population) {
    plan::Pack& pack = open.pack;
    const PopulationId first = pack.populations.front();
    if (plan_.populations[first].circuit != plan_.populations[population].circuit) return false;
    Correspondence found(plan_);
    found.pair(items_.at(first), items_.at(population));
    if (!found.is_worthwhile()) return false;
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

  Plan& plan_;
  std::map<PopulationId, std::vector<OwnItem>> items_;
  std::vector<Open> open_;
};

}  // namespace

void pack_populations(plan::Plan& plan) {
  Packing packing(plan);
  for (const PopulationId population : plan.populations.ids()) packing.add(population);
  packing.finish();
}

}  // namespace bouton::passes
