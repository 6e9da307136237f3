#include "compiler/standalone/codes.h"

#include "compiler/image/layout.h"

namespace bouton::standalone {

Codes::Codes(const runtime::EmbeddedProgram& embedded, const launch::Description& description,
             std::size_t variant, const plan::Plan& plan) {
  const image::Pool& pool = description.variants[variant].pool;
  const std::size_t widths = description.widths.size();
  for (std::size_t i = 0; i < widths; ++i) {
    const runtime::EmbeddedCode& code = *embedded.codes[variant * widths + i];
    const int lanes = static_cast<int>(code.lanes);
    Entry entry;
    entry.layout = image::build_layout(plan, {.lanes = lanes, .pools = pool.has_offsets()});
    entry.advance.assign(code.advance, code.advance + code.advance_count);
    entry.kernels.assign(code.kernels, code.kernels + code.kernel_count);
    entry.table = image::fill_table(pool, plan, entry.layout);
    entries_.emplace(lanes, std::move(entry));
  }
}

runtime::Code Codes::get(int lanes) const {
  const Entry& entry = entries_.at(lanes);
  return {&entry.layout, &entry.advance, &entry.kernels, entry.table};
}

}  // namespace bouton::standalone
