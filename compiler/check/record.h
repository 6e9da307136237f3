// `record`, `plot` and `print`. All `record` statements with one set of column names write one
// table; a plot draws columns of one table.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

[[nodiscard]] std::optional<model::Record> check_record(const ast::Record& record,
                                                        BodyContext& body);
[[nodiscard]] std::optional<model::Plot> check_plot(const ast::Plot& plot, BodyContext& body);
[[nodiscard]] std::optional<model::Print> check_print(const ast::Print& print, BodyContext& body);

// Once all records are known: every plotted name must be a column, both of a curve of one table.
void check_curves(const BodyContext& body);

}  // namespace bouton::check
