#include "compiler/codegen/pairs.h"

#include <algorithm>
#include <functional>

#include "compiler/base/check.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using Kind = plan::Pairing::Kind;

// One side of a synapse in one step.
struct SpikeSide {
  plan::HistoryId history;
  plan::AxisId axis;   // of the projection
  llvm::Value* now;    // mask: it spikes in this step
  llvm::Value* index;  // neuron
};

class PairEmitter {
 public:
  PairEmitter(Emission& e, const plan::Handler& handler, const Position& position)
      : e_(e), handler_(handler), pairs_(*handler.pairs), position_(position) {}

  void emit() {
    const auto& dense = std::get<plan::DenseStorage>(e_.plan.links[*handler_.link].storage);
    const SpikeSide pre =
        side(pairs_.pre, pairs_.pre_history, dense.pre, pre_index(e_, position_, *handler_.link));
    const SpikeSide post = side(pairs_.post, pairs_.post_history, dense.post,
                                post_index(e_, position_, *handler_.link));
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
  SpikeSide side(plan::EventId event, plan::HistoryId history, plan::AxisId axis,
                 llvm::Value* index) {
    return {history, axis, fired_mask(e_, position_, {event, axis}), index};
  }

  // The step of the spike that is `age` spikes back, as it stands before this step.
  llvm::Value* remembered(const SpikeSide& of, llvm::Value* age) {
    const plan::History& history = e_.plan.histories[of.history];
    const plan::AxisId neurons = e_.plan.columns[history.head].axes.front();
    const AxisIndex neuron = translate(e_, position_, of.axis, neurons);
    const std::int64_t depth = depth_of(of);
    if (depth == 1)
      return load(e_, position_,
                  {history.ring, plan::Version::Current, {neuron, AxisIndex{e_.whole(0), false}}});
    llvm::Value* head = load(e_, position_, {history.head, plan::Version::Current, {neuron}});
    llvm::Value* back = e_.ir.CreateAdd(e_.splat(age), e_.splat_whole(1));
    llvm::Value* slot = e_.ir.CreateSub(e_.ir.CreateAdd(head, e_.splat_whole(depth)), back);
    slot = e_.ir.CreateURem(slot, e_.splat_whole(depth));
    return load(e_, position_, {history.ring, plan::Version::Current, {neuron, slot}});
  }

  std::int64_t depth_of(const SpikeSide& of) {
    return image::length_of(e_.plan,
                            e_.plan.columns[e_.plan.histories[of.history].ring].axes.back());
  }

  // Whether a spike of this step can see the partner's coincident one.
  llvm::Value* sees_coincident(const SpikeSide& spike, const SpikeSide& partner) {
    if (!pairs_.pairing.in_index_order) return partner.now;
    return e_.ir.CreateAnd(partner.now, e_.ir.CreateICmpSLT(partner.index, spike.index));
  }

  // Pairs of a spike of this step with earlier ones of the partner; `causal`: the spike is the post
  // neuron's.
  void deliver_older(const SpikeSide& spike, const SpikeSide& partner, bool causal) {
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

  void deliver_all(const SpikeSide& spike, const SpikeSide& partner, bool causal) {
    const std::int64_t depth = depth_of(partner);
    e_.loop(e_.whole(0), e_.whole(depth), 1, [&](llvm::Value* i) {
      deliver(spike.now, remembered(partner, e_.ir.CreateSub(e_.whole(depth - 1), i)), causal);
    });
  }

  // With a coincident partner in sight, the oldest of the n no longer counts.
  void deliver_nearest(const SpikeSide& spike, const SpikeSide& partner, bool causal) {
    const std::int64_t count = std::min<std::int64_t>(pairs_.pairing.count, depth_of(partner));
    for (std::int64_t age = count - 1; age >= 0; --age) {
      llvm::Value* where = spike.now;
      if (age + 1 == pairs_.pairing.count)
        where = e_.ir.CreateAnd(where, e_.ir.CreateNot(sees_coincident(spike, partner)));
      deliver(where, remembered(partner, e_.whole(age)), causal);
    }
  }

  // No other spike of either neuron in between.
  void deliver_immediate(const SpikeSide& spike, const SpikeSide& partner, bool causal) {
    llvm::Value* latest = remembered(partner, e_.whole(0));
    llvm::Value* own = remembered(spike, e_.whole(0));
    llvm::Value* where =
        e_.ir.CreateAnd(spike.now, e_.ir.CreateNot(sees_coincident(spike, partner)));
    deliver(e_.ir.CreateAnd(where, e_.ir.CreateICmpSLT(own, latest)), latest, causal);
  }

  void deliver_coincident(const SpikeSide& pre, const SpikeSide& post) {
    llvm::Value* where = e_.ir.CreateAnd(pre.now, post.now);
    // In index order a neuron never sees its own spike of the same step.
    if (pairs_.pairing.in_index_order)
      where = e_.ir.CreateAnd(where, e_.ir.CreateICmpNE(pre.index, post.index));
    run_body(where, e_.splat_whole(0));
  }

  void deliver(llvm::Value* where, llvm::Value* partner_step, bool causal) {
    llvm::Value* known = e_.ir.CreateICmpSGE(partner_step, first_seen());
    llvm::Value* age = e_.ir.CreateSub(e_.splat(e_.step), partner_step);
    run_body(e_.ir.CreateAnd(where, known), causal ? age : e_.ir.CreateNeg(age));
  }

  // The step before which there are no spikes.
  llvm::Value* first_seen() {
    const auto column = plan::first_seen_by(e_.plan, handler_);
    if (!column) return e_.splat_whole(plan::kLongAgo + 1);
    return load(e_, position_, {*column, plan::Version::Current, {}});
  }

  void run_body(llvm::Value* where, llvm::Value* interval) {
    Position position = position_;
    position.active = e_.both(existing_, where);
    e_.if_true(e_.any(e_.both(position.inside, position.active)), [&] {
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
    emit_space(e, {dense.post, dense.pre}, Position{},
               [&](const Position& position) { PairEmitter(e, handler, position).emit(); });
  });
}

}  // namespace bouton::codegen
