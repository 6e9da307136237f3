#include "compiler/interpret/pairing.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace bouton::interpret {

namespace {

using model::Pairing;

// How many arrivals lie in [from, to].
std::int64_t count_within(const Train& train, std::int64_t from, std::int64_t to) {
  return static_cast<std::int64_t>(train.up_to(to)) - static_cast<std::int64_t>(train.before(from));
}

// No arrival in (from, to], in [from, to), in (from, to).
bool none_after_up_to(const Train& train, std::int64_t from, std::int64_t to) {
  return train.up_to(from) == train.up_to(to);
}
bool none_from_before(const Train& train, std::int64_t from, std::int64_t to) {
  return train.before(from) == train.before(to);
}
bool none_between(const Train& train, std::int64_t from, std::int64_t to) {
  return train.up_to(from) == train.before(to);
}

bool is_nearest(std::int64_t depth, const Train& pre, const Train& post, std::int64_t p,
                std::int64_t q) {
  return (p <= q && count_within(pre, p, q) <= depth) ||
         (q <= p && count_within(post, q, p) <= depth);
}

bool is_immediate(const Train& pre, const Train& post, std::int64_t p, std::int64_t q) {
  if (p == q) return true;
  if (p < q) return none_after_up_to(pre, p, q) && none_from_before(post, p, q);
  return none_after_up_to(post, q, p) && none_from_before(pre, q, p);
}

// The last post spike at or before p, and the first one after it.
bool is_pre_centred(const Train& post, std::int64_t p, std::int64_t q) {
  return q <= p ? none_after_up_to(post, q, p) : none_between(post, p, q);
}

bool is_post_centred(const Train& pre, std::int64_t p, std::int64_t q) {
  return p <= q ? none_after_up_to(pre, p, q) : none_between(pre, q, p);
}

// Whether a spike of `own` sees a spike of `other` in the same step.
bool sees_coincident(const Pairing& pairing, const Train& own, const Train& other) {
  return !pairing.in_index_order || other.neuron() < own.neuron();
}

class StepPairs {
 public:
  StepPairs(const Pairing& pairing, std::int64_t step, std::int64_t longest)
      : pairing_(pairing), step_(step), longest_(longest) {}

  // The post spike of this step and the pre spikes that it sees.
  void add_causal(const Train& pre, const Train& post) {
    const Train seen = pre.until(sees_coincident(pairing_, post, pre) ? step_ : step_ - 1);
    for (std::size_t i = seen.size(); i-- > 0;) {
      const std::int64_t p = seen[i];
      if (step_ - p > longest_ || !is_pair(pairing_, seen, post, p, step_)) break;
      (p == step_ ? coincident_ : causal_).push_back(step_ - p);
    }
  }

  // The pre spike of this step and the post spikes that it sees. Where both see each other, the
  // coincident pair has been added already.
  void add_anticausal(const Train& pre, const Train& post) {
    const Train seen = post.until(sees_coincident(pairing_, pre, post) ? step_ : step_ - 1);
    for (std::size_t i = seen.size(); i-- > 0;) {
      const std::int64_t q = seen[i];
      if (step_ - q > longest_ || !is_pair(pairing_, pre, seen, step_, q)) break;
      if (q < step_) anticausal_.push_back(q - step_);
      if (q == step_ && pairing_.in_index_order) coincident_.push_back(0);
    }
  }

  // Newest partners were found first.
  [[nodiscard]] std::vector<std::int64_t> in_order() const {
    std::vector<std::int64_t> all(causal_.rbegin(), causal_.rend());
    all.insert(all.end(), coincident_.begin(), coincident_.end());
    all.insert(all.end(), anticausal_.rbegin(), anticausal_.rend());
    return all;
  }

 private:
  const Pairing& pairing_;
  std::int64_t step_;
  std::int64_t longest_;
  std::vector<std::int64_t> causal_, coincident_, anticausal_;
};

}  // namespace

std::size_t Train::before(std::int64_t step) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(spikes_, step - delay_) -
                                  spikes_.begin());
}

Train Train::until(std::int64_t step) const {
  return {spikes_.first(up_to(step)), delay_, neuron_};
}

bool is_pair(const Pairing& pairing, const Train& pre, const Train& post, std::int64_t p,
             std::int64_t q) {
  switch (pairing.kind) {
    case Pairing::Kind::All:
      return true;
    case Pairing::Kind::Nearest:
      return is_nearest(pairing.depth, pre, post, p, q);
    case Pairing::Kind::Immediate:
      return is_immediate(pre, post, p, q);
    case Pairing::Kind::PreCentred:
      return is_pre_centred(post, p, q);
    case Pairing::Kind::PostCentred:
      return is_post_centred(pre, p, q);
  }
  BOUTON_UNREACHABLE("kind of pairing");
}

// Under every definition the partners of one spike are its latest ones: the search ends at the
// first that is none.
std::vector<std::int64_t> pairs_of_step(const Pairing& pairing, const Train& pre, const Train& post,
                                        std::int64_t step, std::int64_t longest) {
  StepPairs pairs(pairing, step, longest);
  if (post.arrives_at(step)) pairs.add_causal(pre, post);
  if (pre.arrives_at(step)) pairs.add_anticausal(pre, post);
  return pairs.in_order();
}

}  // namespace bouton::interpret
