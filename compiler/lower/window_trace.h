// `on pair(dt) all` with a window that is a sum of polynomials x exponentials: the traces of
// compiler/elaborate/pair_window.h as columns, one per moment of each term, jumping together.
#pragma once

#include "compiler/lower/handler.h"
#include "compiler/lower/rule.h"

namespace bouton::lower {

// For every handler of the rule that has such a window.
void add_windows(Lowering& lowering, const RuleAt& at);

// What a spike adds that meets the traces of the other side.
void deliver_window(const RuleAt& at, const WindowSide& traces, const Names& names,
                    HandlerLowerer& body, Emitter& emit);

// Stage Jump: spikes join the traces of their side.
void add_window_jumps(Lowering& lowering, const RuleAt& at, std::vector<plan::Item>& items);

}  // namespace bouton::lower
