#include "compiler/plan/packed_items.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "compiler/plan/effects.h"
#include "compiler/plan/packs.h"
#include "compiler/plan/query.h"

namespace bouton::plan {

namespace {

bool has_checks(const Plan& plan, const Item& item) {
  const auto kernel = effects_of(plan, item).kernel;
  return kernel && plan::has_checks(plan.kernels[*kernel]);
}

class Grouping {
 public:
  Grouping(const Plan& plan, std::span<const Pack> packs, std::span<const Item> items)
      : plan_(plan), packs_(packs) {
    for (const Item& item : items) order_.push_back({&item});
  }

  std::vector<PackedItems> find(const MayJoin& may_join) {
    std::vector<PackedItems> found;
    std::vector<const Item*> all;
    for (const Node& node : order_) all.push_back(node.front());
    for (const Item* item : all)
      for (const Pack& pack : packs_) {
        const auto items = find_alike(pack, *item);
        if (!items || !may_join(kernels_of(*items))) continue;
        const Item* place = join(*items);
        if (place == nullptr) continue;
        grouped_.insert(items->begin(), items->end());
        found.push_back({*items, place});
      }
    return found;
  }

 private:
  using Node = std::vector<const Item*>;  // executed as one

  static std::vector<KernelId> kernels_of(const Node& items) {
    std::vector<KernelId> kernels;
    for (const Item* item : items) kernels.push_back(kernel_of(*item));
    return kernels;
  }

  // An item of the first population and one for each other.
  std::optional<Node> find_alike(const Pack& pack, const Item& first) const {
    if (!is_free(pack, first, 0)) return std::nullopt;
    Node found{&first};
    for (std::size_t part = 1; part < pack.populations.size(); ++part) {
      const auto node = std::ranges::find_if(order_, [&](const Node& each) {
        return is_free(pack, *each.front(), part) &&
               are_alike(plan_, pack, first, *each.front(), part);
      });
      if (node == order_.end()) return std::nullopt;
      found.push_back(node->front());
    }
    return found;
  }

  bool is_free(const Pack& pack, const Item& item, std::size_t part) const {
    if (!std::holds_alternative<KernelId>(item.what) || grouped_.contains(&item)) return false;
    const Kernel& kernel = plan_.kernels[kernel_of(item)];
    const AxisId axis = plan_.populations[pack.populations[part]].axis;
    return kernel.space == std::vector{axis} && can_be_packed(plan_, kernel);
  }

  // In the place of the last one if all others can wait that long, else in that of the first one if
  // all can come so early; null if neither.
  const Item* join(const Node& items) {
    Node in_order = items;
    std::ranges::sort(in_order, {}, [&](const Item* item) { return place_of(item); });
    for (const Item* place : {in_order.back(), in_order.front()}) {
      if (!can_join_at(items, place)) continue;
      order_[place_of(place)] = items;
      std::erase_if(order_, [&](const Node& node) {
        return node.size() == 1 && node.front() != place && contains(items, node.front());
      });
      return place;
    }
    return nullptr;
  }

  bool can_join_at(const Node& items, const Item* place) const {
    const std::size_t until = place_of(place);
    return std::ranges::all_of(items, [&](const Item* item) {
      const std::size_t from = place_of(item);
      for (std::size_t i = std::min(from, until) + 1; i < std::max(from, until); ++i)
        if (!contains(items, order_[i].front()) && !can_pass(*item, order_[i])) return false;
      return true;
    });
  }

  bool can_pass(const Item& item, const Node& node) const {
    Touched touched;
    bool checks = false;
    for (const Item* each : node) {
      touched.add(effects_of(plan_, *each));
      checks = checks || has_checks(plan_, *each);
    }
    return touched.lets_pass(effects_of(plan_, item)) && !(checks && has_checks(plan_, item));
  }

  std::size_t place_of(const Item* item) const {
    const auto node =
        std::ranges::find_if(order_, [&](const Node& each) { return contains(each, item); });
    return static_cast<std::size_t>(node - order_.begin());
  }

  static bool contains(const Node& node, const Item* item) {
    return std::ranges::find(node, item) != node.end();
  }

  const Plan& plan_;
  std::span<const Pack> packs_;
  std::vector<Node> order_;
  std::set<const Item*> grouped_;
};

}  // namespace

std::vector<PackedItems> find_packed_items(const Plan& plan, std::span<const Pack> packs,
                                           std::span<const Item> items, const MayJoin& may_join) {
  if (packs.empty()) return {};
  return Grouping(plan, packs, items).find(may_join);
}

std::vector<PackedItems> find_packed_items(const Plan& plan, std::span<const Pack> packs,
                                           const Schedule& schedule, std::size_t ahead,
                                           const MayJoin& may_join) {
  std::vector<PackedItems> found;
  for (const Stage& stage : schedule.stages) {
    const std::span<const Item> items(stage.items);
    const std::size_t first = std::min(std::exchange(ahead, 0), items.size());
    for (const auto part : {items.first(first), items.subspan(first)})
      std::ranges::move(find_packed_items(plan, packs, part, may_join), std::back_inserter(found));
  }
  return found;
}

}  // namespace bouton::plan
