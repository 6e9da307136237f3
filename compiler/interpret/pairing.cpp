#include "compiler/interpret/pairing.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace bouton::interpret {

namespace {

using model::Pairing;

// How many arrivals lie in [from, to].
std::int64_t count_within(const Train& train, Moment from, Moment to) {
  return static_cast<std::int64_t>(train.up_to(to)) - static_cast<std::int64_t>(train.before(from));
}

// Arrivals in (from, to], in [from, to) and in (from, to).
bool none_after_up_to(const Train& train, Moment from, Moment to) {
  return train.up_to(from) == train.up_to(to);
}
bool none_from_before(const Train& train, Moment from, Moment to) {
  return train.before(from) == train.before(to);
}
bool none_between(const Train& train, Moment from, Moment to) {
  return train.up_to(from) == train.before(to);
}

bool is_nearest(std::int64_t depth, const Train& pre, const Train& post, Moment p, Moment q) {
  return (p <= q && count_within(pre, p, q) <= depth) ||
         (q <= p && count_within(post, q, p) <= depth);
}

bool is_immediate(const Train& pre, const Train& post, Moment p, Moment q) {
  if (p == q) return true;
  if (p < q) return none_after_up_to(pre, p, q) && none_from_before(post, p, q);
  return none_after_up_to(post, q, p) && none_from_before(pre, q, p);
}

// The last post spike at or before p, and the first one after it.
bool is_pre_centred(const Train& post, Moment p, Moment q) {
  return q <= p ? none_after_up_to(post, q, p) : none_between(post, p, q);
}

bool is_post_centred(const Train& pre, Moment p, Moment q) {
  return p <= q ? none_after_up_to(pre, p, q) : none_between(pre, q, p);
}

class StepPairs {
 public:
  StepPairs(const Pairing& pairing, const Train& pre, const Train& post, std::int64_t longest)
      : pairing_(pairing), pre_(pre), post_(post), longest_(longest) {}

  // Partners of a post spike at `q`: pre spikes at or before it.
  void add_causal(Moment q) {
    for (std::size_t i = pre_.up_to(q); i-- > 0;) {
      const Moment p = pre_[i];
      if (q.step - p.step > longest_ || !is_pair(pairing_, pre_, post_, p, q)) break;
      add(q.step - p.step);
    }
  }

  // Partners of a pre spike at `p`: post spikes before it.
  void add_anticausal(Moment p) {
    for (std::size_t i = post_.before(p); i-- > 0;) {
      const Moment q = post_[i];
      if (p.step - q.step > longest_ || !is_pair(pairing_, pre_, post_, p, q)) break;
      add(q.step - p.step);
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
  void add(std::int64_t difference) {
    (difference > 0 ? causal_ : difference < 0 ? anticausal_ : coincident_).push_back(difference);
  }

  const Pairing& pairing_;
  const Train& pre_;
  const Train& post_;
  std::int64_t longest_;
  std::vector<std::int64_t> causal_, coincident_, anticausal_;
};

}  // namespace

std::size_t Train::before(Moment moment) const {
  // Of equal steps only those of a lower rank are before.
  const std::int64_t bound = moment.step - delay_ + (rank_ < moment.rank ? 1 : 0);
  return static_cast<std::size_t>(std::ranges::lower_bound(spikes_, bound) - spikes_.begin());
}

std::size_t Train::up_to(Moment moment) const {
  const std::int64_t bound = moment.step - delay_ + (rank_ <= moment.rank ? 1 : 0);
  return static_cast<std::size_t>(std::ranges::lower_bound(spikes_, bound) - spikes_.begin());
}

bool Train::arrives_at(std::int64_t step) const {
  return std::ranges::binary_search(spikes_, step - delay_);
}

bool is_pair(const Pairing& pairing, const Train& pre, const Train& post, Moment p, Moment q) {
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
  StepPairs pairs(pairing, pre, post, longest);
  if (post.arrives_at(step)) pairs.add_causal({step, post.rank()});
  if (pre.arrives_at(step)) pairs.add_anticausal({step, pre.rank()});
  return pairs.in_order();
}

}  // namespace bouton::interpret
