#include "runtime/hdf5/spikes.h"

#include <numeric>

#include "runtime/hdf5/column_layout.h"
#include "runtime/hdf5/column_writer.h"

namespace bouton::runtime::hdf5 {
namespace {

std::size_t all_spikes(const ColumnPlace& place) {
  const auto& spikes = place.table.columns[place.index].spikes;
  return std::accumulate(spikes.begin(), spikes.end(), std::size_t{0});
}

// Times of several rows begin anew with each. The words and numbers of SONATA.
Handle add_spike_group(const ColumnPlace& place) {
  static constexpr const char* kSortings[] = {"none", "by_id", "by_time"};
  Handle group = place.file.add_group(place.spikes, place.spikes_name);
  place.file.add_choice(group.id(), "sorting", kSortings, place.table.all_rows() > 1 ? 0 : 2);
  return group;
}

template <typename T>
PartBuffer<T> add_cells(const ColumnPlace& place, hid_t group, const char* name, Cell cell) {
  return {
      place.file, place.file.add_dataset(group, name, cell, {{all_spikes(place)}}), nullptr, {}};
}

Handle add_counts(const ColumnPlace& place) {
  Handle dataset =
      place.file.add_dataset(place.tables, place.table.names[place.index], Cell::Integer,
                             layout_of_column(place.table, place.axes, {}));
  place.file.add_attribute(dataset.id(), "unit", place.unit);
  place.file.add_attribute(dataset.id(), "spikes", "/spikes/" + place.spikes_name);
  place.names.attach(dataset.id(), place.table.names[place.index], {});
  return dataset;
}

}  // namespace

SpikeColumn::SpikeColumn(const ColumnPlace& place)
    : run_(place.run),
      group_(add_spike_group(place)),
      times_(add_cells<double>(place, group_.id(), "timestamps", Cell::Number)),
      neurons_(add_cells<std::int64_t>(place, group_.id(), "node_ids", Cell::Index)),
      rows_(add_cells<std::int64_t>(place, group_.id(), "row", Cell::Integer)),
      counts_(place.file, add_counts(place), &place.axes, {}) {
  place.file.add_attribute(times_.dataset(), "units", std::string("ms"));
  if (run_.replicas > 1)
    replicas_.emplace(add_cells<std::int64_t>(place, group_.id(), "replica", Cell::Integer));
  std::size_t next = 0;
  for (const std::uint64_t spikes : place.table.columns[place.index].spikes) {
    next_.push_back(next);
    next += spikes;
  }
}

void SpikeColumn::add(std::size_t replica, std::size_t row, const Value& value) {
  const SpikeList& spikes = *value.as<SpikeList>();
  const std::size_t count = spikes.size();
  const auto in_row = static_cast<std::int64_t>(count);
  counts_.add(replica, row, 1, {&in_row, 1});
  if (count == 0) return;
  std::vector<double> times;
  const double timestep = run_.timestep_of(replica);
  for (const std::int64_t step : spikes.step) times.push_back(static_cast<double>(step) * timestep);
  const std::size_t place = next_[replica];
  times_.add(replica, place, count, times);
  neurons_.add(replica, place, count, spikes.neuron);
  rows_.add(replica, place, count,
            std::vector<std::int64_t>(count, static_cast<std::int64_t>(row)));
  if (replicas_)
    replicas_->add(replica, place, count,
                   std::vector<std::int64_t>(count, static_cast<std::int64_t>(replica)));
  next_[replica] += count;
}

void SpikeColumn::flush() {
  times_.flush();
  neurons_.flush();
  rows_.flush();
  if (replicas_) replicas_->flush();
  counts_.flush();
}

}  // namespace bouton::runtime::hdf5
