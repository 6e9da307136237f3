#include "compiler/elaborate/assigned.h"

namespace bouton::elaborate {

namespace {

using Visit = std::function<void(const model::Quantity&, const model::Expr&)>;

void visit_target(const model::Expr& target, const Visit& visit) {
  if (const auto* index = std::get_if<model::Index>(&target.node))
    return visit_target(*index->base, visit);
  if (const auto* quantity = std::get_if<model::Quantity>(&target.node)) visit(*quantity, target);
}

}  // namespace

void for_each_assigned(const model::Body& body, const Visit& visit) {
  for (const model::Stmt& stmt : body) {
    if (const auto* assign = std::get_if<model::Assign>(&stmt.node))
      visit_target(assign->target, visit);
    if (const auto* clip = std::get_if<model::Clip>(&stmt.node))
      for (const model::Expr& target : clip->targets) visit_target(target, visit);
    if (const auto* loop = std::get_if<model::For>(&stmt.node))
      for_each_assigned(loop->body, visit);
    if (const auto* every = std::get_if<model::Every>(&stmt.node))
      for_each_assigned(every->body, visit);
    if (const auto* choice = std::get_if<model::If>(&stmt.node)) {
      for_each_assigned(choice->when_true, visit);
      for_each_assigned(choice->when_false, visit);
    }
  }
}

}  // namespace bouton::elaborate
