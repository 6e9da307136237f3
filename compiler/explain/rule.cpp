// A rule at one projection: its handlers and how they are computed, what it stores and reads, what
// a spike costs.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/base/text_table.h"
#include "compiler/explain/cost_table.h"
#include "compiler/explain/sections.h"
#include "compiler/explain/storage.h"
#include "compiler/explain/words.h"
#include "compiler/plan/query.h"

namespace bouton::explain {

namespace {

using Align = TextTable::Align;

class RulePrinter {
 public:
  RulePrinter(const Subject& subject, plan::RuleId id)
      : subject_(subject),
        id_(id),
        instance_(instance_of(subject, id)),
        link_(subject.plan.links[subject.plan.rules[id].link]) {
    if (const plan::Schedule* schedule = schedule_of(subject, id))
      for (const plan::Stage& stage : schedule->stages)
        for (const plan::Item& item : stage.items)
          if (rule_of(subject.plan, item) == id) items_.push_back(&item);
  }

  [[nodiscard]] std::string print() const {
    return print_heading() + print_items() + "  storage\n" + print_constants() +
           storage_of(subject_, id_).print(4) + print_histories() + print_reads() + print_cost();
  }

 private:
  [[nodiscard]] std::string print_heading() const {
    std::string text = "rule " + rule_name(subject_, id_);
    if (instance_ != nullptr) {
      const model::Rule& rule = subject_.network.program->rules[instance_->rule];
      text += fmt::format(": {}  (learns at {}, declared at {})", rule.name,
                          place_of(subject_, instance_->span), place_of(subject_, rule.span));
    }
    return text + "\n" + (items_.empty() ? "  no run lets it learn\n" : "");
  }

  [[nodiscard]] std::string print_items() const {
    TextTable table({Align::Left, Align::Left, Align::Left});
    for (const plan::Item* item : items_)
      if (const plan::Kernel* kernel = kernel_of(subject_.plan, *item))
        for (const plan::Origin& origin : kernel->origins) add_origin(table, subject_, origin);
    return table.print(2);
  }

  // Parameters that no column holds.
  [[nodiscard]] std::string print_constants() const {
    if (instance_ == nullptr) return "";
    const model::Rule& rule = subject_.network.program->rules[instance_->rule];
    TextTable table({Align::Left, Align::Left});
    for (const elaborate::ParameterValue& parameter : instance_->parameters) {
      const model::Symbol& symbol = rule.scope[parameter.symbol];
      const auto* value = std::get_if<runtime::Tensor>(&parameter.value);
      const std::string name = rule_name(subject_, id_) + "." + symbol.name;
      if (value != nullptr && !has_column(name))
        table.add({name, "a constant of the code, " + print_value(symbol, *value)});
    }
    return table.print(4);
  }
  [[nodiscard]] bool has_column(const std::string& name) const {
    return std::ranges::any_of(subject_.plan.columns, [&](const plan::Column& column) {
      return short_name(subject_, column.name) == name;
    });
  }

  // Of the populations, and shared by all rules at them.
  [[nodiscard]] std::string print_histories() const {
    std::set<plan::HistoryId> used;
    for (const plan::Item* item : items_)
      if (const auto* handler = std::get_if<plan::HandlerId>(&item->what))
        if (const auto& pairs = subject_.plan.handlers[*handler].pairs)
          used.insert({pairs->pre_history, pairs->post_history});
    TextTable table({Align::Left, Align::Left, Align::Left, Align::Right, Align::Left});
    for (const plan::HistoryId id : used) {
      const plan::Column& ring = subject_.plan.columns[subject_.plan.histories[id].ring];
      table.add({short_name(subject_, ring.name), print_place(subject_, ring), "",
                 print_bytes(memory_of(subject_.plan, ring)),
                 "shared by all rules at this population"});
    }
    return table.print(4);
  }

  [[nodiscard]] std::string print_reads() const {
    Reads reads;
    for (const plan::Item* item : items_) collect(*item, reads);
    TextTable table({Align::Left, Align::Left});
    const auto add = [&](const char* where, const std::set<std::string>& names) {
      if (!names.empty()) table.add({where, fmt::format("{}", fmt::join(names, ", "))});
    };
    add("its own synapse", reads.synapse);
    add("its presynaptic neuron", reads.pre);
    add("its postsynaptic neuron", reads.post);
    add("a trace its own neuron", reads.neuron);
    add("elsewhere", reads.elsewhere);
    return table.empty() ? "" : "  reads\n" + table.print(4);
  }

  struct Reads {
    std::set<std::string> synapse, pre, post, neuron, elsewhere;
  };

  void collect(const plan::Item& item, Reads& reads) const {
    if (const auto* id = std::get_if<plan::HandlerId>(&item.what)) {
      const plan::Handler& handler = subject_.plan.handlers[*id];
      if (handler.pairs || handler.over == plan::Handler::Over::Outgoing)
        reads.pre.insert("spikes");
      if (handler.pairs || handler.over == plan::Handler::Over::Incoming)
        reads.post.insert("spikes");
    }
    const plan::Kernel* kernel = kernel_of(subject_.plan, item);
    if (kernel == nullptr) return;
    for (const plan::Op& op : kernel->body)
      if (op.code == plan::OpCode::Load)
        add_read(*kernel, std::get<plan::AccessAttribute>(op.attribute), reads);
  }

  void add_read(const plan::Kernel& kernel, const plan::AccessAttribute& access,
                Reads& reads) const {
    const plan::Read& read = kernel.reads[access.slot];
    const plan::ColumnId id = plan::column_behind(subject_.plan, read.what);
    const plan::Column& column = subject_.plan.columns[id];
    std::string name = plan::variable_name(column);
    if (read.version == plan::Version::PreviousStep)
      name = "prev(" + name.substr(0, name.find(' ')) + ")";
    if (std::holds_alternative<plan::RuleId>(column.owner)) {
      if (column.role != plan::Role::TraceStamp)
        (column.owner == plan::Owner{id_} ? reads.synapse : reads.elsewhere).insert(name);
    } else if (column.owner == plan::Owner{subject_.plan.rules[id_].link}) {
      reads.synapse.insert(name);
    } else if (std::holds_alternative<plan::PopulationId>(column.owner)) {
      side_of(subject_, kernel, access, reads).insert(name == "spiked" ? "spikes" : name);
    } else if (column.role != plan::Role::Clock) {
      reads.elsewhere.insert(name);
    }
  }

  // Synapses reach their neurons along their axes or through their indices; a trace that is kept
  // per neuron has no axis but that neuron's.
  [[nodiscard]] static std::set<std::string>& side_of(const Subject& subject,
                                                      const plan::Kernel& kernel,
                                                      const plan::AccessAttribute& access,
                                                      Reads& reads) {
    if (access.at.empty()) return reads.elsewhere;
    if (const auto* index = std::get_if<plan::ValueId>(&access.at.front())) {
      const plan::OpCode code = kernel.body[index->value].code;
      if (code == plan::OpCode::PreIndex) return reads.pre;
      return code == plan::OpCode::PostIndex ? reads.post : reads.elsewhere;
    }
    const plan::Axis& axis = subject.plan.axes[std::get<plan::AxisId>(access.at.front())];
    if (axis.kind == plan::Axis::Kind::Pre) return reads.pre;
    return axis.kind == plan::Axis::Kind::Post ? reads.post : reads.neuron;
  }

  [[nodiscard]] std::string print_cost() const {
    const plan::Schedule* schedule = schedule_of(subject_, id_);
    if (schedule == nullptr) return "";
    CostTable table(subject_);
    for (const Work& work : work_of(subject_.plan, *schedule))
      if (rule_of(subject_.plan, work.item) == id_) table.add(work);
    return "  costs at most\n" + table.print(4);
  }

  const Subject& subject_;
  plan::RuleId id_;
  const elaborate::RuleInstance* instance_;
  const plan::Link& link_;
  std::vector<const plan::Item*> items_;
};

}  // namespace

std::string print_rule(const Subject& subject, plan::RuleId rule) {
  return RulePrinter(subject, rule).print();
}

}  // namespace bouton::explain
