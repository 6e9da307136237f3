#include "compiler/interpret/handler.h"

#include "compiler/base/match.h"

namespace bouton::interpret {

namespace {

using elaborate::Frame;
using elaborate::Slot;

void assign(const model::HandlerAssign& assign, Slot* slots, const Frame& frame) {
  const double value = elaborate::evaluate_slot(assign.value, frame).real;
  double& target = slots[assign.target.value].real;
  switch (assign.op) {
    case model::AssignOp::Set:
      target = value;
      break;
    case model::AssignOp::Add:
      target = frame.arithmetic.add(target, value);
      break;
    case model::AssignOp::Subtract:
      target = frame.arithmetic.subtract(target, value);
      break;
    case model::AssignOp::Multiply:
      target = frame.arithmetic.multiply(target, value);
      break;
    case model::AssignOp::Divide:
      target = frame.arithmetic.divide(target, value);
      break;
  }
}

}  // namespace

void execute(const model::HandlerBody& body, Slot* slots, const Frame& frame) {
  for (const model::HandlerStmt& stmt : body)
    match(
        stmt.node, [&](const model::HandlerAssign& node) { assign(node, slots, frame); },
        [&](const model::HandlerLet& let) {
          slots[let.symbol.value] = elaborate::evaluate_slot(let.value, frame);
        },
        [&](const model::HandlerIf& choice) {
          const bool truth = elaborate::evaluate_truth(choice.condition, frame);
          execute(truth ? choice.when_true : choice.when_false, slots, frame);
        });
}

}  // namespace bouton::interpret
