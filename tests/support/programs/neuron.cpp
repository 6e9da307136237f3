#include <fmt/format.h>

#include <array>

#include "tests/support/programs/component.h"
#include "tests/support/programs/expression.h"
#include "tests/support/programs/statements.h"

namespace bouton::fuzz {

namespace {

struct Builder {
  Setting setting;
  Neuron neuron;
  Scope scope;
  std::vector<std::string> items;
  std::vector<Atom> targets;
  int locals = 0;
  bool euler = false;

  [[nodiscard]] Random& random() const { return *setting.random; }
  [[nodiscard]] Handler handler() { return {scope, targets, &locals}; }
};

using Write = void(Builder&);

const char* type_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::None:
      return "";
    case Dimension::Time:
      return ": time";
    case Dimension::Voltage:
      return ": voltage";
    case Dimension::Frequency:
      return ": frequency";
  }
  return "";
}

Dimension any_dimension(Builder& builder) {
  return builder.random().one_in(3) ? Dimension::Voltage : Dimension::None;
}

void add_input(Builder& builder, bool prompt) {
  const Input input{fmt::format("in{}", builder.neuron.inputs.size()), any_dimension(builder),
                    prompt};
  builder.items.push_back("input " + input.name + type_of(input.dimension));
  if (!prompt) builder.scope.atoms.push_back({input.name, input.dimension});
  builder.scope.atoms.push_back({fmt::format("prev({})", input.name), input.dimension});
  builder.neuron.inputs.push_back(input);
}

// What `prev` can begin with.
std::string plain_number(Builder& builder, Dimension dimension) {
  const std::string literal = write_literal(dimension, builder.random());
  return literal == "0" ? "0.5" : literal;
}

// A parameter or another state: `prev` of such a state is not compiled.
std::string computed_initial(Builder& builder, Dimension dimension) {
  const std::string parameter = use_parameter(builder.scope, dimension);
  for (const Field& other : builder.neuron.states)
    if (other.dimension == dimension && builder.random().one_in(2))
      return fmt::format("2 * {} - {}", other.name, parameter);
  return parameter;
}

void add_state(Builder& builder) {
  const auto dimension = any_dimension(builder);
  const Field state{fmt::format("x{}", builder.neuron.states.size()), dimension,
                    !builder.random().one_in(3)};
  const std::string initial =
      state.has_previous ? plain_number(builder, dimension) : computed_initial(builder, dimension);
  builder.items.push_back(fmt::format("state {}{} = {}", state.name, type_of(dimension), initial));
  builder.scope.atoms.push_back({state.name, dimension});
  if (state.has_previous) builder.scope.atoms.push_back({"prev(" + state.name + ")", dimension});
  builder.targets.push_back({state.name, dimension});
  builder.neuron.states.push_back(state);
}

void add_algebraic(Builder& builder) {
  const auto dimension = any_dimension(builder);
  Field field{fmt::format("y{}", builder.neuron.algebraics.size()), dimension,
              builder.random().one_in(2)};
  std::string value = write_number(builder.scope, dimension, 3);
  if (field.has_previous && builder.random().one_in(2))
    value = fmt::format("0.75 * prev({}) + 0.25 * {}", field.name, value);
  std::string item = fmt::format("{} = {}", field.name, value);
  if (field.has_previous) item += ", initially " + plain_number(builder, dimension);
  builder.items.push_back(item);
  builder.scope.atoms.push_back({field.name, dimension});
  if (field.has_previous)
    builder.scope.atoms.push_back({fmt::format("prev({})", field.name), dimension});
  builder.neuron.algebraics.push_back(field);
}

void add_truth(Builder& builder) {
  const std::string name = fmt::format("b{}", builder.neuron.truths.size());
  builder.items.push_back(fmt::format("{} = {}", name, write_condition(builder.scope, 2)));
  builder.scope.truths.push_back(name);
  builder.neuron.truths.push_back(name);
}

std::string with_probability(Builder& builder) {
  switch (builder.random().below(3)) {
    case 0:
      return "spike with probability logistic(" + write_number(builder.scope, Dimension::None, 2) +
             " - 1)";
    case 1:
      return "spike with probability " + builder.random().word({"0.5", "0.1", "0.3", "1/4"}) +
             " + 0.25 * " + "logistic(" + write_number(builder.scope, Dimension::None, 1) + ")";
    default:
      return "spike with probability 0.9 * abs(" + write_bounded(builder.scope, 2) + ")";
  }
}

std::string at_rate(Builder& builder) {
  switch (builder.random().below(3)) {
    case 0:
      return "spike at rate softplus(" + write_number(builder.scope, Dimension::None, 2) +
             ") / timestep";
    case 1:
      return fmt::format("spike at rate max({}, 0 Hz)",
                         write_number(builder.scope, Dimension::Frequency, 2));
    default:
      return fmt::format("spike at rate {} * (1.1 + {})",
                         write_literal(Dimension::Frequency, builder.random()),
                         write_bounded(builder.scope, 2));
  }
}

std::string when(Builder& builder) { return "spike when " + write_condition(builder.scope, 2); }

using WriteSpike = std::string(Builder&);
constexpr std::array<Way<WriteSpike>, 3> kSpikes = {
    {{3, with_probability}, {3, at_rate}, {1, when}}};

void add_spike(Builder& builder) {
  std::string spike = choose(kSpikes, builder.random())(builder);
  builder.scope.truths.emplace_back("spiked");
  builder.scope.atoms.push_back({"spike_probability", Dimension::None});
  if (!builder.targets.empty() && builder.random().one_in(2))
    spike += " {\n" + write_statements(builder.handler(), builder.random().between(1, 3), 2) + "}";
  builder.items.push_back(spike);
}

void add_refractory(Builder& builder) {
  std::string item = "refractory " + use_duration(builder.scope, 6);
  if (!builder.neuron.states.empty() && builder.random().one_in(2)) {
    item += " holding " + builder.neuron.states.front().name;
    if (builder.neuron.states.size() > 1 && builder.random().one_in(2))
      item += ", " + builder.neuron.states.back().name;
  }
  builder.items.push_back(item);
}

void add_on_step(Builder& builder) {
  if (builder.targets.empty()) return;
  builder.items.push_back(
      "on step {\n" + write_statements(builder.handler(), builder.random().between(1, 3), 2) + "}");
}

std::string slope(Builder& builder, const Field& state) {
  if (!builder.euler || builder.random().one_in(3))
    return fmt::format("-{}/{}", state.name, use_duration(builder.scope, 20));
  return fmt::format("({} - {}) / ({})", write_number(builder.scope, state.dimension, 2),
                     state.name,
                     write_duration(builder.random().between(8, 40), builder.setting.step_us));
}

constexpr std::array<Way<Write>, 4> kMore = {
    {{4, add_algebraic}, {2, add_truth}, {2, add_on_step}, {1, add_refractory}}};

void add_equations(Builder& builder) {
  builder.euler = builder.random().one_in(2);
  bool any = false;
  for (const Field& state : builder.neuron.states) {
    if (builder.random().one_in(3)) continue;
    builder.items.push_back(fmt::format("{}' = {}", state.name, slope(builder, state)));
    any = true;
  }
  if (builder.euler && any) builder.items.emplace_back("solve with euler");
}

// Items may stand in any order.
void shuffle(std::vector<std::string>& items, Random& random) {
  for (std::size_t i = items.size(); i > 1; --i)
    std::swap(items[i - 1], items[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
}

}  // namespace

Neuron make_neuron(const Setting& setting, std::string name) {
  Builder builder{setting, {}, {}, {}, {}, 0, false};
  builder.neuron.name = std::move(name);
  builder.scope = {setting.random,       setting.step_us,   {},     {"prev(spiked)"},
                   {"t", "since_spike"}, setting.functions, nullptr};
  builder.scope.parameters = &builder.neuron.parameters;
  Random& random = *setting.random;
  add_input(builder, false);
  if (random.one_in(3)) add_input(builder, true);
  for (int count = random.between(0, 3); count > 0; --count) add_state(builder);
  for (int count = random.between(0, 3); count > 0; --count) add_algebraic(builder);
  if (random.one_in(3)) add_truth(builder);
  add_spike(builder);
  if (random.one_in(2)) add_refractory(builder);
  bool refractory = builder.items.back().starts_with("refractory");
  for (int count = random.between(0, 3); count > 0; --count) {
    Write* write = choose(kMore, random);
    if (write == add_refractory && refractory) continue;
    refractory = refractory || write == add_refractory;
    write(builder);
  }
  add_equations(builder);
  shuffle(builder.items, random);
  std::string body;
  for (const std::string& item : builder.items) body += item + "\n";
  builder.neuron.text = fmt::format("neuron {}{} {{\n{}}}\n", builder.neuron.name,
                                    write_parameters(builder.neuron.parameters), body);
  return builder.neuron;
}

}  // namespace bouton::fuzz
