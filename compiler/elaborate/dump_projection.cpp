#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/dump_parts.h"

namespace bouton::elaborate {

namespace {

const model::Scope& scope_of(const PopulationPart& part, const Network& network) {
  return network.neuron_of(network.populations[part.population]).scope;
}

std::string dump_part(const PopulationPart& part, const Network& network) {
  const Population& population = network.populations[part.population];
  if (part.first == 0 && part.count == population.size) return population.name;
  return fmt::format("{}[{} .. {}]", population.name, part.first, part.first + part.count - 1);
}

std::string dump_connectivity(const Connectivity& connectivity) {
  return match(
      connectivity,
      [](const DenseConnectivity& dense) -> std::string {
        return dense.no_self ? "connect all, no self" : "connect all";
      },
      [](const OneToOneConnectivity&) -> std::string { return "connect one to one"; },
      [](const SparseConnectivity& sparse) {
        return fmt::format("connect {} synapses: pre {}, post {}", sparse.pre.size(),
                           dump_array(sparse.pre), dump_array(sparse.post));
      });
}

void dump_psp(const PspShape& psp, model::Outline& outline) {
  outline.line("psp " + dump_array(psp.samples));
  if (!psp.level) return;
  const bool somewhere = psp.level->first <= psp.level->last;
  outline.line(somewhere ? fmt::format("psp is {} at steps {} .. {}", psp.level->value,
                                       psp.level->first, psp.level->last)
                         : "psp is 0 everywhere");
}

void dump_synapse(const SynapseInstance& instance, const Network& network,
                  model::Outline& outline) {
  const model::Synapse& synapse = network.program->synapses[instance.synapse];
  outline.line("via " + synapse.name);
  outline.nested([&] {
    dump_parameters(instance.parameters, synapse.scope, *network.program, outline);
    if (instance.psp) dump_psp(*instance.psp, outline);
  });
}

std::string dump_partner(const PartnerBinding& partner, const Projection& projection,
                         const Network& network) {
  switch (partner.side) {
    case model::Side::Pre:
      return "pre." + partner.field + " is " + dump_part(projection.pre, network) + "." +
             scope_of(projection.pre, network)[partner.symbol].name;
    case model::Side::Post:
      return "post." + partner.field + " is " + dump_part(projection.post, network) + "." +
             scope_of(projection.post, network)[partner.symbol].name;
  }
  BOUTON_UNREACHABLE("side of a synapse");
}

void dump_rule(const RuleInstance& instance, const Projection& projection, const Network& network,
               model::Outline& outline) {
  const model::Rule& rule = network.program->rules[instance.rule];
  outline.line("learning " + instance.name + " = " + rule.name);
  outline.nested([&] {
    dump_parameters(instance.parameters, rule.scope, *network.program, outline);
    for (const PartnerBinding& partner : instance.partners)
      outline.line(dump_partner(partner, projection, network));
  });
}

std::string dump_sign(model::Sign sign) {
  switch (sign) {
    case model::Sign::Excitatory:
      return "sign excitatory";
    case model::Sign::Inhibitory:
      return "sign inhibitory";
  }
  BOUTON_UNREACHABLE("sign of a synapse");
}

std::string dump_tie(const Tie& tie, const Network& network) {
  const std::string& name = network.projections[tie.to].name;
  return fmt::format("weights tied to {} * {}", tie.scale,
                     tie.transposed ? "transpose(" + name + ")" : name);
}

std::string dump_ends(const Projection& projection, const Network& network) {
  const std::string variable =
      projection.pre_variable
          ? "." + scope_of(projection.pre, network)[*projection.pre_variable].name
          : "";
  return dump_part(projection.pre, network) + variable + " -> " +
         dump_part(projection.post, network) + "." +
         scope_of(projection.post, network)[projection.input].name;
}

}  // namespace

void dump_projection(const Projection& projection, const Network& network,
                     model::Outline& outline) {
  outline.line("projection " + projection.name + ": " + dump_ends(projection, network));
  outline.nested([&] {
    outline.line(dump_connectivity(projection.connectivity));
    outline.line(fmt::format("weight {}", projection.initial_weight));
    if (projection.tie) outline.line(dump_tie(*projection.tie, network));
    const Delays& delays = projection.delays;
    outline.line(fmt::format("delays in steps: axonal {}, dendritic {}, backprop {}", delays.axonal,
                             delays.dendritic, delays.backprop));
    if (projection.sign) outline.line(dump_sign(*projection.sign));
    if (projection.synapse) dump_synapse(*projection.synapse, network, outline);
    for (const RuleInstance& rule : projection.rules) dump_rule(rule, projection, network, outline);
  });
}

}  // namespace bouton::elaborate
