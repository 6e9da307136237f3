// Strong ids and the tables they index: how the forms of the compiler refer to each other's parts.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "compiler/base/check.h"

namespace bouton {

// An index into one Table. `Tag` keeps ids of different tables apart; the default value refers to
// nothing.
template <typename Tag>
struct Id {
  static constexpr std::uint32_t kNone = 0xffffffffU;
  std::uint32_t value = kNone;

  [[nodiscard]] constexpr bool valid() const { return value != kNone; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

// Elements of type T addressed by IdType; ids are given in order of insertion and stay valid.
template <typename IdType, typename T>
class Table {
 public:
  IdType add(T element) {
    elements_.push_back(std::move(element));
    return IdType{static_cast<std::uint32_t>(elements_.size() - 1)};
  }
  T& operator[](IdType id) { return elements_[index(id)]; }
  const T& operator[](IdType id) const { return elements_[index(id)]; }

  [[nodiscard]] std::size_t size() const { return elements_.size(); }
  [[nodiscard]] bool empty() const { return elements_.empty(); }
  [[nodiscard]] bool contains(IdType id) const { return id.value < elements_.size(); }
  [[nodiscard]] std::vector<IdType> ids() const {
    std::vector<IdType> all;
    for (std::uint32_t i = 0; i < elements_.size(); ++i) all.push_back(IdType{i});
    return all;
  }

  auto begin() { return elements_.begin(); }
  auto end() { return elements_.end(); }
  auto begin() const { return elements_.begin(); }
  auto end() const { return elements_.end(); }

 private:
  [[nodiscard]] std::size_t index(IdType id) const {
    BOUTON_CHECK(id.value < elements_.size(), "id out of range");
    return id.value;
  }
  std::vector<T> elements_;
};

}  // namespace bouton

template <typename Tag>
struct std::hash<bouton::Id<Tag>> {
  std::size_t operator()(bouton::Id<Tag> id) const noexcept { return id.value; }
};
