// The memory of one block of replica lanes, and its columns as arrays.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/encoding/encoding.h"
#include "runtime/program/layout.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

class Arena {
 public:
  // All cells 0. nullptr if there is no memory.
  [[nodiscard]] static std::unique_ptr<Arena> create(const ArenaLayout& layout);

  [[nodiscard]] void* begin() { return memory_.get(); }
  [[nodiscard]] const ArenaLayout& layout() const { return layout_; }

  [[nodiscard]] Shape shape(std::uint32_t column) const;
  // One lane of a column as numbers: truth values are 1 and 0, fixed point is rounded once to a
  // double.
  [[nodiscard]] Tensor read(std::uint32_t column, int lane) const;
  // Into both buffers of a double-buffered column. `cells` has as many elements as the column,
  // and numbers that it can hold.
  void write(std::uint32_t column, int lane, const Tensor& cells);
  // The first number that the column cannot hold: one beyond its whole numbers, or no number.
  [[nodiscard]] std::optional<double> find_unfit(std::uint32_t column, const Tensor& cells) const;
  // The first element of a column of reals that is not a number, in any lane.
  [[nodiscard]] std::optional<std::int64_t> find_nan(std::uint32_t column) const;
  [[nodiscard]] std::int64_t read_whole(std::uint32_t column, int lane) const;

  // The value of the step before becomes that of this step, where the column keeps one.
  void begin_previous(std::uint32_t column);

  // A tape of doubles for one lane: rows of the column's elements.
  void set_tape(std::uint32_t column, int lane, const Tensor& rows);

  // Columns with all their buffers, and tapes, of all lanes. What does not fit the layout makes the
  // decoder fail.
  void save(Encoder& encoder) const;
  void restore(Decoder& decoder);

  void set_seed(int lane, std::uint64_t seed);
  [[nodiscard]] StatusSlot& status();
  [[nodiscard]] ObserverSlot& observer(std::uint32_t index);

 private:
  struct Free {
    void operator()(unsigned char* memory) const { std::free(memory); }
  };
  Arena(const ArenaLayout& layout, unsigned char* memory);
  [[nodiscard]] std::int64_t cell_offset(const ColumnLayout& column, std::int64_t element,
                                         int lane) const;
  void store(const ColumnLayout& column, std::int64_t offset, double number);

  ArenaLayout layout_;
  std::unique_ptr<unsigned char, Free> memory_;
  std::vector<std::vector<double>> tapes_;  // by column
};

}  // namespace bouton::runtime
