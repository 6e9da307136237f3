// Conversions between times counted in steps and times in ms (SEMANTICS 8), and the test whether a
// value fits in a place.
#pragma once

#include <string_view>

#include "compiler/check/context.h"

namespace bouton::check {

// Steps become Real time; everything else stays.
[[nodiscard]] Typed to_time(Typed value, Context& context);
// A Real time becomes Steps. The caller has made sure that it is a time.
[[nodiscard]] Typed to_steps(Typed value, Context& context);

// The value, converted, if it fits; else a message "`what` must be …, but this is …".
[[nodiscard]] Typed fit(Typed value, const Type& place, std::string_view what, Context& context);

// Whether the value is a Real (or Steps, which it converts) of no dimension.
[[nodiscard]] Typed fit_number(Typed value, std::string_view what, Context& context);

}  // namespace bouton::check
