#include "compiler/codegen/pairs.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "compiler/base/check.h"
#include "compiler/codegen/partner.h"

namespace bouton::codegen {

namespace {

using Kind = plan::Pairing::Kind;

// One side of a synapse in one step.
struct SpikeNow {
  SpikeSide side;
  llvm::Value* now;    // mask: it spikes in this step
  llvm::Value* index;  // neuron
  bool is_known;       // it does
};

const plan::DenseStorage& axes_of(const Emission& e, const plan::Handler& handler) {
  return std::get<plan::DenseStorage>(e.plan.links[*handler.link].storage);
}

// Which neuron is known to spike at all elements of a position.
enum class Spiking : std::uint8_t { Unknown, Post, Pre };

// The pairs of one position for rules that see the same ones.
class PairEmitter {
 public:
  PairEmitter(Emission& e, const std::vector<plan::HandlerId>& group, const Position& position,
              Spiking spiking)
      : e_(e),
        group_(group),
        first_(e.plan.handlers[group.front()]),
        pairing_(first_.pairs->pairing),
        position_(position),
        pre_(spike(pre_side(e, first_), pre_index(e, position, *first_.link),
                   spiking == Spiking::Pre)),
        post_(spike(post_side(e, first_), post_index(e, position, *first_.link),
                    spiking == Spiking::Post)),
        existing_(existing_synapses(e, position, *first_.link)) {}

  // All pairs of the step.
  void emit() {
    if_any(e_.ir.CreateOr(pre_.now, post_.now), [&] {
      emit_of_post();
      emit_of_pre();
    });
  }

  // The pairs that a spike of the post neuron completes, with those of one step.
  void emit_of_post() {
    deliver_older(post_, pre_, true);
    deliver_coincident();
  }

  // The pairs that a spike of the pre neuron completes.
  void emit_of_pre() { deliver_older(pre_, post_, false); }

 private:
  SpikeNow spike(const SpikeSide& side, llvm::Value* index, bool known) {
    return {side,
            known ? e_.splat(e_.ir.getTrue()) : fired_mask(e_, position_, {side.event, side.axis}),
            index, known};
  }

  void if_any(llvm::Value* mask, const std::function<void()>& body) {
    e_.if_true(e_.any(e_.both(e_.both(position_.inside, existing_), mask)), body);
  }

  llvm::Value* remembered(const SpikeNow& of, llvm::Value* age) {
    return codegen::remembered(e_, position_, of.side, age);
  }

  std::int64_t depth_of(const SpikeNow& of) { return codegen::depth_of(e_, of.side); }

  // Whether a spike of this step can see the partner's coincident one.
  llvm::Value* sees_coincident(const SpikeNow& spike, const SpikeNow& partner) {
    if (!pairing_.in_index_order) return partner.now;
    return e_.ir.CreateAnd(partner.now, e_.ir.CreateICmpSLT(partner.index, spike.index));
  }

  // Pairs of a spike of this step with earlier ones of the partner; `causal`: the spike is the post
  // neuron's.
  void deliver_older(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    const auto deliver = [&] { deliver_pairing(spike, partner, causal); };
    spike.is_known ? deliver() : if_any(spike.now, deliver);
  }

  void deliver_pairing(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    switch (pairing_.kind) {
      case Kind::All:
        return deliver_all(spike, partner, causal);
      case Kind::Nearest:
        return deliver_nearest(spike, partner, causal);
      case Kind::Immediate:
        return deliver_immediate(spike, partner, causal);
      default:
        BOUTON_UNREACHABLE("a pairing that code generation does not know");
    }
  }

  void deliver_all(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    const std::int64_t depth = depth_of(partner);
    e_.loop(e_.whole(0), e_.whole(depth), 1, [&](llvm::Value* i) {
      deliver(spike.now, remembered(partner, e_.ir.CreateSub(e_.whole(depth - 1), i)), causal);
    });
  }

  // With a coincident partner in sight, the oldest of the n no longer counts.
  void deliver_nearest(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    const std::int64_t count = std::min<std::int64_t>(pairing_.count, depth_of(partner));
    for (std::int64_t age = count - 1; age >= 0; --age) {
      llvm::Value* where = spike.now;
      if (age + 1 == pairing_.count)
        where = e_.ir.CreateAnd(where, e_.ir.CreateNot(sees_coincident(spike, partner)));
      deliver(where, remembered(partner, e_.whole(age)), causal);
    }
  }

  // No other spike of either neuron in between.
  void deliver_immediate(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    llvm::Value* latest = remembered(partner, e_.whole(0));
    llvm::Value* own = remembered(spike, e_.whole(0));
    llvm::Value* where =
        e_.ir.CreateAnd(spike.now, e_.ir.CreateNot(sees_coincident(spike, partner)));
    deliver(e_.ir.CreateAnd(where, e_.ir.CreateICmpSLT(own, latest)), latest, causal);
  }

  void deliver_coincident() {
    llvm::Value* where = e_.ir.CreateAnd(pre_.now, post_.now);
    // In index order a neuron never sees its own spike of the same step.
    if (pairing_.in_index_order)
      where = e_.ir.CreateAnd(where, e_.ir.CreateICmpNE(pre_.index, post_.index));
    run_bodies(where, nullptr, e_.splat_whole(0));
  }

  void deliver(llvm::Value* where, llvm::Value* partner_step, bool causal) {
    llvm::Value* age = e_.ir.CreateSub(e_.steps, partner_step);
    run_bodies(where, partner_step, causal ? age : e_.ir.CreateNeg(age));
  }

  // `partner_step`: of an earlier spike, which some of the rules may not know.
  void run_bodies(llvm::Value* where, llvm::Value* partner_step, llvm::Value* interval) {
    std::vector<llvm::Value*> of_rules;
    llvm::Value* of_any = e_.splat(e_.ir.getFalse());
    for (const plan::HandlerId id : group_) {
      llvm::Value* here = where;
      if (partner_step != nullptr)
        here = e_.ir.CreateAnd(
            where,
            e_.ir.CreateICmpSGE(partner_step, first_seen(e_, position_, e_.plan.handlers[id])));
      of_rules.push_back(e_.both(existing_, here));
      of_any = e_.ir.CreateOr(of_any, of_rules.back());
    }
    e_.if_true(e_.any(e_.both(position_.inside, of_any)), [&] {
      for (std::size_t i = 0; i < group_.size(); ++i)
        run_body(e_.plan.handlers[group_[i]], of_rules[i], interval);
    });
  }

  void run_body(const plan::Handler& handler, llvm::Value* where, llvm::Value* interval) {
    Position position = position_;
    position.active = where;
    emit_body(e_, e_.plan.kernels[handler.body], position, {{plan::Input::Interval, interval}});
  }

  Emission& e_;
  const std::vector<plan::HandlerId>& group_;
  const plan::Handler& first_;
  const plan::Pairing& pairing_;
  const Position& position_;
  const SpikeNow pre_, post_;
  llvm::Value* existing_;
};

// Work for the synapses of neurons that spike only. At one synapse the order is that of a step all
// the same: first the pairs of the post neuron's spike, then those of one step, then those of the
// pre neuron's.
void emit_by_neuron(Emission& e, const std::vector<plan::HandlerId>& group) {
  const plan::Handler& first = e.plan.handlers[group.front()];
  const plan::DenseStorage& axes = axes_of(e, first);
  for_each_spike(e, {first.pairs->post, axes.post}, [&](const Position& post) {
    emit_space(e, {axes.pre}, post, [&](const Position& position) {
      PairEmitter(e, group, position, Spiking::Post).emit_of_post();
    });
  });
  for_each_spike(e, {first.pairs->pre, axes.pre}, [&](const Position& pre) {
    emit_space(e, {axes.post}, pre, [&](const Position& position) {
      PairEmitter(e, group, position, Spiking::Pre).emit_of_pre();
    });
  });
}

}  // namespace

void emit_pairs(Emission& e, const std::vector<plan::HandlerId>& group) {
  if (!e.along_lanes()) return emit_by_neuron(e, group);
  const plan::Handler& first = e.plan.handlers[group.front()];
  const plan::DenseStorage& axes = axes_of(e, first);
  llvm::Value* spikes =
      e.ir.CreateOr(any_fired(e, first.pairs->pre), any_fired(e, first.pairs->post));
  e.if_true(spikes, [&] {
    emit_space(e, {axes.post, axes.pre}, Position{}, [&](const Position& position) {
      PairEmitter(e, group, position, Spiking::Unknown).emit();
    });
  });
}

}  // namespace bouton::codegen
