// Tables with very many columns: their names take more than the 64 KiB that HDF5's older formats
// have for an attribute.
#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <filesystem>

#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/read_result_file.h"
#include "runtime/hdf5/result_file.h"

namespace bouton::runtime {
namespace {

constexpr int kColumns = 4500;

Results wide_row() {
  std::vector<RecordedValue> row;
  for (int i = 0; i < kColumns; ++i) row.push_back({"c" + std::to_string(i), 0.5 * i});
  Results results;
  record_row(results, row);
  return results;
}

// Two points with the same row.
std::optional<Error> write_sweep(const std::filesystem::path& path, const Results& results) {
  RecordedRun run;
  run.description.sweep = "Wide";
  run.description.replicas = 2;
  run.description.axes = {{"lr", "1", {0.1, 0.2}}};
  const ResultTable& table = results.tables.front();
  for (int replica = 0; replica < 2; ++replica) {
    run.replicas.emplace_back().tables.push_back({table.names, 1});
    run.replicas.back().end = ReplicaEnd{};
  }
  const auto rows = [&](const TakeRow& take) -> std::optional<Error> {
    for (const std::uint64_t replica : {0U, 1U}) take({replica, 0, table.rows.front()});
    return std::nullopt;
  };
  const std::uint64_t hash = hash_results(results);
  return write_result_file(path, run, rows, {hash, hash});
}

TEST(ManyColumns, AreWrittenAndReadBack) {
  const auto path = std::filesystem::path(testing::TempDir()) / "many_columns.h5";
  const auto error = write_sweep(path, wide_row());
  ASSERT_FALSE(error) << error->message;
  const auto read = read_result_file(path);
  ASSERT_TRUE(read) << read.error().message;
  const ResultTable& table = read->replicas[1].results.tables.front();
  EXPECT_EQ(table.names.size(), static_cast<std::size_t>(kColumns));
  EXPECT_EQ(table.names.back(), "c4499");
  EXPECT_EQ(recompute_hash(*read), read->hash);
}

TEST(ManyColumns, HaveLabelsAndTheFirstOnesCoordinates) {
  const auto path = std::filesystem::path(testing::TempDir()) / "labelled_columns.h5";
  ASSERT_FALSE(write_sweep(path, wide_row()));
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  for (const auto& [name, scales] : {std::pair{"tables/0/c3000", 1}, {"tables/0/c4499", 0}}) {
    const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    char label[10] = "";
    H5DSget_label(dataset, 0, label, sizeof label);
    EXPECT_STREQ(label, "lr");
    EXPECT_EQ(H5DSget_num_scales(dataset, 0), scales);
    H5Dclose(dataset);
  }
  H5Fclose(file);
}

}  // namespace
}  // namespace bouton::runtime
