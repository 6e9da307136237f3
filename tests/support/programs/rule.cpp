#include <fmt/format.h>

#include <array>

#include "tests/support/programs/component.h"
#include "tests/support/programs/expression.h"
#include "tests/support/programs/statements.h"
#include "tests/support/programs/window.h"

namespace bouton::fuzz {

namespace {

struct Builder {
  Setting setting;
  RulePlace place;
  Rule rule;
  Scope scope;
  std::vector<std::string> items;
  int locals = 0;
  int traces = 0;
  bool has_equation = false;  // `w' = …`

  [[nodiscard]] Random& random() const { return *setting.random; }
  [[nodiscard]] Handler handler() const {
    Handler handler{scope, {{"w", place.weight}, {"w", place.weight}}, nullptr};
    for (const std::string& state : rule.states) handler.targets.push_back({state});
    handler.targets.push_back(handler.targets.back());
    return handler;
  }
  [[nodiscard]] std::string statements(int count, int depth) {
    Handler what = handler();
    what.locals = &locals;
    return write_statements(what, count, depth);
  }
};

using Write = void(Builder&);

// What a rule reads of the neuron on one side.
void read_neuron(Scope& scope, const Neuron& neuron, const std::string& side) {
  const auto read = [&](const std::string& name, Dimension dimension, bool has_previous) {
    scope.atoms.push_back({side + "." + name, dimension});
    if (has_previous) scope.atoms.push_back({fmt::format("prev({}.{})", side, name), dimension});
  };
  for (const Field& state : neuron.states) read(state.name, state.dimension, state.has_previous);
  for (const Field& field : neuron.algebraics)
    read(field.name, field.dimension, field.has_previous);
  for (const Input& input : neuron.inputs) read(input.name, input.dimension, true);
  for (const Parameter& parameter : neuron.parameters)
    if (!parameter.whole_steps) read(parameter.name, parameter.dimension, false);
  read("spike_probability", Dimension::None, false);
  for (const std::string& truth : neuron.truths) scope.truths.push_back(side + "." + truth);
  scope.truths.push_back(side + ".spiked");
  scope.truths.push_back(fmt::format("prev({}.spiked)", side));
  scope.steps.push_back(side + ".since_spike");
}

void add_state(Builder& builder) {
  const std::string name = fmt::format("c{}", builder.rule.states.size());
  const std::string initial = builder.random().one_in(2)
                                  ? write_literal(Dimension::None, builder.random())
                                  : use_parameter(builder.scope, Dimension::None);
  builder.items.push_back(fmt::format("state {} = {}", name, initial));
  if (builder.random().one_in(3))
    builder.items.push_back(fmt::format("{0}' = {1}{0}/{2}", name,
                                        builder.random().word({"-", "0.5 * ", "-0.25 * "}),
                                        use_duration(builder.scope, 20)));
  builder.scope.atoms.push_back({name});
  builder.rule.states.push_back(name);
}

// `trace x` jumps by numbers, parameters and what it sees of its neurons, never by `w` or `t`.
void add_trace(Builder& builder) {
  const std::string name = fmt::format("x{}", builder.traces++);
  Handler handler{builder.scope, {{name}}, &builder.locals};
  std::erase_if(handler.scope.steps, [](const std::string& atom) { return atom == "t"; });
  std::erase_if(handler.scope.atoms, [](const Atom& atom) { return atom.text == "w"; });
  std::string body = fmt::format("{}' = -{}/{}\n", name, name, use_duration(builder.scope, 20));
  const int sides = builder.random().below(4);  // pre, post, both, or both with other jumps
  const auto jump = [&] {
    if (builder.random().one_in(2)) return fmt::format("{} += 1\n", name);
    handler.scope.parameters = builder.scope.parameters;
    return write_statements(handler, 1, builder.random().below(2));
  };
  if (sides != 1) body += "on pre {\n" + jump() + "}\n";
  if (sides != 0) body += "on post {\n" + jump() + "}\n";
  const std::string initial = builder.random().one_in(4) ? " = 0.5" : "";
  builder.items.push_back(fmt::format("trace {}{} {{\n{}}}", name, initial, body));
  builder.scope.atoms.push_back({name});
}

void add_on_spike(Builder& builder) {
  builder.items.push_back(fmt::format("on {} {{\n{}}}", builder.random().word({"pre", "post"}),
                                      builder.statements(builder.random().between(1, 3), 2)));
}

void add_on_step(Builder& builder) {
  builder.items.push_back("on step {\n" + builder.statements(builder.random().between(1, 2), 2) +
                          "}");
}

void add_weight_equation(Builder& builder) {
  if (builder.has_equation) return add_on_step(builder);
  builder.has_equation = true;
  if (builder.random().one_in(2))
    builder.items.push_back(fmt::format("w' = ({} - w) / (100 ms)",
                                        write_number(builder.scope, builder.place.weight, 2)));
  else
    builder.items.push_back(fmt::format("w' = {} * tanh({}) / (200 ms)",
                                        write_literal(builder.place.weight, builder.random()),
                                        write_number(builder.scope, Dimension::None, 2)));
}

std::string pairing(Builder& builder) {
  std::string text = builder.random().word({"nearest", "nearest 2", "nearest 3", "immediate"});
  if (builder.place.within_population && builder.random().one_in(3)) text += " in index order";
  return text;
}

// Any statements, evaluated for each pair.
void add_selected_pairs(Builder& builder) {
  Scope scope = builder.scope;
  scope.steps.emplace_back("dt");
  scope.steps.emplace_back("dt");
  std::swap(scope, builder.scope);
  const std::string body = builder.statements(builder.random().between(1, 3), 2);
  std::swap(scope, builder.scope);
  builder.items.push_back(fmt::format("on pair(dt) {} {{\n{}}}", pairing(builder), body));
}

// Under `all` a window that ends, or one that traces compute.
void add_all_pairs(Builder& builder) {
  const std::string target = builder.rule.states.empty() || builder.random().one_in(2)
                                 ? "w"
                                 : builder.random().pick(builder.rule.states);
  const Dimension dimension = target == "w" ? builder.place.weight : Dimension::None;
  const std::string body = builder.random().one_in(2)
                               ? write_ending_window(builder.scope, {target, dimension})
                               : write_decaying_window(builder.scope, {target, dimension});
  const bool ordered = builder.place.within_population && builder.random().one_in(4);
  builder.items.push_back(
      fmt::format("on pair(dt) all{} {{\n{}}}", ordered ? " in index order" : "", body));
}

constexpr std::array<Way<Write>, 5> kActions = {{{3, add_on_spike},
                                                 {1, add_on_step},
                                                 {1, add_weight_equation},
                                                 {3, add_selected_pairs},
                                                 {3, add_all_pairs}}};

void add_bound(Builder& builder) {
  const std::string unit = builder.place.weight == Dimension::Voltage ? " mV" : "";
  builder.items.push_back(fmt::format("bound w in [{}{}, {}{}]",
                                      builder.random().word({"-1", "-0.5", "0", "-2.5"}), unit,
                                      builder.random().word({"0.5", "1", "2.5"}), unit));
}

}  // namespace

Rule make_rule(const Setting& setting, std::string name, const RulePlace& place) {
  Builder builder{setting, place, {}, {}, {}, 0, 0, false};
  Random& random = *setting.random;
  builder.rule.name = std::move(name);
  builder.scope = {setting.random, setting.step_us,   {{"w", place.weight}},   {},
                   {"t"},          setting.functions, &builder.rule.parameters};
  read_neuron(builder.scope, *place.pre, "pre");
  read_neuron(builder.scope, *place.post, "post");
  for (int count = random.between(0, 2); count > 0; --count) add_state(builder);
  for (int count = random.between(0, 2); count > 0; --count) add_trace(builder);
  for (int count = random.between(1, 3); count > 0; --count) choose(kActions, random)(builder);
  if (random.one_in(3)) add_bound(builder);
  std::string body;
  for (const std::string& item : builder.items) body += item + "\n";
  builder.rule.text = fmt::format("rule {}{} {{\n{}}}\n", builder.rule.name,
                                  write_parameters(builder.rule.parameters), body);
  return builder.rule;
}

}  // namespace bouton::fuzz
