// Populations and projections: how their equations are solved, the form of inputs, what is stored.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/base/text_table.h"
#include "compiler/explain/cost_table.h"
#include "compiler/explain/sections.h"
#include "compiler/explain/storage.h"
#include "compiler/explain/words.h"
#include "compiler/explain/work.h"

namespace bouton::explain {

namespace {

using Align = TextTable::Align;

// What the items of that name compute, rules left out; nothing twice.
std::string print_origins(const Subject& subject, const std::string& owner) {
  TextTable table({Align::Left, Align::Left, Align::Left});
  const plan::Schedule* schedule = schedule_of(subject, {});
  if (schedule == nullptr) return "";
  for (const plan::Stage& stage : schedule->stages)
    for (const plan::Item& item : stage.items) {
      if (stage.kind == plan::Stage::Kind::Observe || owner_of(subject, item) != owner) continue;
      if (const plan::Kernel* kernel = kernel_of(subject.plan, item))
        for (const plan::Origin& origin : kernel->origins) add_origin(table, subject, origin);
    }
  return table.print(2);
}

std::string print_storage(const Subject& subject, const plan::Owner& owner) {
  const TextTable table = storage_of(subject, owner);
  return table.empty() ? "" : "  storage\n" + table.print(4);
}

std::string print_connectivity(const Subject& subject, const plan::Link& link) {
  return match(
      link.storage,
      [&](const plan::DenseStorage& dense) {
        return fmt::format("dense, {} post x {} pre{}", length_of(subject.plan, dense.post),
                           length_of(subject.plan, dense.pre),
                           dense.no_self ? "; the diagonal is never used" : "");
      },
      [&](const plan::SparseStorage& sparse) {
        return fmt::format("a list of {} synapses, sorted by post and pre neuron",
                           length_of(subject.plan, sparse.synapse));
      },
      [&](const plan::OneToOneStorage& same) {
        return fmt::format("one synapse for each of {} neurons",
                           length_of(subject.plan, same.neuron));
      });
}

std::string print_delays(const elaborate::Delays& delays) {
  std::vector<std::string> parts;
  if (delays.axonal != 0) parts.push_back("axonal " + count(delays.axonal, "step"));
  if (delays.dendritic != 0) parts.push_back("dendritic " + count(delays.dendritic, "step"));
  if (delays.backprop != 0) parts.push_back("backprop " + count(delays.backprop, "step"));
  return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string print_psp(const Subject& subject, const elaborate::SynapseInstance& instance) {
  const model::Synapse& synapse = subject.network.program->synapses[instance.synapse];
  if (!instance.psp) return synapse.name + ", states that jump when a spike arrives";
  const bool renewing = synapse.psp->overlap == model::Psp::Overlap::Renewing;
  std::string text = fmt::format("{}, {}, ", synapse.name, renewing ? "renewing" : "additive");
  if (const auto& level = instance.psp->level)
    return text + fmt::format("{} from step {} to step {} after a spike, 0 elsewhere", level->value,
                              level->first, level->last);
  return text + fmt::format("several heights, 0 beyond step {} after a spike",
                            static_cast<std::int64_t>(instance.psp->samples.size()) - 1);
}

std::string print_endpoints(const Subject& subject, const elaborate::Projection& projection) {
  const auto& populations = subject.network.populations;
  const elaborate::Population& post = populations[projection.post.population];
  std::string text = short_name(subject, populations[projection.pre.population].name);
  if (projection.pre_variable)
    text += "." + subject.network.neuron_of(populations[projection.pre.population])
                      .scope[*projection.pre_variable]
                      .name;
  return text + " -> " + short_name(subject, post.name) + "." +
         subject.network.neuron_of(post).scope[projection.input].name;
}

std::string print_tie(const Subject& subject, const elaborate::Tie& tie) {
  const std::string of = short_name(subject, subject.network.projections[tie.to].name) + ".w";
  return fmt::format("a view of {}{}, scale {}: nothing is stored", of,
                     tie.transposed ? " transposed" : "", tie.scale);
}

// Which other populations its neurons share vectors with.
std::string print_pack(const Subject& subject, plan::PopulationId id) {
  for (const plan::Pack& pack : subject.plan.packs) {
    if (std::ranges::find(pack.populations, id) == pack.populations.end()) continue;
    std::vector<std::string> others;
    for (const plan::PopulationId other : pack.populations)
      if (other != id) others.push_back(short_name(subject, subject.plan.populations[other].name));
    return fmt::format("  packed with {}: in a run alone one vector holds the neurons of all\n",
                       fmt::join(others, ", "));
  }
  return "";
}

}  // namespace

std::string print_population(const Subject& subject, plan::PopulationId id) {
  const plan::Population& population = subject.plan.populations[id];
  const std::string name = short_name(subject, population.name);
  std::string text = fmt::format("population {}: {}", name,
                                 count(length_of(subject.plan, population.axis), "neuron"));
  if (const elaborate::Population* source = source_of(subject, id)) {
    const model::Neuron& neuron = subject.network.neuron_of(*source);
    text += fmt::format(", {}  (at {}, declared at {})", neuron.name,
                        place_of(subject, source->span), place_of(subject, neuron.span));
  }
  return text + "\n" + print_pack(subject, id) + print_origins(subject, name) +
         print_storage(subject, id);
}

std::string print_projection(const Subject& subject, plan::LinkId id) {
  const plan::Link& link = subject.plan.links[id];
  const std::string name = short_name(subject, link.name);
  const elaborate::Projection* source = source_of(subject, id);
  TextTable table({Align::Left, Align::Left});
  table.add({"synapses", print_connectivity(subject, link)});
  std::string heading = "projection " + name;
  if (source != nullptr) {
    heading += fmt::format(": {}  (at {})", print_endpoints(subject, *source),
                           place_of(subject, source->span));
    if (source->synapse) table.add({"via", print_psp(subject, *source->synapse)});
    table.add({"delays", print_delays(source->delays)});
    if (source->tie) table.add({"weights", print_tie(subject, *source->tie)});
  }
  return heading + "\n" + table.print(2) + print_origins(subject, name) +
         print_storage(subject, id);
}

}  // namespace bouton::explain
