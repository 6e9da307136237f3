// Calls in the experiment's expressions: functions of the runtime library, of the program, files
// and random arrays.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "compiler/elaborate/evaluate.h"
#include "runtime/random/stream.h"

namespace bouton::elaborate {

[[nodiscard]] Outcome<runtime::Value> evaluate_call(const model::Call& call, source::Span span,
                                                    Environment& environment);

// The name of a random call's site as its stream is named by (SEMANTICS 20): `Sampling/W.w`,
// `PalAlignment/net.W[2].w`-like names get the values of the assignment's indices at their end.
[[nodiscard]] std::string random_site_name(const model::RandomSite& site,
                                           std::span<const std::int64_t> indices);
// The name of a site inside a circuit with the instance's name in place of the circuit's.
[[nodiscard]] std::string site_in(const std::string& name, const Environment& environment);
[[nodiscard]] runtime::random::DrawKind draw_kind_of(std::string_view function);

}  // namespace bouton::elaborate
