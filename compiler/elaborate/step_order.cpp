#include "compiler/elaborate/step_order.h"

#include <algorithm>
#include <set>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/model/filters.h"

namespace bouton::elaborate {

namespace {

using What = StepItem::What;

class StepOrderer {
 public:
  explicit StepOrderer(Builder& builder) : builder_(builder), network_(builder.network) {}

  void order() {
    for (const PopulationId id : network_.populations.ids()) {
      const model::Neuron& neuron = neuron_of(id);
      for (const model::SymbolId input : neuron.inputs) visit({id, What::Input, input});
      for (const model::Algebraic& algebraic : neuron.algebraics)
        visit({id, What::Algebraic, algebraic.symbol});
      for (const model::Algebraic& algebraic : neuron.algebraics)
        if (model::state_filter(algebraic.value) != nullptr)
          visit({id, What::FilterInput, algebraic.symbol});
      if (neuron.spike) visit({id, What::SpikeTest, {}});
    }
  }

 private:
  [[nodiscard]] const model::Neuron& neuron_of(PopulationId id) const {
    return network_.neuron_of(network_.populations[id]);
  }

  void visit(const StepItem& item) {
    if (done_.contains(item)) return;
    if (std::ranges::find(path_, item) != path_.end()) return report_cycle(item);
    path_.push_back(item);
    for (const StepItem& needed : needs_of(item)) visit(needed);
    path_.pop_back();
    if (done_.insert(item).second) network_.step_order.push_back(item);
  }

  [[nodiscard]] std::vector<StepItem> needs_of(const StepItem& item) const {
    const model::Neuron& neuron = neuron_of(item.population);
    std::vector<StepItem> needs;
    if (item.what == What::Input) {
      add_sources(item, needs);
    } else if (item.what == What::SpikeTest) {
      add_needs(neuron.spike->value, item.population, needs);
    } else {
      const auto found =
          std::ranges::find(neuron.algebraics, item.symbol, &model::Algebraic::symbol);
      const model::Call* filter = model::state_filter(found->value);
      if (item.what == What::FilterInput)
        add_needs(filter->arguments.front(), item.population, needs);
      else if (filter == nullptr)
        add_needs(found->value, item.population, needs);
    }
    return needs;
  }

  void add_sources(const StepItem& item, std::vector<StepItem>& needs) const {
    for (const Projection& projection : network_.projections) {
      if (projection.post.population != item.population || projection.input != item.symbol)
        continue;
      if (projection.delays.axonal + projection.delays.dendritic > 0) continue;
      const PopulationId source = projection.pre.population;
      if (projection.pre_variable) add_need(*projection.pre_variable, source, needs);
      if (!projection.synapse || !projection.synapse->psp) continue;
      const auto& samples = projection.synapse->psp->samples;
      if (!samples.empty() && samples.front() != 0.0)
        needs.push_back({source, What::SpikeTest, {}});
    }
  }

  void add_needs(const model::Expr& expr, PopulationId population,
                 std::vector<StepItem>& needs) const {
    walk(expr, [&](const model::Expr& part) {
      if (const auto* ref = std::get_if<model::Ref>(&part.node))
        add_need(ref->symbol, population, needs);
      if (const auto* slope = std::get_if<model::Slope>(&part.node))
        add_slope(slope->symbol, population, needs);
    });
  }

  void add_need(model::SymbolId symbol, PopulationId population,
                std::vector<StepItem>& needs) const {
    switch (neuron_of(population).scope[symbol].kind) {
      case model::SymbolKind::Input:
        needs.push_back({population, What::Input, symbol});
        break;
      case model::SymbolKind::Algebraic:
        needs.push_back({population, What::Algebraic, symbol});
        break;
      case model::SymbolKind::Spiked:
      case model::SymbolKind::SpikeProbability:
        needs.push_back({population, What::SpikeTest, {}});
        break;
      default:
        break;
    }
  }

  void add_slope(model::SymbolId symbol, PopulationId population,
                 std::vector<StepItem>& needs) const {
    const model::Neuron& neuron = neuron_of(population);
    const auto state = std::ranges::find(neuron.states, symbol, &model::State::symbol);
    if (state == neuron.states.end()) return add_need(symbol, population, needs);
    if (state->derivative) add_needs(*state->derivative, population, needs);
  }

  [[nodiscard]] std::string name_of(const StepItem& item) const {
    const Population& population = network_.populations[item.population];
    if (item.what == What::SpikeTest) return "`" + population.name + ".spiked`";
    return "`" + population.name + "." + neuron_of(item.population).scope[item.symbol].name + "`";
  }

  [[nodiscard]] source::Span span_of(const StepItem& item) const {
    const model::Neuron& neuron = neuron_of(item.population);
    return item.what == What::SpikeTest ? neuron.spike->span : neuron.scope[item.symbol].span;
  }

  void report_cycle(const StepItem& item) {
    std::string chain;
    for (auto at = std::ranges::find(path_, item); at != path_.end(); ++at)
      chain += name_of(*at) + " reads ";
    builder_.diagnostics
        .report(diagnostics::Kind::CycleBetweenNeurons, span_of(item), {chain + name_of(item)})
        .hint("read `prev(…)` somewhere on the way, let psp(0) be 0, or give a delay");
    done_.insert(path_.begin(), path_.end());
  }

  Builder& builder_;
  Network& network_;
  std::vector<StepItem> path_;
  std::set<StepItem> done_;
};

}  // namespace

void order_step(Builder& builder) { StepOrderer(builder).order(); }

}  // namespace bouton::elaborate
