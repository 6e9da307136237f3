// The exported functions of one build as a table that a test can walk through.
#pragma once

#include <span>
#include <string_view>

namespace bouton::runtime::bitcode::tests {

struct Export {
  std::string_view name;
  std::string_view in;  // f64, f32, i64, u64
  std::string_view out;
  int arity;
  int width;
  int results;
  void (*call)(const void* const* arguments, void* result);
};

}  // namespace bouton::runtime::bitcode::tests
