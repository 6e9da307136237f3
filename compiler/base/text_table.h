// Rows of cells in columns of common width.
#pragma once

#include <string>
#include <vector>

namespace bouton {

class TextTable {
 public:
  enum class Align { Left, Right };
  // One alignment per column; rows may be shorter.
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  void add(std::vector<std::string> cells) { rows_.push_back({std::move(cells), {}}); }
  // A line of its own below the last row, that widens no column.
  void add_note(std::string note) { rows_.back().notes.push_back(std::move(note)); }

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  // Every line begins with `indent` spaces; notes with four more.
  [[nodiscard]] std::string print(std::size_t indent) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> notes;
  };
  [[nodiscard]] std::string print_row(const Row& row, const std::vector<std::size_t>& widths) const;

  std::vector<Align> columns_;
  std::vector<Row> rows_;
};

// How many columns a text takes: code points, not bytes.
[[nodiscard]] std::size_t width_of(const std::string& text);

}  // namespace bouton
