#include "compiler/elaborate/rule_windows.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/support.h"

namespace bouton::elaborate {

namespace {

std::size_t elements_of(const RuleInstance& instance) {
  std::size_t elements = 1;
  for (const ParameterValue& parameter : instance.parameters)
    if (const auto* tensor = std::get_if<runtime::Tensor>(&parameter.value))
      elements = std::max(elements, tensor->size());
  return elements;
}

// The rule's scope with the parameters of one synapse after the other.
class RuleValues {
 public:
  RuleValues(const Network& network, const RuleInstance& instance)
      : instance_(instance),
        rule_(network.program->rules[instance.rule]),
        slots_(rule_.scope.all().size()),
        functions_(functions_of(instance.parameters, slots_.size())),
        frame_(frame_of(network, problem_)) {
    frame_.now = slots_.data();
    frame_.functions = functions_;
  }
  RuleValues(const RuleValues&) = delete;
  RuleValues& operator=(const RuleValues&) = delete;

  [[nodiscard]] const model::Rule& rule() const { return rule_; }
  [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }
  [[nodiscard]] const Frame& frame() const { return frame_; }

  void choose(std::size_t element) {
    fill_parameter_slots(instance_.parameters, element, slots_);
    if (rule_.timestep.valid()) slots_[rule_.timestep.value].real = frame_.timestep;
  }

  [[nodiscard]] std::variant<std::int64_t, NoWindow> support(const model::OnPair& handler,
                                                             int direction) {
    auto found =
        find_support(handler.body, {rule_.scope, handler.pair_time, direction}, slots_, frame_);
    if (!problem_) return found;
    return NoWindow{problem_->span, problem_->message};
  }

  // Whether the handler changes nothing at any dt of this sign, nor at 0.
  [[nodiscard]] bool is_idle(const model::OnPair& handler, int direction) {
    const auto longest = support(handler, direction);
    const auto* last = std::get_if<std::int64_t>(&longest);
    return last != nullptr &&
           is_zero_up_to(*last, handler.body, {rule_.scope, handler.pair_time, direction}, slots_,
                         frame_) &&
           !problem_;
  }

 private:
  const RuleInstance& instance_;
  const model::Rule& rule_;
  std::vector<Slot> slots_;
  std::vector<std::optional<FunctionValue>> functions_;
  std::optional<Problem> problem_;
  Frame frame_;
};

void check_window(const RuleInstance& instance, const model::OnPair& handler, Builder& builder) {
  if (handler.pairing.kind != model::Pairing::Kind::All) return;
  const model::Rule& rule = builder.program.rules[instance.rule];
  const auto window = decompose_window(rule, handler, builder.network.arithmetic());
  if (std::holds_alternative<PairWindow>(window)) return;
  const auto support = find_longest_support(builder.network, instance, handler);
  const auto* endless = std::get_if<NoWindow>(&support);
  if (endless == nullptr) return;
  builder.diagnostics.report(diagnostics::Kind::NoBoundedSupport, endless->span, {endless->reason})
      .hint(
          "end it with a comparison such as `abs(dt) < 5*tau`, write it as a sum of exponentials, "
          "or choose `nearest`");
}

// A time that is negative at every synapse: nobody means that, where a window of 0, or one that is
// assigned later, may switch a handler off.
bool has_negative_time(const model::Rule& rule, const RuleInstance& instance) {
  return std::ranges::any_of(instance.parameters, [&](const ParameterValue& parameter) {
    const auto* tensor = std::get_if<runtime::Tensor>(&parameter.value);
    return tensor != nullptr && rule.scope[parameter.symbol].type.dimension == units::kTime &&
           std::ranges::all_of(tensor->data(), [](double value) { return value < 0; });
  });
}

// Such as `abs(dt) < window` with a window of -20 ms, at every synapse.
void check_acts(const RuleInstance& instance, const model::RuleItem& item, Builder& builder) {
  const auto& handler = std::get<model::OnPair>(item.node);
  RuleValues values(builder.network, instance);
  if (!has_negative_time(values.rule(), instance)) return;
  for (std::size_t element = 0; element < elements_of(instance); ++element)
    for (const int direction : {1, -1}) {
      values.choose(element);
      if (!values.is_idle(handler, direction)) return;
    }
  builder.diagnostics
      .report(diagnostics::Kind::WindowNeverActs, handler.body.front().span,
              {values.rule().scope[handler.pair_time].name, values.rule().name})
      .other(instance.span, "with the values given here")
      .hint("no pair of spikes meets its conditions: a window is a positive time, such as `20 ms`");
}

bool reads_partners(const model::Expr& expr) {
  bool found = false;
  walk(expr, [&](const model::Expr& part) {
    found = found || std::holds_alternative<model::PartnerField>(part.node);
  });
  return found;
}

void check_bound(const RuleInstance& instance, const model::Bound& bound, Builder& builder) {
  if (reads_partners(bound.low) || reads_partners(bound.high)) return;
  RuleValues values(builder.network, instance);
  for (std::size_t element = 0; element < elements_of(instance); ++element) {
    values.choose(element);
    const double low = evaluate_real(bound.low, values.frame());
    const double high = evaluate_real(bound.high, values.frame());
    if (values.problem() || low <= high) continue;
    builder.report(
        {bound.low.span,
         fmt::format("no weight is within these bounds: {:.6g} is above {:.6g}", low, high),
         "the lower bound stands first"});
    return;
  }
}

}  // namespace

std::variant<std::int64_t, NoWindow> find_longest_support(const Network& network,
                                                          const RuleInstance& instance,
                                                          const model::OnPair& handler) {
  RuleValues values(network, instance);
  std::int64_t longest = 0;
  for (std::size_t element = 0; element < elements_of(instance); ++element)
    for (const int direction : {1, -1}) {
      values.choose(element);
      const auto support = values.support(handler, direction);
      if (std::holds_alternative<NoWindow>(support)) return support;
      longest = std::max(longest, std::get<std::int64_t>(support));
    }
  return longest;
}

void check_rule_values(const RuleInstance& instance, Builder& builder) {
  if (builder.failed()) return;
  const model::Rule& rule = builder.program.rules[instance.rule];
  for (const model::RuleItem& item : rule.items)
    if (const auto* pair = std::get_if<model::OnPair>(&item.node)) {
      check_window(instance, *pair, builder);
      if (!pair->body.empty()) check_acts(instance, item, builder);
    }
  if (rule.bound) check_bound(instance, *rule.bound, builder);
}

}  // namespace bouton::elaborate
