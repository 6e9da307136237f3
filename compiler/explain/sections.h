// The sections of an explanation, each a text of whole lines. See Note [Sections].
#pragma once

#include "compiler/explain/explain.h"

namespace bouton::explain {

// Note [Sections]. A heading at the margin, what belongs to it below with two spaces, tables of
// aligned columns, notes below the row that they are about. Places in the text stand at the end of
// a row.

// "the run at main.bouton:57:7"
[[nodiscard]] std::string print_phase_name(const Subject& subject, const plan::Phase& phase);
// The first schedule in which an item of the rule, or any item, is executed.
[[nodiscard]] const plan::Schedule* schedule_of(const Subject& subject,
                                                std::optional<plan::RuleId> rule);

// Name, precision, memory.
[[nodiscard]] std::string print_summary(const Subject& subject);
// For every kind of run: the stages in order, what they execute, and when it acts.
[[nodiscard]] std::string print_steps(const Subject& subject);
// Whether a schedule leaps over quiet steps, alone and in lanes, and if not why; what is looked up
// in tables.
[[nodiscard]] std::string print_pace(const Subject& subject, const plan::Schedule& schedule);
// For every kind of run: operations and bytes per step, leap and spike.
[[nodiscard]] std::string print_costs(const Subject& subject);
[[nodiscard]] std::string print_population(const Subject& subject, plan::PopulationId population);
[[nodiscard]] std::string print_projection(const Subject& subject, plan::LinkId link);
[[nodiscard]] std::string print_rule(const Subject& subject, plan::RuleId rule);
[[nodiscard]] std::string print_memory(const Subject& subject);

}  // namespace bouton::explain
