#include "compiler/driver/shared_code.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "compiler/image/layout.h"

namespace bouton::driver {

namespace {

// What one point brings to the code that it shares.
struct OwnData {
  runtime::ArenaLayout layout;
  std::vector<std::uint64_t> table;
};

}  // namespace

void SharedCode::add(const plan::Plan& plan) {
  image::BareShape bare = image::bare_shape(plan);
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    Shape& shape = shapes_[i];
    if (shape.bare != bare) continue;
    image::Pool pool = image::join(shape.pool, image::differences(bare.pool, shape.plan, plan));
    if (!pool.has_offsets() && !std::ranges::equal(shape.plan.packs, plan.packs)) continue;
    shape.pool = std::move(pool);
    return shape_of_.push_back(i);
  }
  shape_of_.push_back(shapes_.size());
  shapes_.push_back({plan, std::move(bare), {}, {}});
}

const codegen::NativeCode* SharedCode::compiled(Shape& shape, int lanes) {
  if (const auto known = shape.code.find(lanes); known != shape.code.end()) return &known->second;
  codegen::Options options = options_;
  options.lanes = lanes;
  options.pool = shape.pool;
  auto executable = compile(session_, shape.plan, ".", options, {cache_});
  if (!executable) return nullptr;
  return &shape.code.emplace(lanes, std::move(executable->code)).first->second;
}

launch::CodeForLanes SharedCode::code_for(int point, const plan::Plan& plan) {
  Shape& shape = shapes_[shape_of_[static_cast<std::size_t>(point)]];
  const auto own = std::make_shared<std::map<int, OwnData>>();
  const auto of_point = std::make_shared<const plan::Plan>(plan);
  return [this, &shape, own, of_point](int lanes) -> std::optional<runtime::Code> {
    const codegen::NativeCode* code = compiled(shape, lanes);
    if (code == nullptr) return std::nullopt;
    auto [data, fresh] = own->try_emplace(lanes);
    if (fresh) {
      data->second.layout =
          image::build_layout(*of_point, {lanes, options_.width, shape.pool.has_offsets()});
      data->second.table = image::fill_table(shape.pool, *of_point, data->second.layout);
    }
    return runtime::Code{&data->second.layout, &code->advance, &code->kernels, data->second.table};
  };
}

}  // namespace bouton::driver
