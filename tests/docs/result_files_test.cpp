// What the documentation's Python reads is in the file. Each fence ```python begins with the
// command that writes the file, run in a folder with the document's files; what it names then is
// looked up with HDF5 alone: `f["tables/0/n"]`, `.attrs["unit"]`, and a comment `# [bias, seed]` of
// dimensions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/docs/examples.h"

namespace bouton::docs {
namespace {

namespace fs = std::filesystem;

struct Script {
  std::string command;  // without `bouton `
  std::vector<std::string> lines;
};

std::vector<Script> read_scripts(const fs::path& document) {
  std::ifstream stream(document, std::ios::binary);
  std::vector<Script> scripts;
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line == "```") inside = false;
    if (inside && line.starts_with("# bouton "))
      scripts.back().command = line.substr(9);
    else if (inside)
      scripts.back().lines.push_back(line);
    if (line == "```python") {
      inside = true;
      scripts.emplace_back();
    }
  }
  return scripts;
}

std::vector<std::string> dimensions_of(hid_t object) {
  std::vector<std::string> labels;
  const hid_t space = H5Dget_space(object);
  const int rank = H5Sget_simple_extent_ndims(space);
  H5Sclose(space);
  for (int axis = 0; axis < rank; ++axis) {
    char label[100] = "";
    H5DSget_label(object, static_cast<unsigned>(axis), label, sizeof label);
    labels.emplace_back(label);
  }
  return labels;
}

// The names of a script line as paths in the file.
class Reader {
 public:
  explicit Reader(hid_t file) : file_(file) {}

  void read(const std::string& line) {
    static const std::regex kName(R"re((\w+)((?:\["[^"]+"\])+|)(\.attrs\["(\w+)"\])?)re");
    std::string last;
    for (std::sregex_iterator it(line.begin(), line.end(), kName), end; it != end; ++it) {
      const std::smatch& found = *it;
      if (found[2].length() == 0 && found[3].length() == 0) continue;
      last = path_of(found[1], found[2]);
      expect_object(last, line);
      if (!found[4].matched) continue;
      EXPECT_GT(H5Aexists_by_name(file_, last.c_str(), found[4].str().c_str(), H5P_DEFAULT), 0)
          << line;
    }
    remember(line, last);
    expect_dimensions(line, last);
  }
  [[nodiscard]] int found() const { return found_; }

 private:
  std::string path_of(const std::string& variable, const std::string& subscripts) {
    std::string path = variable == "f" ? "/" : variables_[variable] + "/";
    static const std::regex kPart(R"re(\["([^"]+)"\])re");
    for (std::sregex_iterator it(subscripts.begin(), subscripts.end(), kPart), end; it != end; ++it)
      path += (*it)[1].str();
    return path.size() > 1 && path.back() == '/' ? path.substr(0, path.size() - 1) : path;
  }

  void expect_object(const std::string& path, const std::string& line) {
    const hid_t object = H5Oopen(file_, path.c_str(), H5P_DEFAULT);
    EXPECT_GE(object, 0) << path << " in " << line;
    if (object < 0) return;
    ++found_;
    H5Oclose(object);
  }

  // `z = f["spikes/z"]`
  void remember(const std::string& line, const std::string& path) {
    std::smatch assigned;
    static const std::regex kAssignment(R"re(^ *(\w+) = f\["[^"]+"\] *(#.*)?$)re");
    if (std::regex_match(line, assigned, kAssignment)) variables_[assigned[1]] = path;
  }

  void expect_dimensions(const std::string& line, const std::string& path) {
    std::smatch comment;
    if (!std::regex_search(line, comment, std::regex(R"(# \[([a-z_0-9, ]+)\]$)"))) return;
    const hid_t dataset = H5Dopen2(file_, path.c_str(), H5P_DEFAULT);
    std::string labels;
    for (const std::string& label : dimensions_of(dataset))
      labels += (labels.empty() ? "" : ", ") + label;
    H5Dclose(dataset);
    EXPECT_EQ(labels, comment[1].str()) << line;
  }

  hid_t file_;
  std::map<std::string, std::string> variables_;
  int found_ = 0;
};

TEST(ResultFiles, HoldWhatTheDocumentedScriptsRead) {
  const fs::path document = fs::path(BOUTON_SOURCE_DIR) / "docs/language.md";
  const fs::path folder = fs::path(testing::TempDir()) / "documented_result_files";
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const Example& example : read_examples(document))
    if (!example.file.empty()) std::ofstream(folder / example.file) << example.text;
  const std::vector<Script> scripts = read_scripts(document);
  EXPECT_GE(scripts.size(), 2U);
  for (const Script& script : scripts) {
    const std::string command = "cd '" + folder.string() +
                                "' && '" BOUTON_BUILD_DIR "/bin/bouton' " + script.command +
                                " > said.txt 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    hid_t file = H5I_INVALID_HID;
    int found = 0;
    for (const std::string& line : script.lines) {
      static const std::regex kOpen(R"re(h5py\.File\("([^"]+)"\))re");
      std::smatch opened;
      if (std::regex_search(line, opened, kOpen))
        file = H5Fopen((folder / opened[1].str()).c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    }
    ASSERT_GE(file, 0) << script.command;
    Reader reader(file);
    for (const std::string& line : script.lines) reader.read(line);
    found = reader.found();
    H5Fclose(file);
    EXPECT_GE(found, 5) << script.command;
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace bouton::docs
