// Native code for the points of a sweep, made in this process. Points that differ only in numbers
// share it: the numbers in which they differ are read from a table that each fills from its own
// plan (compiler/image/pool.h).
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "compiler/image/pool.h"
#include "compiler/launch/replicas.h"

namespace bouton::driver {

class SharedCode {
 public:
  // `cache` may be null.
  SharedCode(Session& session, codegen::Options options, cache::CodeCache* cache)
      : session_(session), options_(std::move(options)), cache_(cache) {}

  // All points, in order, before the first code is asked for.
  void add(const plan::Plan& plan);
  [[nodiscard]] std::size_t programs() const { return shapes_.size(); }

  // Made for that many lanes when it is first needed. Valid as long as this.
  [[nodiscard]] launch::CodeForLanes code_for(int point, const plan::Plan& plan);

 private:
  // Of all points whose plans differ in no more than what is pooled.
  struct Shape {
    plan::Plan plan;
    image::BareShape bare;
    image::Pool pool;
    std::map<int, codegen::NativeCode> code;  // by lanes
  };

  [[nodiscard]] const codegen::NativeCode* compiled(Shape& shape, int lanes);

  Session& session_;
  codegen::Options options_;
  cache::CodeCache* cache_;
  std::vector<Shape> shapes_;
  std::vector<std::size_t> shape_of_;  // by point
};

}  // namespace bouton::driver
