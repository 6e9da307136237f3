#include "compiler/elaborate/pair_window.h"

#include "compiler/elaborate/window_terms.h"

namespace bouton::elaborate {

namespace {

// The branch structure of a body for one sign of the time difference.
class BodyReader {
 public:
  BodyReader(const model::Rule& rule, model::SymbolId pair_time, int sign,
             RealArithmetic arithmetic)
      : reader_(rule.scope, pair_time, sign, arithmetic) {}

  void read(const model::HandlerBody& body) {
    for (const model::HandlerStmt& stmt : body) read(stmt);
  }

  [[nodiscard]] std::vector<WindowUpdate> take() { return std::move(updates_); }
  [[nodiscard]] const std::optional<NoWindow>& refusal() const { return refusal_; }

 private:
  void read(const model::HandlerStmt& stmt) {
    if (refusal_) return;
    if (const auto* assign = std::get_if<model::HandlerAssign>(&stmt.node))
      read(*assign, stmt.span);
    else if (const auto* choice = std::get_if<model::HandlerIf>(&stmt.node))
      read(*choice);
    else
      refuse({stmt.span, "its body has a `let`"});
  }

  void read(const model::HandlerIf& choice) {
    const auto decided = reader_.decide(choice.condition);
    if (!decided)
      return refuse({choice.condition.span, "a condition is more than the sign of the difference"});
    read(*decided ? choice.when_true : choice.when_false);
  }

  void read(const model::HandlerAssign& assign, source::Span span) {
    if (assign.op != model::AssignOp::Add && assign.op != model::AssignOp::Subtract)
      return refuse({span, "it does more than add to a variable"});
    auto terms = reader_.read(assign.value);
    if (const auto* refusal = std::get_if<NoWindow>(&terms)) return refuse(*refusal);
    auto& sum = std::get<WindowTerms>(terms);
    if (assign.op == model::AssignOp::Subtract) sum = negated(std::move(sum));
    if (!sum.empty()) updates_.push_back({assign.target, std::move(sum)});
  }

  void refuse(NoWindow refusal) {
    if (!refusal_) refusal_ = std::move(refusal);
  }

  WindowReader reader_;
  std::vector<WindowUpdate> updates_;
  std::optional<NoWindow> refusal_;
};

}  // namespace

std::variant<PairWindow, NoWindow> decompose_window(const model::Rule& rule,
                                                    const model::OnPair& handler,
                                                    RealArithmetic arithmetic) {
  BodyReader causal(rule, handler.pair_time, 1, arithmetic);
  causal.read(handler.body);
  if (causal.refusal()) return *causal.refusal();
  BodyReader anticausal(rule, handler.pair_time, -1, arithmetic);
  anticausal.read(handler.body);
  if (anticausal.refusal()) return *anticausal.refusal();
  return PairWindow{causal.take(), anticausal.take()};
}

}  // namespace bouton::elaborate
