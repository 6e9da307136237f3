#include "tests/oracle/all_pairs.h"

#include <algorithm>
#include <deque>
#include <tuple>

namespace bouton::oracle {

namespace {

// A spike as one number: its step, and in index order also its place within the step.
struct Keys {
  std::vector<std::int64_t> pre;
  std::vector<std::int64_t> post;
};

Keys keys_of(const Synapse& synapse, bool in_index_order) {
  const std::int64_t width = 1 + std::max(synapse.pre_index, synapse.post_index);
  Keys keys;
  for (const std::int64_t p : synapse.pre)
    keys.pre.push_back(p * width + (in_index_order ? synapse.pre_index : 0));
  for (const std::int64_t q : synapse.post)
    keys.post.push_back(q * width + (in_index_order ? synapse.post_index : 0));
  return keys;
}

template <typename Condition>
std::int64_t count_if(const std::vector<std::int64_t>& keys, Condition condition) {
  return std::count_if(keys.begin(), keys.end(), condition);
}

bool nearest(const Keys& keys, std::int64_t depth, std::int64_t p, std::int64_t q) {
  const auto pre = count_if(keys.pre, [&](std::int64_t s) { return p <= s && s <= q; });
  const auto post = count_if(keys.post, [&](std::int64_t s) { return q <= s && s <= p; });
  return (p <= q && pre <= depth) || (q <= p && post <= depth);
}

bool immediate(const Keys& keys, std::int64_t p, std::int64_t q) {
  if (p == q) return true;
  const auto other_pre = count_if(
      keys.pre, [&](std::int64_t s) { return p < q ? (p < s && s <= q) : (q <= s && s < p); });
  const auto other_post = count_if(
      keys.post, [&](std::int64_t s) { return p < q ? (p <= s && s < q) : (q < s && s <= p); });
  return other_pre == 0 && other_post == 0;
}

// Of one centre spike: its last partner at or before it, and its first one after it.
bool centred(const std::vector<std::int64_t>& partners, std::int64_t centre, std::int64_t partner) {
  std::int64_t last = -1;
  std::int64_t next = -1;
  for (const std::int64_t s : partners) {
    if (s <= centre) last = s;
    if (s > centre && next < 0) next = s;
  }
  return partner == last || partner == next;
}

bool contains(Kind kind, std::int64_t depth, const Keys& keys, std::int64_t p, std::int64_t q) {
  switch (kind) {
    case Kind::All:
      return true;
    case Kind::Nearest:
      return nearest(keys, depth, p, q);
    case Kind::Immediate:
      return immediate(keys, p, q);
    case Kind::PreCentred:
      return centred(keys.post, p, q);
    case Kind::PostCentred:
      return centred(keys.pre, q, p);
  }
  return false;
}

// Sorts before others of its step: dt > 0, then 0, then dt < 0; then by the older spike.
auto delivery_key(const Pair& pair) {
  const std::int64_t dt = pair.difference();
  return std::tuple(pair.delivered(), dt > 0 ? 0 : dt == 0 ? 1 : 2, std::min(pair.pre, pair.post));
}

void sort_by_delivery(std::vector<Pair>& pairs) { std::ranges::sort(pairs, {}, delivery_key); }

}  // namespace

std::vector<Pair> find_pairs(Kind kind, std::int64_t depth, bool in_index_order,
                             const Synapse& synapse) {
  const Keys keys = keys_of(synapse, in_index_order);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < synapse.pre.size(); ++i)
    for (std::size_t j = 0; j < synapse.post.size(); ++j)
      if (contains(kind, depth, keys, keys.pre[i], keys.post[j]))
        pairs.push_back({synapse.pre[i], synapse.post[j]});
  sort_by_delivery(pairs);
  return pairs;
}

std::vector<Pair> process_in_list_order(std::int64_t memory, const Synapse& synapse) {
  struct Spike {
    std::int64_t step;
    std::int64_t index;
  };
  std::vector<Spike> list;
  for (const std::int64_t p : synapse.pre) list.push_back({p, synapse.pre_index});
  for (const std::int64_t q : synapse.post) list.push_back({q, synapse.post_index});
  std::ranges::sort(list, {},
                    [](const Spike& spike) { return std::tuple(spike.step, spike.index); });

  std::deque<std::int64_t> last_pre;
  std::deque<std::int64_t> last_post;
  std::vector<Pair> pairs;
  for (const Spike& spike : list) {
    const bool is_pre = spike.index == synapse.pre_index;
    for (const std::int64_t other : is_pre ? last_post : last_pre)
      pairs.push_back(is_pre ? Pair{spike.step, other} : Pair{other, spike.step});
    auto& own = is_pre ? last_pre : last_post;
    own.push_back(spike.step);
    if (static_cast<std::int64_t>(own.size()) > memory) own.pop_front();
  }
  sort_by_delivery(pairs);
  return pairs;
}

}  // namespace bouton::oracle
