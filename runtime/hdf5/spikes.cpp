#include "runtime/hdf5/spikes.h"

namespace bouton::runtime::hdf5 {
namespace {

struct AllSpikes {
  std::vector<double> times;
  std::vector<std::int64_t> neurons, rows, replicas;
};

AllSpikes collect(const MergedTable& table, std::size_t index, double timestep) {
  AllSpikes all;
  for (const MergedTable::Row& row : table.rows) {
    const auto& spikes = *(*row.values)[index].as<SpikeList>();
    for (const std::int64_t step : spikes.step)
      all.times.push_back(static_cast<double>(step) * timestep);
    all.neurons.insert(all.neurons.end(), spikes.neuron.begin(), spikes.neuron.end());
    all.rows.insert(all.rows.end(), spikes.size(), row.row);
    all.replicas.insert(all.replicas.end(), spikes.size(), row.replica);
  }
  return all;
}

}  // namespace

void write_spikes(Image& image, hid_t spikes, const std::string& group_name, double timestep,
                  const MergedTable& table, std::size_t index) {
  const AllSpikes all = collect(table, index, timestep);
  const std::size_t extents[] = {all.times.size()};
  const Handle group = image.add_group(spikes, group_name);
  // The words and numbers of SONATA. Times of several rows begin anew with each.
  static constexpr const char* kSortings[] = {"none", "by_id", "by_time"};
  image.add_choice(group.id(), "sorting", kSortings, table.rows.size() > 1 ? 0 : 2);
  const Handle times = image.add_numbers(group.id(), "timestamps", extents, all.times);
  image.add_attribute(times.id(), "units", std::string("ms"));
  image.add_indices(group.id(), "node_ids", all.neurons);
  image.add_integers(group.id(), "row", extents, all.rows);
  if (table.positions.size() > 1) image.add_integers(group.id(), "replica", extents, all.replicas);
}

Handle write_spike_counts(Image& image, hid_t parent, const std::string& group_name,
                          const MergedTable& table, std::size_t index) {
  std::vector<std::int64_t> counts;
  for (const MergedTable::Row& row : table.rows)
    counts.push_back(static_cast<std::int64_t>((*row.values)[index].as<SpikeList>()->size()));
  Handle written = image.add_integers(parent, table.names[index], table.leading, counts);
  image.add_attribute(written.id(), "spikes", "/spikes/" + group_name);
  return written;
}

}  // namespace bouton::runtime::hdf5
