// Recorded spikes in the layout of SONATA: /spikes/POPULATION/timestamps and node_ids.
#pragma once

#include <string>

#include "runtime/hdf5/image.h"
#include "runtime/hdf5/merged_table.h"

namespace bouton::runtime::hdf5 {

// All spikes of a column in one group, row after row; the datasets `row` and, of several replicas,
// `replica` say whose they are. In the table stands how many each row has.
void write_spikes(Image& image, hid_t spikes, const std::string& group_name, double timestep,
                  const MergedTable& table, std::size_t index);
Handle write_spike_counts(Image& image, hid_t parent, const std::string& group_name,
                          const MergedTable& table, std::size_t index);

}  // namespace bouton::runtime::hdf5
