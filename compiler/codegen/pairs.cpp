#include "compiler/codegen/pairs.h"

#include <algorithm>
#include <functional>

#include "compiler/base/check.h"
#include "compiler/codegen/pair_passes.h"
#include "compiler/codegen/partner.h"

namespace bouton::codegen {

namespace {

using Kind = plan::Pairing::Kind;

// One side of a synapse in one step.
struct SpikeNow {
  SpikeSide side;
  llvm::Value* now;    // mask: it spikes in this step
  llvm::Value* index;  // neuron
};

class PairEmitter {
 public:
  PairEmitter(Emission& e, const plan::Handler& handler, const Position& position)
      : e_(e), handler_(handler), pairs_(*handler.pairs), position_(position) {}

  void emit() {
    const SpikeNow pre = spike(pre_side(e_, handler_), pre_index(e_, position_, *handler_.link));
    const SpikeNow post = spike(post_side(e_, handler_), post_index(e_, position_, *handler_.link));
    existing_ = existing_synapses(e_, position_, *handler_.link);
    llvm::Value* happening =
        e_.both(e_.both(position_.inside, existing_), e_.ir.CreateOr(pre.now, post.now));
    e_.if_true(e_.any(happening), [&] {
      deliver_older(post, pre, true);
      deliver_coincident(pre, post);
      deliver_older(pre, post, false);
    });
  }

 private:
  SpikeNow spike(const SpikeSide& side, llvm::Value* index) {
    return {side, fired_mask(e_, position_, {side.event, side.axis}), index};
  }

  llvm::Value* remembered(const SpikeNow& of, llvm::Value* age) {
    return codegen::remembered(e_, position_, of.side, age);
  }

  std::int64_t depth_of(const SpikeNow& of) { return codegen::depth_of(e_, of.side); }

  // Whether a spike of this step can see the partner's coincident one.
  llvm::Value* sees_coincident(const SpikeNow& spike, const SpikeNow& partner) {
    if (!pairs_.pairing.in_index_order) return partner.now;
    return e_.ir.CreateAnd(partner.now, e_.ir.CreateICmpSLT(partner.index, spike.index));
  }

  // Pairs of a spike of this step with earlier ones of the partner; `causal`: the spike is the post
  // neuron's.
  void deliver_older(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    e_.if_true(e_.any(e_.both(e_.both(position_.inside, existing_), spike.now)), [&] {
      switch (pairs_.pairing.kind) {
        case Kind::All:
          return deliver_all(spike, partner, causal);
        case Kind::Nearest:
          return deliver_nearest(spike, partner, causal);
        case Kind::Immediate:
          return deliver_immediate(spike, partner, causal);
        default:
          BOUTON_UNREACHABLE("a pairing that code generation does not know");
      }
    });
  }

  void deliver_all(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    const std::int64_t depth = depth_of(partner);
    e_.loop(e_.whole(0), e_.whole(depth), 1, [&](llvm::Value* i) {
      deliver(spike.now, remembered(partner, e_.ir.CreateSub(e_.whole(depth - 1), i)), causal);
    });
  }

  // With a coincident partner in sight, the oldest of the n no longer counts.
  void deliver_nearest(const SpikeNow& spike, const SpikeNow& partner, bool causal) {
    const std::int64_t count = std::min<std::int64_t>(pairs_.pairing.count, depth_of(partner));
    for (std::int64_t age = count - 1; age >= 0; --age) {
      llvm::Value* where = spike.now;
      if (age + 1 == pairs_.pairing.count)
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

  void deliver_coincident(const SpikeNow& pre, const SpikeNow& post) {
    llvm::Value* where = e_.ir.CreateAnd(pre.now, post.now);
    // In index order a neuron never sees its own spike of the same step.
    if (pairs_.pairing.in_index_order)
      where = e_.ir.CreateAnd(where, e_.ir.CreateICmpNE(pre.index, post.index));
    run_body(where, e_.splat_whole(0));
  }

  void deliver(llvm::Value* where, llvm::Value* partner_step, bool causal) {
    llvm::Value* known =
        e_.ir.CreateICmpSGE(partner_step, first_seen(e_, position_, *handler_.link));
    llvm::Value* age = e_.ir.CreateSub(e_.steps, partner_step);
    run_body(e_.ir.CreateAnd(where, known), causal ? age : e_.ir.CreateNeg(age));
  }

  void run_body(llvm::Value* where, llvm::Value* interval) {
    Position position = position_;
    position.active = e_.both(existing_, where);
    e_.if_true(e_.any(effective(e_, position)), [&] {
      emit_body(e_, e_.plan.kernels[handler_.body], position, {{plan::Input::Interval, interval}});
    });
  }

  Emission& e_;
  const plan::Handler& handler_;
  const plan::PairSource& pairs_;
  const Position& position_;
  llvm::Value* existing_ = nullptr;
};

}  // namespace

void emit_pairs(Emission& e, const plan::Handler& handler) {
  const auto& dense = std::get<plan::DenseStorage>(e.plan.links[*handler.link].storage);
  llvm::Value* spikes =
      e.ir.CreateOr(any_fired(e, handler.pairs->pre), any_fired(e, handler.pairs->post));
  e.if_true(spikes, [&] {
    if (can_pass_over_pairs(e, handler)) return emit_pair_passes(e, handler);
    emit_space(e, {dense.post, dense.pre}, Position{},
               [&](const Position& position) { PairEmitter(e, handler, position).emit(); });
  });
}

}  // namespace bouton::codegen
