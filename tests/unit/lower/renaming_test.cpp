// Nothing is recognised by name: a program whose every name is another one has the same plan.
#include <cctype>
#include <map>
#include <set>

#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

const char* const kSampling = R"(
neuron Sampler(tau_ref = 10 ms, bias = 0) {
  input I
  u = bias + I
  active = since_spike <= tau_ref
  spike at rate softplus(u - ln(tau_ref/timestep)) / timestep
  refractory tau_ref + timestep
}
synapse Rectangular(tau_syn = 10 ms) {
  psp(s) = if 0 < s and s < tau_syn: 1 else: 0
  renewing
}
rule Alignment(tau, amplitude = 1) {
  state c = 0
  on pair(dt) nearest {
    if dt > 0 and dt < tau { c -= amplitude * (1 - dt/tau) }
    if dt < 0 and dt > -tau { c += amplitude * (1 + dt/tau) }
  }
}
experiment Sampling(n = 7, rate = 0.01, tau_ref = 50 ms) {
  timestep 1 ms
  population z[n]: Sampler(tau_ref)
  projection W: z -> z.I, no self, via Rectangular(tau_ref), learning sal = Alignment(tau_ref)
  W.w = normal(0, 0.2, [n, n])
  for epoch in 0 .. 10 {
    reset
    run 1000 * tau_ref observing {
      spikes_seen = count(z)
      visits = histogram_of_states(z.active) every tau_ref/2
    }
    let per_window = tau_ref/elapsed
    W.w += rate * W.sal.c * per_window
    record epoch, spikes_seen, visits
  }
}
)";

// Every name that the program declares.
const std::set<std::string> kDeclared = {
    "Sampler", "tau_ref",   "bias", "I",   "u",     "active",    "Rectangular", "tau_syn",
    "s",       "Alignment", "tau",  "c",   "dt",    "amplitude", "Sampling",    "n",
    "rate",    "z",         "W",    "sal", "epoch", "visits",    "spikes_seen", "per_window"};

// Gives every declared name another one; `rate` of `spike at rate` is a word of the language.
std::string rename(const std::string& text) {
  std::map<std::string, std::string> names;
  for (const std::string& name : kDeclared)
    names[name] = "other_" + std::to_string(kDeclared.size() - names.size());
  std::string renamed;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
      ++end;
    const std::string word = text.substr(i, end - i);
    const bool keyword = renamed.ends_with("spike at ");
    renamed += !keyword && names.contains(word) ? names.at(word) : word;
    if (end == i) renamed += text[end++];
    i = end;
  }
  return renamed;
}

TEST(Renaming, EveryNameOfAProgramLeavesItsPlanUnchanged) {
  const auto original = compile_text(kSampling);
  ASSERT_TRUE(original->plan) << original->messages();
  const auto renamed = compile_text(rename(kSampling));
  ASSERT_TRUE(renamed->plan) << renamed->messages();
  EXPECT_EQ(renamed->anonymous(), original->anonymous());
  EXPECT_NE(plan::print(*renamed->plan), plan::print(*original->plan));
}

}  // namespace
}  // namespace bouton::lower
