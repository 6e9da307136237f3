#include "tests/oracle/all_pairs.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <tuple>

namespace bouton::oracle {

namespace {

using Steps = std::vector<std::int64_t>;

template <typename Condition>
std::int64_t count_if(const Steps& steps, Condition condition) {
  return std::count_if(steps.begin(), steps.end(), condition);
}

bool nearest(const Steps& P, const Steps& Q, std::int64_t depth, std::int64_t p, std::int64_t q) {
  const auto pre = count_if(P, [&](std::int64_t s) { return p <= s && s <= q; });
  const auto post = count_if(Q, [&](std::int64_t s) { return q <= s && s <= p; });
  return (p <= q && pre <= depth) || (q <= p && post <= depth);
}

bool immediate(const Steps& P, const Steps& Q, std::int64_t p, std::int64_t q) {
  if (p == q) return true;
  const auto other_pre =
      count_if(P, [&](std::int64_t s) { return p < q ? (p < s && s <= q) : (q <= s && s < p); });
  const auto other_post =
      count_if(Q, [&](std::int64_t s) { return p < q ? (p <= s && s < q) : (q < s && s <= p); });
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

bool contains(Kind kind, std::int64_t depth, const Steps& P, const Steps& Q, std::int64_t p,
              std::int64_t q) {
  switch (kind) {
    case Kind::All:
      return true;
    case Kind::Nearest:
      return nearest(P, Q, depth, p, q);
    case Kind::Immediate:
      return immediate(P, Q, p, q);
    case Kind::PreCentred:
      return centred(Q, p, q);
    case Kind::PostCentred:
      return centred(P, q, p);
  }
  return false;
}

// What a spike of step `step` sees of the other neuron in index order.
Steps seen_by(std::int64_t step, std::int64_t own_index, const Steps& others,
              std::int64_t other_index) {
  Steps seen;
  for (const std::int64_t s : others)
    if (s < step || (s == step && other_index < own_index)) seen.push_back(s);
  return seen;
}

Steps up_to(std::int64_t step, const Steps& steps) {
  Steps seen;
  std::ranges::copy_if(steps, std::back_inserter(seen), [&](std::int64_t s) { return s <= step; });
  return seen;
}

// Sorts before others of its step: dt > 0, then 0, then dt < 0; then by the older spike.
auto delivery_key(const Pair& pair) {
  const std::int64_t dt = pair.difference();
  return std::tuple(pair.delivered(), dt > 0 ? 0 : dt == 0 ? 1 : 2, std::min(pair.pre, pair.post));
}

void sort_by_delivery(std::vector<Pair>& pairs) { std::ranges::sort(pairs, {}, delivery_key); }

}  // namespace

namespace {

std::vector<Pair> pairs_in_index_order(Kind kind, std::int64_t depth, const Synapse& synapse) {
  std::vector<Pair> pairs;
  for (const std::int64_t q : synapse.post) {
    const Steps P = seen_by(q, synapse.post_index, synapse.pre, synapse.pre_index);
    for (const std::int64_t p : P)
      if (contains(kind, depth, P, up_to(q, synapse.post), p, q)) pairs.push_back({p, q});
  }
  for (const std::int64_t p : synapse.pre) {
    const Steps Q = seen_by(p, synapse.pre_index, synapse.post, synapse.post_index);
    for (const std::int64_t q : Q)
      if (contains(kind, depth, up_to(p, synapse.pre), Q, p, q)) pairs.push_back({p, q});
  }
  return pairs;
}

std::vector<Pair> pairs_of_sets(Kind kind, std::int64_t depth, const Synapse& synapse) {
  std::vector<Pair> pairs;
  for (const std::int64_t p : synapse.pre)
    for (const std::int64_t q : synapse.post)
      if (contains(kind, depth, synapse.pre, synapse.post, p, q)) pairs.push_back({p, q});
  return pairs;
}

struct Spike {
  std::int64_t step;
  std::int64_t index;
};

std::vector<Spike> spike_list(const Synapse& synapse) {
  std::vector<Spike> list;
  for (const std::int64_t p : synapse.pre) list.push_back({p, synapse.pre_index});
  for (const std::int64_t q : synapse.post) list.push_back({q, synapse.post_index});
  std::ranges::sort(list, {},
                    [](const Spike& spike) { return std::tuple(spike.step, spike.index); });
  return list;
}

}  // namespace

std::vector<Pair> find_pairs(Kind kind, std::int64_t depth, bool in_index_order,
                             const Synapse& synapse) {
  std::vector<Pair> pairs = in_index_order ? pairs_in_index_order(kind, depth, synapse)
                                           : pairs_of_sets(kind, depth, synapse);
  sort_by_delivery(pairs);
  return pairs;
}

std::vector<Pair> process_in_list_order(std::int64_t memory, const Synapse& synapse) {
  std::deque<std::int64_t> last_pre;
  std::deque<std::int64_t> last_post;
  std::vector<Pair> pairs;
  for (const Spike& spike : spike_list(synapse)) {
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

std::vector<Pair> process_nearest_only(const Synapse& synapse) {
  constexpr std::int64_t kLongAgo = -1000000000;
  std::int64_t last_pre = kLongAgo;
  std::int64_t last_post = kLongAgo;
  std::vector<Pair> pairs;
  for (const Spike& spike : spike_list(synapse)) {
    const bool is_pre = spike.index == synapse.pre_index;
    std::int64_t& own = is_pre ? last_pre : last_post;
    const std::int64_t other = is_pre ? last_post : last_pre;
    if (spike.step - other < spike.step - own)
      pairs.push_back(is_pre ? Pair{spike.step, other} : Pair{other, spike.step});
    own = spike.step;
  }
  sort_by_delivery(pairs);
  return pairs;
}

}  // namespace bouton::oracle
