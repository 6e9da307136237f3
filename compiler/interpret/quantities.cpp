#include "compiler/interpret/quantities.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/elaborate/time_divisors.h"
#include "compiler/interpret/initial_values.h"

namespace bouton::interpret {

namespace {

using runtime::Tensor;
using runtime::Value;

const elaborate::Owner* find_owner(const model::Quantity& quantity, const NetworkState& state) {
  return elaborate::find_owner(*state.network, quantity);
}

Problem unknown(const model::Quantity& quantity, source::Span span, const NetworkState& state) {
  const auto key = elaborate::key_of(quantity.circuit, quantity.owner, quantity.family_indices);
  const std::string owner = key ? elaborate::spell(*key, *state.network) : "";
  if (find_owner(quantity, state) == nullptr)
    return problem_at(span, runtime::no_such_member(owner));
  return problem_at(span, runtime::not_of_member(owner, quantity.variable));
}

template <typename Projection>
auto* find_rule(const model::Quantity& quantity, Projection& projection) {
  using Rule = std::remove_reference_t<decltype(projection.rules.front())>;
  if (!quantity.rule) return static_cast<Rule*>(nullptr);
  const auto found = std::ranges::find_if(projection.rules, [&](const RuleState& rule) {
    return rule.instance->name == *quantity.rule;
  });
  return found == projection.rules.end() ? static_cast<Rule*>(nullptr) : &*found;
}

double shown(const Slot& slot, const model::Symbol& symbol) {
  return symbol.type.kind == model::Kind::Steps ? static_cast<double>(slot.steps) : slot.real;
}

bool is_state(const model::Neuron& neuron, model::SymbolId symbol) {
  return neuron.scope[symbol].kind == model::SymbolKind::State;
}

Outcome<Value> read_neurons(const model::Quantity& quantity, source::Span span, When when,
                            const PopulationState& population, const NetworkState& state) {
  const model::Neuron& neuron = *population.neuron;
  const auto symbol = neuron.scope.find(quantity.variable);
  if (!symbol) return unknown(quantity, span, state);
  const bool ahead =
      when == When::Observing && state.running[population.clock.value] && is_state(neuron, *symbol);
  const SlotTable& table = ahead ? population.next : population.now;
  Tensor values{runtime::Shape{population.size}};
  for (std::size_t i = 0; i < population.size; ++i)
    values[i] = shown(table.at(i, *symbol), neuron.scope[*symbol]);
  return Value(std::move(values));
}

Outcome<Value> read_rule(const model::Quantity& quantity, source::Span span,
                         const ProjectionState& projection, const NetworkState& state) {
  const RuleState* rule = find_rule(quantity, projection);
  const auto symbol = rule ? rule->rule->scope.find(quantity.variable) : std::nullopt;
  if (!symbol) return unknown(quantity, span, state);
  const model::SymbolKind kind = rule->rule->scope[*symbol].kind;
  if (kind == model::SymbolKind::Broadcast) return Value(rule->slots.at(0, *symbol).real);
  if (kind != model::SymbolKind::Parameter && kind != model::SymbolKind::State)
    return unknown(quantity, span, state);
  Tensor values{runtime::Shape{projection.posts, projection.pres}};
  for (std::size_t s = 0; s < values.size(); ++s)
    if (projection.exists[s]) values[s] = rule->slots.at(s, *symbol).real;
  return Value(std::move(values));
}

Outcome<Value> read_projection(const model::Quantity& quantity, source::Span span,
                               const ProjectionState& projection, const NetworkState& state) {
  if (quantity.rule) return read_rule(quantity, span, projection, state);
  if (quantity.variable == "w")
    return Value(Tensor({projection.posts, projection.pres}, projection.weights));
  if (quantity.variable == "synapses")
    return Value(static_cast<double>(elaborate::synapse_count(*projection.projection)));
  for (const elaborate::ParameterValue& parameter : projection.projection->synapse
                                                        ? projection.projection->synapse->parameters
                                                        : elaborate::ParameterValues{}) {
    const auto& synapse = state.network->program->synapses[projection.projection->synapse->synapse];
    if (synapse.scope[parameter.symbol].name == quantity.variable)
      return Value(std::get<Tensor>(parameter.value));
  }
  return unknown(quantity, span, state);
}

Tensor rounded(Tensor numbers, elaborate::RealArithmetic arithmetic) {
  for (double& number : numbers.data()) number = arithmetic.round(number);
  return numbers;
}

// Element i of a value of the owner's shape, or the same scalar for all; in the network's
// precision.
struct Elements {
  Tensor values;
  [[nodiscard]] double operator[](std::size_t i) const {
    return values[values.is_scalar() ? 0 : i];
  }
};

Outcome<Elements> elements_of(const Value& value, const runtime::Shape& shape, source::Span span,
                              const NetworkState& state) {
  if (const auto* truth = value.as<bool>()) return Elements{Tensor(*truth ? 1.0 : 0.0)};
  const auto* tensor = value.as<Tensor>();
  if (tensor != nullptr && (tensor->is_scalar() || tensor->shape() == shape))
    return Elements{rounded(*tensor, state.network->arithmetic())};
  return problem_at(span,
                    runtime::wrong_shape(runtime::describe(value), runtime::print_shape(shape)));
}

// Of a time constant, which has to stay one. `exists` says which elements there are: null for all.
std::optional<Problem> check_positive(const std::string& name, const Elements& elements,
                                      const runtime::Shape& shape, const std::vector<bool>* exists,
                                      source::Span span) {
  for (std::size_t i = 0; i < shape.elements(); ++i) {
    if (elements[i] > 0.0 || (exists != nullptr && !(*exists)[i])) continue;
    const std::string index = elements.values.is_scalar() ? "" : runtime::print_index(shape, i);
    return problem_at(span, runtime::time_constant_not_positive(name + index, elements[i]));
  }
  return std::nullopt;
}

std::optional<Problem> write_neurons(const model::Quantity& quantity, source::Span span,
                                     const Value& value, PopulationState& population,
                                     const NetworkState& state) {
  const auto symbol = population.neuron->scope.find(quantity.variable);
  if (!symbol) return unknown(quantity, span, state);
  const model::SymbolKind kind = population.neuron->scope[*symbol].kind;
  if (kind != model::SymbolKind::Parameter && kind != model::SymbolKind::State)
    return unknown(quantity, span, state);
  const runtime::Shape shape{population.size};
  const auto elements = elements_of(value, shape, span, state);
  if (!elements) return elements.problem();
  if (elaborate::time_constants_of(*population.neuron).contains(*symbol)) {
    const std::string name =
        runtime::short_name(population.population->name) + "." + quantity.variable;
    if (auto problem = check_positive(name, *elements, shape, nullptr, span)) return problem;
  }
  for (std::size_t i = 0; i < population.size; ++i)
    population.now.at(i, *symbol).real = population.before.at(i, *symbol).real = (*elements)[i];
  // Parameters have no past.
  if (kind == model::SymbolKind::Parameter)
    for (SlotTable& past : population.past)
      for (std::size_t i = 0; i < population.size; ++i) past.at(i, *symbol).real = (*elements)[i];
  if (kind == model::SymbolKind::State) population.assigned[symbol->value] = true;
  return std::nullopt;
}

std::optional<Problem> write_weights(source::Span span, const Value& value,
                                     ProjectionState& projection, NetworkState& state) {
  if (projection.projection->tie)
    return Problem{
        span, fmt::format("the weights of `{}` are tied to others", projection.projection->name),
        ""};
  const auto elements = elements_of(value, {projection.posts, projection.pres}, span, state);
  if (!elements) return elements.problem();
  for (std::size_t s = 0; s < projection.weights.size(); ++s)
    if (projection.exists[s]) projection.weights[s] = (*elements)[s];
  for (RuleState& rule : projection.rules)
    if (rule.reads_past && rule.rule->weight.valid())
      for (std::size_t s = 0; s < projection.weights.size(); ++s)
        rule.before.at(s, rule.rule->weight).real = projection.weights[s];
  update_views(state);
  return std::nullopt;
}

std::optional<Problem> write_broadcast(model::SymbolId symbol, source::Span span,
                                       const Value& value, RuleState& rule,
                                       const NetworkState& state) {
  const auto elements = elements_of(value, runtime::Shape{}, span, state);
  if (!elements) return elements.problem();
  for (std::size_t s = 0; s < rule.slots.elements(); ++s)
    rule.slots.at(s, symbol).real = (*elements)[0];
  return std::nullopt;
}

std::optional<Problem> write_rule(const model::Quantity& quantity, source::Span span,
                                  const Value& value, ProjectionState& projection,
                                  const NetworkState& state) {
  RuleState* rule = find_rule(quantity, projection);
  const auto symbol = rule ? rule->rule->scope.find(quantity.variable) : std::nullopt;
  if (!symbol) return unknown(quantity, span, state);
  const model::SymbolKind kind = rule->rule->scope[*symbol].kind;
  if (kind == model::SymbolKind::Broadcast)
    return write_broadcast(*symbol, span, value, *rule, state);
  if (kind != model::SymbolKind::Parameter && kind != model::SymbolKind::State)
    return unknown(quantity, span, state);
  const runtime::Shape shape{projection.posts, projection.pres};
  const auto elements = elements_of(value, shape, span, state);
  if (!elements) return elements.problem();
  if (elaborate::time_constants_of(*rule->rule).contains(*symbol)) {
    const std::string name = runtime::short_name(projection.projection->name) + "." +
                             *quantity.rule + "." + quantity.variable;
    if (auto problem = check_positive(name, *elements, shape, &projection.exists, span))
      return problem;
  }
  for (std::size_t s = 0; s < projection.exists.size(); ++s)
    if (projection.exists[s]) rule->slots.at(s, *symbol).real = (*elements)[s];
  if (rule->reads_past)
    for (std::size_t s = 0; s < projection.exists.size(); ++s)
      if (projection.exists[s]) rule->before.at(s, *symbol).real = (*elements)[s];
  if (kind == model::SymbolKind::State) rule->assigned[symbol->value] = true;
  return std::nullopt;
}

}  // namespace

Outcome<Value> read_quantity(const model::Quantity& quantity, source::Span span, When when,
                             const NetworkState& state) {
  const elaborate::Owner* owner = find_owner(quantity, state);
  if (owner == nullptr) return unknown(quantity, span, state);
  if (const auto* id = std::get_if<PopulationId>(owner))
    return read_neurons(quantity, span, when, state.populations[id->value], state);
  const auto id = std::get<ProjectionId>(*owner);
  return read_projection(quantity, span, state.projections[id.value], state);
}

std::optional<Problem> show_initial_value(const model::Quantity& quantity, NetworkState& state) {
  const elaborate::Owner* owner = find_owner(quantity, state);
  if (owner == nullptr) return std::nullopt;
  InitialValues values(state);
  if (const auto* id = std::get_if<PopulationId>(owner)) {
    PopulationState& population = state.population(*id);
    const auto symbol = population.neuron->scope.find(quantity.variable);
    if (symbol) values.begin(*symbol, population);
  } else {
    ProjectionState& projection = state.projection(std::get<ProjectionId>(*owner));
    RuleState* rule = find_rule(quantity, projection);
    const auto symbol = rule ? rule->rule->scope.find(quantity.variable) : std::nullopt;
    if (symbol) values.begin(*symbol, *rule, projection);
  }
  locate_problem(state);
  return state.problem;
}

std::optional<Problem> write_quantity(const model::Quantity& quantity, source::Span span,
                                      const Value& value, NetworkState& state) {
  const elaborate::Owner* owner = find_owner(quantity, state);
  if (owner == nullptr) return unknown(quantity, span, state);
  if (const auto* id = std::get_if<PopulationId>(owner))
    return write_neurons(quantity, span, value, state.population(*id), state);
  ProjectionState& projection = state.projection(std::get<ProjectionId>(*owner));
  if (quantity.rule) return write_rule(quantity, span, value, projection, state);
  if (quantity.variable == "w") return write_weights(span, value, projection, state);
  return unknown(quantity, span, state);
}

Outcome<model::Quantity> with_known_indices(const model::Quantity& quantity,
                                            elaborate::Environment& environment) {
  if (elaborate::key_of(quantity.circuit, quantity.owner, quantity.family_indices)) return quantity;
  model::Quantity known = quantity;
  for (model::Expr& index : known.family_indices) {
    const auto whole = elaborate::evaluate_whole(index, environment);
    if (!whole) return whole.problem();
    index.node = model::Number{static_cast<double>(*whole)};
  }
  return known;
}

std::optional<ProjectionId> find_projection(const model::Quantity& quantity,
                                            const NetworkState& state) {
  const elaborate::Owner* owner = find_owner(quantity, state);
  const auto* id = owner == nullptr ? nullptr : std::get_if<ProjectionId>(owner);
  return id == nullptr ? std::nullopt : std::optional(*id);
}

PopulationState* find_population(const model::Quantity& quantity, NetworkState& state) {
  const elaborate::Owner* owner = find_owner(quantity, state);
  const auto* id = owner == nullptr ? nullptr : std::get_if<PopulationId>(owner);
  return id == nullptr ? nullptr : &state.population(*id);
}

}  // namespace bouton::interpret
