#include "compiler/codegen/pair_passes.h"

#include <algorithm>
#include <functional>

#include "compiler/codegen/pair_rule.h"
#include "compiler/codegen/partner.h"

namespace bouton::codegen {

namespace {

using Kind = plan::Pairing::Kind;

// How many earlier spikes of a partner are looked at.
std::int64_t ages_of(const Emission& e, const plan::Pairing& pairing, const SpikeSide& partner) {
  if (pairing.kind == Kind::Immediate) return 1;
  return std::min<std::int64_t>(pairing.count, depth_of(e, partner));
}

// Spikes of this step and the earlier ones of their partners.
struct Direction {
  SpikeSide spike, partner;
  bool causal;  // the spikes are those of post neurons
};

// What is computed once per partner of a direction, for its latest spike but `age`.
struct Partners {
  std::int64_t age;
  llvm::AllocaInst* step;            // [partner]: of its spike
  std::vector<PairWindows> windows;  // of each rule
};

class PairPasses {
 public:
  PairPasses(Emission& e, const std::vector<plan::HandlerId>& group)
      : e_(e),
        first_(e.plan.handlers[group.front()]),
        pairing_(first_.pairs->pairing),
        pre_(pre_side(e, first_)),
        post_(post_side(e, first_)) {
    for (const plan::HandlerId id : group) rules_.emplace_back(e, e.plan.handlers[id]);
  }

  void emit() {
    const Direction causal{post_, pre_, true}, anticausal{pre_, post_, false};
    if (pre_.event != post_.event) {
      if_fired(post_, [&] { deliver_older(causal, tabulate(causal)); });
      deliver_coincident();
      return if_fired(pre_, [&] { deliver_older(anticausal, tabulate(anticausal)); });
    }
    // Both directions at once: much of what follows from intervals is the same.
    if_fired(post_, [&] {
      const auto earlier = tabulate(causal), later = tabulate(anticausal);
      deliver_older(causal, earlier);
      deliver_coincident();
      deliver_older(anticausal, later);
    });
  }

 private:
  void if_fired(const SpikeSide& side, const std::function<void()>& body) {
    e_.if_true(any_fired(e_, side.event), body);
  }

  // Oldest first.
  std::vector<Partners> tabulate(const Direction& direction) {
    std::vector<Partners> tables;
    for (std::int64_t age = ages_of(e_, pairing_, direction.partner); age-- > 0;)
      tables.push_back(tabulate(direction, age));
    return tables;
  }

  Partners tabulate(const Direction& direction, std::int64_t age) {
    const plan::AxisId axis = direction.partner.axis;
    const std::int64_t partners = *e_.known_length(axis);
    llvm::Type* steps = e_.vector_of(e_.ir.getInt64Ty());
    Partners table{age, nullptr, {}};
    table.step = e_.local(llvm::ArrayType::get(steps, static_cast<std::uint64_t>(partners)),
                          nullptr, "partners");
    for (PairRule& rule : rules_) table.windows.push_back(rule.make_windows(partners));
    emit_space(e_, {axis}, Position{}, [&](const Position& position) {
      llvm::Value* index = position.at(axis).first;
      llvm::Value* step = remembered(e_, position, direction.partner, e_.whole(age));
      e_.ir.CreateStore(step, e_.cell(table.step, index));
      llvm::Value* interval = e_.ir.CreateSub(e_.steps, step);
      if (!direction.causal) interval = e_.ir.CreateNeg(interval);
      for (std::size_t i = 0; i < rules_.size(); ++i)
        rules_[i].keep(table.windows[i], index, interval);
    });
    return table;
  }

  void deliver_older(const Direction& direction, const std::vector<Partners>& tables) {
    for_spikes(direction, [&](const Position& position, llvm::Value* now) {
      for (const Partners& table : tables) {
        llvm::Value* partner = position.at(direction.partner.axis).first;
        llvm::Value* step = e_.ir.CreateLoad(table.step->getAllocatedType()->getArrayElementType(),
                                             e_.cell(table.step, partner));
        llvm::Value* where = e_.ir.CreateAnd(now, counts(position, direction, table.age, step));
        for (std::size_t i = 0; i < rules_.size(); ++i) {
          llvm::Value* known =
              e_.ir.CreateICmpSGE(step, first_seen(e_, position, rules_[i].handler()));
          rules_[i].deliver(position, e_.ir.CreateAnd(where, known), table.windows[i], partner);
        }
      }
    });
  }

  void deliver_coincident() {
    e_.if_true(e_.any(coincidences()), [&] {
      for_spikes({post_, pre_, true}, [&](const Position& position, llvm::Value* now) {
        llvm::Value* where =
            e_.ir.CreateAnd(now, fired_mask(e_, position, {pre_.event, pre_.axis}));
        // In index order a neuron never sees its own spike of the same step.
        if (pairing_.in_index_order)
          where = e_.ir.CreateAnd(
              where, e_.ir.CreateICmpNE(index_of(position, pre_), index_of(position, post_)));
        e_.if_true(e_.any(where), [&] {
          for (PairRule& rule : rules_) rule.deliver(position, where, e_.splat_whole(0));
        });
      });
    });
  }

  // The lanes in which neurons of both sides spike, two at least if none has a synapse with itself.
  llvm::Value* coincidences() {
    llvm::Value* post = fired_by_lane(e_, post_.event);
    if (pre_.event != post_.event) return e_.ir.CreateAnd(post, fired_by_lane(e_, pre_.event));
    const auto& dense = std::get<plan::DenseStorage>(e_.plan.links[*first_.link].storage);
    return dense.no_self ? fired_twice_by_lane(e_, post_.event) : post;
  }

  // Every synapse of every neuron that spikes, and the lanes in which it does.
  void for_spikes(const Direction& direction,
                  const std::function<void(const Position&, llvm::Value*)>& at) {
    const SpikeSide& spike = direction.spike;
    for_each_spike(e_, {spike.event, spike.axis}, [&](const Position& spiking) {
      emit_space(e_, {direction.partner.axis}, spiking, [&](const Position& position) {
        at(position, e_.both(spiking.active, existing_synapses(e_, position, *first_.link)));
      });
    });
  }

  // Whether the partner's earlier spike, at `step`, pairs with this one.
  llvm::Value* counts(const Position& position, const Direction& direction, std::int64_t age,
                      llvm::Value* step) {
    llvm::Value* where = e_.splat(e_.ir.getTrue());
    if (pairing_.kind == Kind::Immediate) {
      llvm::Value* own = remembered(e_, position, direction.spike, e_.whole(0));
      where = e_.ir.CreateICmpSLT(own, step);
    }
    const bool oldest = pairing_.kind == Kind::Immediate || age + 1 == pairing_.count;
    if (!oldest) return where;
    return e_.ir.CreateAnd(where, e_.ir.CreateNot(sees_coincident(position, direction)));
  }

  llvm::Value* sees_coincident(const Position& position, const Direction& direction) {
    const SpikeSide& partner = direction.partner;
    llvm::Value* now = fired_mask(e_, position, {partner.event, partner.axis});
    if (!pairing_.in_index_order) return now;
    return e_.ir.CreateAnd(
        now, e_.ir.CreateICmpSLT(index_of(position, partner), index_of(position, direction.spike)));
  }

  llvm::Value* index_of(const Position& position, const SpikeSide& side) {
    return side.axis == pre_.axis ? pre_index(e_, position, *first_.link)
                                  : post_index(e_, position, *first_.link);
  }

  Emission& e_;
  const plan::Handler& first_;
  const plan::Pairing& pairing_;
  const SpikeSide pre_, post_;
  std::vector<PairRule> rules_;
};

bool can_pass_over(Emission& e, const plan::Handler& handler) {
  const auto* dense = std::get_if<plan::DenseStorage>(&e.plan.links[*handler.link].storage);
  const Kind kind = handler.pairs->pairing.kind;
  return dense != nullptr && (kind == Kind::Nearest || kind == Kind::Immediate) &&
         keeps_to_synapse(e, handler) && e.known_length(dense->pre) && e.known_length(dense->post);
}

// In bytes: what is computed once per partner, as if the handler went alone.
std::int64_t frame_of(Emission& e, const plan::Handler& handler) {
  const auto vectors = static_cast<std::int64_t>(PairRule(e, handler).results() + 1);
  std::int64_t partners = 0;
  for (const SpikeSide& partner : {pre_side(e, handler), post_side(e, handler)})
    partners += ages_of(e, handler.pairs->pairing, partner) * *e.known_length(partner.axis);
  return partners * vectors * e.lanes() * 8;
}

}  // namespace

bool can_pass_over(Emission& e, const std::vector<plan::HandlerId>& group) {
  if (!e.along_lanes()) return false;
  std::int64_t frame = 0;
  for (const plan::HandlerId id : group) {
    if (!can_pass_over(e, e.plan.handlers[id])) return false;
    frame += frame_of(e, e.plan.handlers[id]);
  }
  return e.reserve_stack(frame);
}

void emit_pair_passes(Emission& e, const std::vector<plan::HandlerId>& group) {
  PairPasses(e, group).emit();
}

}  // namespace bouton::codegen
