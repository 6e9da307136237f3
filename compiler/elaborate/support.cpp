#include "compiler/elaborate/support.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/model/builtins.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;

constexpr double kLongestSupport = 1e9;  // steps; a longer window is a mistake in its parameters
// Over so many steps a slope is seen in single precision too, where the values are rounded
// coarsely.
constexpr double kBaseline = 0x1p20;
// How far rounding to single precision may move a crossing, relative to its distance.
constexpr double kSingleSlack = 0x1p-20;

bool is_builtin(const model::Call& call, std::string_view name) {
  const auto* id = std::get_if<model::BuiltinId>(&call.callee);
  return id != nullptr && model::builtin(*id).name == name;
}

bool is_extremum(const model::Call& call) {
  return call.arguments.size() == 2 && (is_builtin(call, "min") || is_builtin(call, "max"));
}

bool is_comparison(const model::Binary& binary) {
  return binary.op >= BinaryOp::Equal && binary.op <= BinaryOp::GreaterEqual;
}

class SupportFinder {
 public:
  SupportFinder(WindowVariable variable, std::span<Slot> slots, const Frame& frame)
      : variable_(variable), slots_(slots), frame_(frame) {}

  // Break points of every comparison, `min` and `max` in the expression.
  void add_break_points(const model::Expr& expr) {
    walk(expr, [&](const model::Expr& part) {
      if (!mentions(part, variable_.symbol)) return;
      if (const auto* binary = std::get_if<model::Binary>(&part.node)) {
        if (is_comparison(*binary)) add_crossing(*binary->left, *binary->right);
      } else if (const auto* call = std::get_if<model::Call>(&part.node)) {
        if (is_extremum(*call)) add_crossing(call->arguments[0], call->arguments[1]);
      }
    });
  }

  void add_break_points(const model::HandlerBody& body) {
    for (const model::HandlerStmt& stmt : body) {
      if (const auto* let = std::get_if<model::HandlerLet>(&stmt.node)) {
        if (mentions(let->value, variable_.symbol))
          refuse(stmt.span, "a `let` in it depends on the time difference");
      } else if (const auto* assign = std::get_if<model::HandlerAssign>(&stmt.node)) {
        add_break_points(assign->value);
      } else if (const auto* choice = std::get_if<model::HandlerIf>(&stmt.node)) {
        add_break_points(choice->condition);
        add_break_points(choice->when_true);
        add_break_points(choice->when_false);
      }
    }
  }

  void place_beyond_break_points() { set(beyond()); }

  // Whether the expression is 0 for every s beyond the break points.
  [[nodiscard]] bool vanishes(const model::Expr& expr) {
    if (const auto* number = std::get_if<model::Number>(&expr.node)) return number->value == 0.0;
    if (const auto* choice = std::get_if<model::Choice>(&expr.node))
      return chosen_vanishes(*choice->condition, *choice->when_true, *choice->when_false);
    if (const auto* unary = std::get_if<model::Unary>(&expr.node)) return vanishes(*unary->operand);
    if (const auto* binary = std::get_if<model::Binary>(&expr.node)) return vanishes(*binary);
    if (const auto* call = std::get_if<model::Call>(&expr.node); call && is_extremum(*call))
      return extremum_vanishes(*call);
    return false;
  }

  [[nodiscard]] bool vanishes(const model::HandlerBody& body) {
    return std::ranges::all_of(body, [&](const model::HandlerStmt& stmt) {
      if (std::holds_alternative<model::HandlerLet>(stmt.node)) return true;
      if (const auto* choice = std::get_if<model::HandlerIf>(&stmt.node))
        return chosen_vanishes(choice->condition, choice->when_true, choice->when_false);
      const auto& assign = std::get<model::HandlerAssign>(stmt.node);
      const bool adds = assign.op == model::AssignOp::Add || assign.op == model::AssignOp::Subtract;
      return adds && vanishes(assign.value);
    });
  }

  [[nodiscard]] const std::optional<NoWindow>& refusal() const { return refusal_; }
  [[nodiscard]] std::int64_t last_step() const { return static_cast<std::int64_t>(beyond()); }

 private:
  // One step more than the last break point, so that rounding of the crossing cannot matter.
  [[nodiscard]] double beyond() const {
    const double slack =
        frame_.arithmetic.precision() == Precision::Single ? kSingleSlack * last_break_ : 0.0;
    return std::ceil(last_break_ + slack) + 1.0;
  }

  void set(double steps) {
    slots_[variable_.symbol.value].steps = static_cast<std::int64_t>(steps) * variable_.direction;
  }

  // Made of the variable, parameters and numbers: the same whenever it is asked.
  [[nodiscard]] bool is_known(const model::Expr& expr) const {
    bool known = true;
    walk(expr, [&](const model::Expr& part) {
      if (const auto* ref = std::get_if<model::Ref>(&part.node)) {
        const model::SymbolKind kind = variable_.scope[ref->symbol].kind;
        known = known && (ref->symbol == variable_.symbol || kind == model::SymbolKind::Parameter ||
                          kind == model::SymbolKind::Timestep);
      }
      known = known && !std::holds_alternative<model::PartnerField>(part.node) &&
              !std::holds_alternative<model::Previous>(part.node) &&
              !std::holds_alternative<model::Slope>(part.node);
    });
    return known;
  }

  template <typename Branch>
  [[nodiscard]] bool chosen_vanishes(const model::Expr& condition, const Branch& when_true,
                                     const Branch& when_false) {
    const std::optional<bool> truth = decide(condition);
    if (!truth) return vanishes(when_true) && vanishes(when_false);
    return vanishes(*truth ? when_true : when_false);
  }

  // Nothing where it depends on what may change while the program runs.
  [[nodiscard]] std::optional<bool> decide(const model::Expr& condition) const {
    if (is_known(condition)) return evaluate_truth(condition, frame_);
    const auto* binary = std::get_if<model::Binary>(&condition.node);
    if (binary == nullptr || (binary->op != BinaryOp::And && binary->op != BinaryOp::Or))
      return std::nullopt;
    const bool decisive = binary->op == BinaryOp::Or;
    const std::optional<bool> left = decide(*binary->left), right = decide(*binary->right);
    if (left == decisive || right == decisive) return decisive;
    if (left && right) return !decisive;
    return std::nullopt;
  }

  void refuse(source::Span span, std::string reason) {
    if (!refusal_) refusal_ = NoWindow{span, std::move(reason)};
  }

  [[nodiscard]] double number(const model::Expr& expr) const {
    if (expr.type.kind == model::Kind::Steps)
      return static_cast<double>(evaluate_steps(expr, frame_));
    return evaluate_real(expr, frame_);
  }

  // Made of the variable and constants by addition, scaling, `abs`, `min` and `max`. The break
  // points of these are added on the way: beyond them they are linear.
  [[nodiscard]] bool is_linear(const model::Expr& expr) {
    if (!mentions(expr, variable_.symbol)) return true;
    if (std::holds_alternative<model::Ref>(expr.node)) return true;
    if (const auto* time = std::get_if<model::ToTime>(&expr.node)) return is_linear(*time->steps);
    if (const auto* unary = std::get_if<model::Unary>(&expr.node))
      return is_linear(*unary->operand);
    if (const auto* binary = std::get_if<model::Binary>(&expr.node)) return is_linear(*binary);
    const auto* call = std::get_if<model::Call>(&expr.node);
    return call != nullptr && is_linear(*call);
  }

  [[nodiscard]] bool is_linear(const model::Call& call) {
    const bool extremum = is_extremum(call);
    if (!extremum && !is_builtin(call, "abs")) return false;
    for (const model::Expr& argument : call.arguments)
      if (!is_linear(argument)) return false;
    if (extremum)
      add_difference(call.arguments[0], call.arguments[1]);
    else
      add_root([&] { return number(call.arguments[0]); });
    return true;
  }

  [[nodiscard]] bool is_linear(const model::Binary& binary) {
    const bool left = mentions(*binary.left, variable_.symbol);
    const bool right = mentions(*binary.right, variable_.symbol);
    switch (binary.op) {
      case BinaryOp::Add:
      case BinaryOp::Subtract:
        return is_linear(*binary.left) && is_linear(*binary.right);
      case BinaryOp::Multiply:
        return !(left && right) && is_linear(left ? *binary.left : *binary.right);
      case BinaryOp::Divide:
        return !right && is_linear(*binary.left);
      default:
        return false;
    }
  }

  void add_crossing(const model::Expr& left, const model::Expr& right) {
    if (!is_known(left) || !is_known(right)) return;  // decides nothing: see chosen_vanishes
    if (!is_linear(left) || !is_linear(right))
      return refuse(left.span, "it compares something that is not linear in the time difference");
    add_difference(left, right);
  }

  void add_difference(const model::Expr& left, const model::Expr& right) {
    if (left.type.kind == model::Kind::Steps || right.type.kind == model::Kind::Steps)
      add_root([&] {
        return static_cast<double>(evaluate_steps(left, frame_) - evaluate_steps(right, frame_));
      });
    else
      add_root([&] { return number(left) - number(right); });
  }

  // The root of a function that is linear beyond the break points found so far.
  template <typename Function>
  void add_root(Function difference) {
    const double start = beyond();
    set(start);
    const double first = difference();
    set(start + kBaseline);
    const double slope = (difference() - first) / kBaseline;
    if (slope == 0.0) return;
    const double root = start - first / slope;
    if (!(root <= kLongestSupport))
      return refuse({}, "it lasts for more than 10^9 steps, which is the limit");
    last_break_ = std::max(last_break_, root);
  }

  [[nodiscard]] bool vanishes(const model::Binary& binary) {
    switch (binary.op) {
      case BinaryOp::Multiply:
        return vanishes(*binary.left) || vanishes(*binary.right);
      case BinaryOp::Divide:
        return vanishes(*binary.left);
      case BinaryOp::Add:
      case BinaryOp::Subtract:
        return vanishes(*binary.left) && vanishes(*binary.right);
      default:
        return false;
    }
  }

  [[nodiscard]] bool extremum_vanishes(const model::Call& call) {
    if (!is_known(call.arguments[0]) || !is_known(call.arguments[1]))
      return vanishes(call.arguments[0]) && vanishes(call.arguments[1]);
    const bool first_is_less = number(call.arguments[0]) < number(call.arguments[1]);
    const bool takes_first = is_builtin(call, "min") == first_is_less;
    return vanishes(call.arguments[takes_first ? 0 : 1]);
  }

  WindowVariable variable_;
  std::span<Slot> slots_;
  const Frame& frame_;
  double last_break_ = 0.0;
  std::optional<NoWindow> refusal_;
};

template <typename Window>
std::variant<std::int64_t, NoWindow> find(const Window& window, source::Span span,
                                          SupportFinder finder) {
  finder.add_break_points(window);
  if (finder.refusal()) {
    NoWindow refusal = *finder.refusal();
    if (refusal.span == source::Span{}) refusal.span = span;
    return refusal;
  }
  finder.place_beyond_break_points();
  if (!finder.vanishes(window)) return NoWindow{span, "it does not become 0 at any time"};
  return finder.last_step();
}

template <typename Window>
bool stays_zero(std::int64_t last, const Window& window, WindowVariable variable,
                std::span<Slot> slots, const Frame& frame) {
  SupportFinder finder(variable, slots, frame);
  for (std::int64_t s = 0; s <= last; ++s) {
    slots[variable.symbol.value].steps = s * variable.direction;
    if (!finder.vanishes(window)) return false;
  }
  return true;
}

}  // namespace

std::variant<std::int64_t, NoWindow> find_support(const model::Expr& window,
                                                  WindowVariable variable, std::span<Slot> slots,
                                                  const Frame& frame) {
  return find(window, window.span, SupportFinder(variable, slots, frame));
}

bool is_zero_up_to(std::int64_t last, const model::Expr& psp, WindowVariable variable,
                   std::span<Slot> slots, const Frame& frame) {
  return stays_zero(last, psp, variable, slots, frame);
}

bool is_zero_up_to(std::int64_t last, const model::HandlerBody& body, WindowVariable variable,
                   std::span<Slot> slots, const Frame& frame) {
  return stays_zero(last, body, variable, slots, frame);
}

std::variant<std::int64_t, NoWindow> find_support(const model::HandlerBody& body,
                                                  WindowVariable variable, std::span<Slot> slots,
                                                  const Frame& frame) {
  const source::Span span = body.empty() ? source::Span{} : body.front().span;
  return find(body, span, SupportFinder(variable, slots, frame));
}

}  // namespace bouton::elaborate
