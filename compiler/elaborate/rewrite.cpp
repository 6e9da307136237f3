#include "compiler/elaborate/rewrite.h"

#include "compiler/base/match.h"

namespace bouton::elaborate {

namespace {

class Rewriter {
 public:
  explicit Rewriter(const Change& change) : change_(change) {}

  void visit(model::Expr& expr) {
    change_(expr);
    match(
        expr.node, [](model::Number&) {}, [](model::Truth&) {}, [](model::Text&) {},
        [](model::Ref&) {}, [](model::Previous&) {}, [](model::Slope&) {},
        [](model::PartnerField&) {}, [](model::FunctionValue&) {},
        [&](model::Unary& unary) { visit(*unary.operand); },
        [&](model::Binary& binary) {
          visit(*binary.left);
          visit(*binary.right);
        },
        [&](model::Choice& choice) {
          visit(*choice.condition);
          visit(*choice.when_true);
          visit(*choice.when_false);
        },
        [&](model::Call& call) { visit_call(call); },
        [&](model::ToSteps& steps) { visit(*steps.duration); },
        [&](model::ToTime& time) { visit(*time.steps); },
        [&](model::ArrayLiteral& array) { visit(array.elements); },
        [&](model::TupleLiteral& tuple) { visit(tuple.elements); },
        [&](model::Range& range) {
          visit(*range.first);
          visit(*range.last);
          if (range.by) visit(**range.by);
        },
        [&](model::Index& index) {
          visit(*index.base);
          visit(index.indices);
        },
        [&](model::RecordField& field) { visit(*field.base); },
        [&](model::Quantity& quantity) { visit(quantity.family_indices); });
  }

  void visit(std::vector<model::Expr>& exprs) {
    for (model::Expr& expr : exprs) visit(expr);
  }
  void visit(std::optional<model::Expr>& expr) {
    if (expr) visit(*expr);
  }

  // NOLINTBEGIN(readability-convert-member-functions-to-static): one overload per statement
  void head(model::Let& let) { visit(let.value); }
  void head(model::Var& var) { visit(var.value); }
  void head(model::Assign& assign) {
    visit(assign.target);
    visit(assign.value);
  }
  void head(model::For& loop) { visit(loop.sequence); }
  void head(model::If& choice) { visit(choice.condition); }
  void head(model::Break&) {}
  void head(model::Run& run) {
    visit(run.duration);
    for (model::Observation& observation : run.observing) {
      visit(observation.what);
      visit(observation.every);
      visit(observation.after);
    }
  }
  void head(model::Reset& reset) {
    for (model::Target& target : reset.targets) visit(target.family_indices);
  }
  void head(model::Clip& clip) {
    visit(clip.targets);
    visit(clip.low);
    visit(clip.high);
  }
  void head(model::Normalise& normalise) {
    visit(normalise.target);
    visit(normalise.to);
    visit(normalise.every);
  }
  void head(model::Every& every) { visit(every.count); }
  void head(model::Record& record) {
    for (model::RecordColumn& column : record.columns) visit(column.value);
  }
  void head(model::Plot&) {}
  void head(model::Print& print) { visit(print.parts); }
  void head(model::Replay& replay) {
    visit(replay.what.family_indices);
    visit(replay.tape);
  }
  void head(model::Expect& expect) {
    visit(expect.actual);
    visit(expect.expected);
    visit(expect.within);
  }
  void head(model::Learn& learn) {
    visit(learn.target.family_indices);
    visit(learn.after);
  }
  void head(model::Silence& silence) { visit(silence.target.family_indices); }
  // Declarations are expanded, never rewritten.
  void head(model::PopulationDecl&) {}
  void head(model::ProjectionDecl&) {}
  void head(model::CircuitInstance&) {}
  void head(model::PhaseDecl&) {}
  // NOLINTEND(readability-convert-member-functions-to-static)

 private:
  void visit_call(model::Call& call) {
    visit(call.arguments);
    for (model::NamedArgument& argument : call.named) visit(*argument.value);
    if (call.site) visit((*call.site)->indices);
  }

  const Change& change_;
};

}  // namespace

void rewrite(model::Expr& expr, const Change& change) { Rewriter(change).visit(expr); }

void rewrite_head(model::Stmt& stmt, const Change& change) {
  Rewriter rewriter(change);
  std::visit([&](auto& node) { rewriter.head(node); }, stmt.node);
}

void rewrite(model::Stmt& stmt, const Change& change) {
  rewrite_head(stmt, change);
  if (auto* loop = std::get_if<model::For>(&stmt.node)) rewrite(loop->body, change);
  if (auto* every = std::get_if<model::Every>(&stmt.node)) rewrite(every->body, change);
  if (auto* choice = std::get_if<model::If>(&stmt.node)) {
    rewrite(choice->when_true, change);
    rewrite(choice->when_false, change);
  }
}

void rewrite(model::Body& body, const Change& change) {
  for (model::Stmt& stmt : body) rewrite(stmt, change);
}

}  // namespace bouton::elaborate
