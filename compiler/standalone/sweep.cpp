#include "compiler/standalone/sweep.h"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <vector>

#include "compiler/standalone/codes.h"

namespace bouton::standalone {

namespace {

using diagnostics::Kind;

// Which of the executable's variants serves each point.
class PointVariants {
 public:
  PointVariants(launch::Session& session, const runtime::EmbeddedProgram& embedded,
                const launch::Description& description)
      : session_(session), embedded_(embedded), description_(description) {}

  bool add(const std::string& name, const elaborate::Network& network, const plan::Plan& plan) {
    if (network.source().name != description_.experiment) return refuse_experiment(network);
    const auto variant = launch::find_variant(description_, plan);
    if (!variant) return refuse_point(name);
    variants_.push_back(*variant);
    return true;
  }

  [[nodiscard]] launch::CodeForLanes code_for(int point, const plan::Plan& plan) const {
    const auto codes = std::make_shared<const Codes>(
        embedded_, description_, variants_[static_cast<std::size_t>(point)], plan);
    return [codes](int lanes) { return std::optional(codes->get(lanes)); };
  }

  [[nodiscard]] std::size_t programs() const {
    return std::set(variants_.begin(), variants_.end()).size();
  }

 private:
  bool refuse_experiment(const elaborate::Network& network) {
    session_.diagnostics
        .report(Kind::RunFailed, {},
                {fmt::format("the sweep is one of `{}`, this executable runs `{}`",
                             network.source().name, description_.experiment)})
        .hint(fmt::format("build it with `bouton build {} {}`", description_.file,
                          network.source().name));
    return false;
  }

  bool refuse_point(const std::string& name) {
    session_.diagnostics
        .report(Kind::RunFailed, {},
                {fmt::format("an axis of the sweep changes more than numbers and sizes: this "
                             "executable does not contain the code of {}",
                             name)})
        .hint(fmt::format("`bouton sweep {}` compiles what it needs", description_.file));
    return false;
  }

  launch::Session& session_;
  const runtime::EmbeddedProgram& embedded_;
  const launch::Description& description_;
  std::vector<std::size_t> variants_;  // by point
};

}  // namespace

int run_sweep(launch::Session& session, const model::Program& program,
              const runtime::EmbeddedProgram& embedded, const launch::Description& description,
              const launch::SweepOptions& options) {
  PointVariants variants(session, embedded, description);
  launch::SweepCode code;
  code.add = [&](const std::string& name, const elaborate::Network& network,
                 const plan::Plan& plan) { return variants.add(name, network, plan); };
  code.code_for = [&](int point, const plan::Plan& plan) {
    return std::optional(variants.code_for(point, plan));
  };
  code.describe = [&] {
    return fmt::format("{} variant{} of the code", variants.programs(),
                       variants.programs() == 1 ? "" : "s");
  };
  return launch::run_sweep(session, program, options, code);
}

}  // namespace bouton::standalone
