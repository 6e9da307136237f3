#include "compiler/base/match.h"
#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

std::string dump_family(const std::vector<FamilyIndex>& family, const Place& place) {
  std::string text;
  for (const FamilyIndex& index : family) {
    const std::string name = index.symbol ? name_of(*index.symbol, place) + " in " : "";
    text += "[" + name + dump_expr(index.range, place) + "]";
  }
  return text;
}

// `of` is the scope of what is instantiated; the values stand in the place of the instance.
std::string dump_arguments(const std::vector<Argument>& arguments, const Scope& of,
                           const Place& place) {
  std::string text;
  for (const Argument& argument : arguments)
    text += (text.empty() ? "" : ", ") + of[argument.parameter].name + " = " +
            dump_expr(argument.value, place);
  return "(" + text + ")";
}

std::string dump_endpoint(const Endpoint& endpoint, const Place& place) {
  std::string text = owner_name(endpoint.circuit, endpoint.population, place) +
                     dump_indices(endpoint.family_indices, place);
  if (endpoint.part) text += "[neurons " + dump_expr(*endpoint.part, place) + "]";
  if (!endpoint.variable.empty()) text += "." + endpoint.variable;
  return text;
}

std::string dump_connect(const Connect& connect, const Place& place) {
  return match(
      connect, [](const ConnectAll&) -> std::string { return "connect all"; },
      [](const ConnectOneToOne&) -> std::string { return "connect one to one"; },
      [&](const ConnectProbability& node) {
        return "connect probability " + dump_expr(node.probability, place);
      },
      [&](const ConnectInDegree& node) {
        return "connect in_degree " + dump_expr(node.count, place);
      },
      [&](const ConnectList& node) { return "connect from " + dump_expr(node.pairs, place); });
}

std::string dump_weight_type(const ProjectionDecl& projection) {
  if (!projection.weight_dimension_known) return "w: depends on the piece of the family";
  return "w: " + describe(scalar(projection.weight_dimension));
}

void dump_learning(const Learning& learning, const Place& place, Outline& outline) {
  const Rule& rule = place.program.rules[learning.rule];
  outline.line("learning " + learning.name + " = " + rule.name +
               dump_arguments(learning.arguments, rule.scope, place));
}

void dump_optional(std::string_view word, const std::optional<Expr>& expr, const Place& place,
                   Outline& outline) {
  if (expr) outline.line(std::string(word) + " " + dump_expr(*expr, place));
}

void dump_clauses(const ProjectionDecl& projection, const Place& place, Outline& outline) {
  outline.line(dump_connect(projection.connect, place));
  if (projection.no_self) outline.line("no self");
  outline.line(dump_weight_type(projection));
  if (projection.via) {
    const Synapse& synapse = place.program.synapses[projection.via->synapse];
    outline.line("via " + synapse.name +
                 dump_arguments(projection.via->arguments, synapse.scope, place));
  }
  dump_optional("weight", projection.weight, place, outline);
  dump_optional("weights tied to", projection.tied_to, place, outline);
  for (const Learning& learning : projection.learning) dump_learning(learning, place, outline);
  dump_optional("axonal", projection.axonal, place, outline);
  dump_optional("dendritic", projection.dendritic, place, outline);
  dump_optional("backprop", projection.backprop, place, outline);
  if (projection.sign) outline.line("sign " + std::string(spelling_of(*projection.sign)));
}

}  // namespace

void dump_population(const PopulationDecl& population, const Place& place, Outline& outline) {
  const Neuron& neuron = place.program.neurons[population.neuron];
  outline.line("population " + name_of(population.symbol, place) +
               dump_family(population.family, place) + "[" + dump_expr(population.size, place) +
               "]: " + neuron.name + dump_arguments(population.arguments, neuron.scope, place));
}

void dump_projection(const ProjectionDecl& projection, const Place& place, Outline& outline) {
  outline.line("projection " + name_of(projection.symbol, place) +
               dump_family(projection.family, place) + ": " + dump_endpoint(projection.pre, place) +
               " -> " + dump_endpoint(projection.post, place));
  outline.nested([&] { dump_clauses(projection, place, outline); });
}

void dump_instance(const CircuitInstance& instance, const Place& place, Outline& outline) {
  const Circuit& circuit = place.program.circuits[instance.circuit];
  outline.line("circuit " + name_of(instance.symbol, place) + ": " + circuit.name +
               dump_arguments(instance.arguments, circuit.scope, place));
}

}  // namespace bouton::model
