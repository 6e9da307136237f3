#include "compiler/launch/describe_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

#include "compiler/launch/data_files.h"
#include "compiler/launch/version.h"
#include "compiler/units/coherent_unit.h"

namespace bouton::launch {

namespace {

// The tables that statements can record, and whose spikes variables hold.
class RecordFinder {
 public:
  explicit RecordFinder(const elaborate::Network& network) : network_(network) {
    collect(network.statements);
  }
  [[nodiscard]] std::vector<std::vector<runtime::DescribedColumn>> take_tables() {
    return std::move(tables_);
  }

 private:
  void collect(const model::Body& body) {
    for (const model::Stmt& stmt : body) {
      if (const auto* run = std::get_if<model::Run>(&stmt.node)) note_spikes(*run);
      if (const auto* record = std::get_if<model::Record>(&stmt.node)) note_table(*record);
      if (const auto* loop = std::get_if<model::For>(&stmt.node)) collect(loop->body);
      if (const auto* every = std::get_if<model::Every>(&stmt.node)) collect(every->body);
      if (const auto* choice = std::get_if<model::If>(&stmt.node)) {
        collect(choice->when_true);
        collect(choice->when_false);
      }
    }
  }

  void note_spikes(const model::Run& run) {
    for (const model::Observation& observation : run.observing) {
      const auto* what = std::get_if<model::Quantity>(&observation.what.node);
      const bool spikes = observation.reducer == model::Reducer::Spikes && what != nullptr;
      if (!spikes) continue;
      const auto key = elaborate::key_of(what->circuit, what->owner, what->family_indices);
      if (key) populations_[observation.result] = elaborate::spell(*key, network_);
    }
  }

  void note_table(const model::Record& record) {
    std::vector<runtime::DescribedColumn> columns;
    for (const model::RecordColumn& column : record.columns) {
      const bool number = column.value.type.kind == model::Kind::Real;
      columns.push_back({column.name,
                         number ? units::print_coherent_unit(column.value.type.dimension) : "1",
                         population_of(column.value)});
    }
    tables_.push_back(std::move(columns));
  }

  [[nodiscard]] std::string population_of(const model::Expr& expr) const {
    const auto* ref = std::get_if<model::Ref>(&expr.node);
    if (ref == nullptr) return "";
    const auto known = populations_.find(ref->symbol);
    return known == populations_.end() ? "" : known->second;
  }

  const elaborate::Network& network_;
  std::map<model::SymbolId, std::string> populations_;
  std::vector<std::vector<runtime::DescribedColumn>> tables_;
};

std::vector<runtime::SourceText> sources_of(const Session& session) {
  std::vector<runtime::SourceText> sources;
  for (std::size_t i = 0; i < session.sources.size(); ++i) {
    const auto id = static_cast<source::FileId>(i);
    if (session.sources.origin(id) != source::Origin::Program) continue;
    sources.push_back({session.sources.name(id), std::string(session.sources.text(id))});
  }
  return sources;
}

std::vector<runtime::DescribedParameter> parameters_of(const elaborate::Network& network) {
  std::vector<runtime::DescribedParameter> parameters;
  const model::Scope& scope = network.source().scope;
  for (const auto& [symbol, value] : network.parameters)
    parameters.push_back(
        {scope[symbol].name, value, units::print_coherent_unit(scope[symbol].type.dimension)});
  return parameters;
}

bool same_columns(const std::vector<runtime::DescribedColumn>& a,
                  const std::vector<runtime::DescribedColumn>& b) {
  return std::ranges::equal(a, b, {}, &runtime::DescribedColumn::name,
                            &runtime::DescribedColumn::name);
}

// Those of a point that others do not have: an `if` over parameters may record other tables.
void add_new(std::vector<std::vector<runtime::DescribedColumn>> tables,
             std::vector<std::vector<runtime::DescribedColumn>>& known) {
  for (auto& table : tables)
    if (std::ranges::none_of(known, [&](const auto& old) { return same_columns(old, table); }))
      known.push_back(std::move(table));
}

void add_new(std::vector<runtime::DescribedFile> files,
             std::vector<runtime::DescribedFile>& known) {
  for (auto& file : files)
    if (std::ranges::find(known, file.name, &runtime::DescribedFile::name) == known.end())
      known.push_back(std::move(file));
}

// A default value may depend on an axis: then it is none of the whole sweep.
void drop_differing(const std::vector<runtime::DescribedParameter>& of_point,
                    std::vector<runtime::DescribedParameter>& common) {
  std::erase_if(common, [&](const runtime::DescribedParameter& parameter) {
    const auto same =
        std::ranges::find(of_point, parameter.name, &runtime::DescribedParameter::name);
    return same == of_point.end() || !(same->value == parameter.value);
  });
}

bool names_files(const SweepAxis& axis) {
  return std::ranges::any_of(axis.values, [](const runtime::Value& value) {
    return value.as<runtime::Tensor>() == nullptr && value.as<bool>() == nullptr;
  });
}

std::string name_machine() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) name[0] = '\0';
  return fmt::format("{} ({} threads)", name.data(), std::thread::hardware_concurrency());
}

// SOURCE_DATE_EPOCH, where it is set, makes the files of equal runs equal to the last byte.
std::string print_now() {
  std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) now = std::atoll(fixed);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

}  // namespace

runtime::RunDescription describe_run(const Session& session, const elaborate::Network& network,
                                     const std::string& file, int seeds) {
  runtime::RunDescription run;
  run.bouton = kVersion;
  run.program = file;
  run.experiment = network.source().name;
  run.precision = elaborate::name_of(network.precision);
  run.sources = sources_of(session);
  run.files = find_data_files(network);
  run.timestep = network.timestep;
  run.first_seed = network.seed;
  run.replicas = static_cast<std::uint64_t>(seeds);
  run.parameters = parameters_of(network);
  run.tables = RecordFinder(network).take_tables();
  run.machine = name_machine();
  run.begun = print_now();
  return run;
}

SweepDescription::SweepDescription(const Session& session, const SweepPoints& points,
                                   std::string file)
    : session_(session),
      points_(points),
      file_(std::move(file)),
      axes_name_files_(std::ranges::any_of(points.axes, names_files)) {}

void SweepDescription::add_point(const elaborate::Network& network) {
  if (first_) run_ = describe_run(session_, network, file_, points_.replicas());
  timesteps_.push_back(network.timestep);
  if (!first_) {
    add_new(RecordFinder(network).take_tables(), run_.tables);
    drop_differing(parameters_of(network), run_.parameters);
    if (axes_name_files_) add_new(find_data_files(network), run_.files);
  }
  first_ = false;
}

runtime::RunDescription SweepDescription::take() {
  run_.sweep = points_.name;
  for (const SweepAxis& axis : points_.axes) {
    run_.axes.push_back({axis.name, units::print_coherent_unit(axis.dimension), axis.values});
    std::erase_if(run_.parameters,
                  [&](const auto& parameter) { return parameter.name == axis.name; });
  }
  const bool differ = std::ranges::any_of(
      timesteps_, [&](double timestep) { return timestep != timesteps_.front(); });
  if (differ) run_.timesteps = std::move(timesteps_);
  return std::move(run_);
}

}  // namespace bouton::launch
