#include "runtime/hdf5/read_result_file.h"

#include <fmt/format.h>

#include "runtime/analysis/result_hash.h"
#include "runtime/files/bytes.h"
#include "runtime/hdf5/quiet.h"
#include "runtime/hdf5/stored.h"
#include "runtime/hdf5/stored_table.h"

namespace bouton::runtime {
namespace {

using hdf5::Stored;

constexpr std::int64_t kLayoutVersion = 3;
constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";

std::string first_of(const std::vector<std::string>& texts) {
  return texts.empty() ? std::string() : texts.front();
}

}  // namespace

bool is_result_file(const std::filesystem::path& path) {
  const hdf5::Quiet quiet;
  const hdf5::Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_file_locking(access.id(), false, true);
  const hdf5::Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose);
  const auto has = [&](const char* attribute) {
    return file.id() >= 0 && H5Aexists_by_name(file.id(), "/", attribute, H5P_DEFAULT) > 0;
  };
  return has("bouton") && has("layout");
}

Result<StoredRun> read_result_file(const std::filesystem::path& path) {
  auto bytes = read_bytes(path);
  if (!bytes) return bytes.error();
  const bool begins_as_hdf5 = bytes->starts_with(kSignature);
  const Stored file(*std::move(bytes));
  if (!file.is_open())
    return Error{
        fmt::format("`{}` {}", path.string(),
                    begins_as_hdf5 ? "is damaged: its end may be missing" : "is no HDF5 file")};
  const auto layout = file.integer_attribute("/", "layout");
  if (layout.empty()) return Error{fmt::format("`{}` is no result file of Bouton", path.string())};
  if (layout.front() != kLayoutVersion)
    return Error{fmt::format("`{}` has layout {}, this version reads layout {}", path.string(),
                             layout.front(), kLayoutVersion)};
  StoredRun run;
  run.experiment = first_of(file.text_attribute("/", "experiment"));
  run.hash = first_of(file.text_attribute("/", "hash"));
  const auto seeds = file.seeds("/replicas/seed");
  const auto hashes = file.texts("/replicas/hash");
  const auto states = file.texts("/replicas/complete");
  if (seeds.empty() || seeds.size() != hashes.size() || seeds.size() != states.size())
    return Error{fmt::format("`{}` is damaged: its list of replicas", path.string())};
  const auto names = file.texts("/replicas/name");
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const std::uint64_t seed = seeds[i];
    // Files of earlier versions have no names.
    const std::string name = names.size() == seeds.size() ? names[i] : fmt::format("seed {}", seed);
    run.replicas.push_back({seed, name, hashes[i], states[i], {}});
  }
  const double timestep = file.number_attribute("/", "timestep").value_or(1);
  std::vector<double> timesteps(run.replicas.size(), timestep);
  if (file.has("/replicas/timestep")) timesteps = file.numbers("/replicas/timestep");
  if (timesteps.size() != run.replicas.size())
    return Error{fmt::format("`{}` is damaged: its timesteps", path.string())};
  for (std::size_t table = 0; file.has(fmt::format("/tables/{}", table)); ++table)
    if (auto error = hdf5::read_table(file, table, timesteps, run)) return *std::move(error);
  return run;
}

std::string recompute_hash(const StoredRun& run) {
  std::vector<std::uint64_t> seeds;
  std::vector<std::uint64_t> hashes;
  for (const StoredReplica& replica : run.replicas) {
    seeds.push_back(replica.seed);
    hashes.push_back(hash_results(replica.results));
  }
  return print_hash(hashes.size() == 1 ? hashes.front() : hash_replicas(seeds, hashes));
}

}  // namespace bouton::runtime
