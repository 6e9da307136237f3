#include "compiler/launch/run_sweep.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>

#include "compiler/image/layout.h"
#include "compiler/image/pool.h"
#include "compiler/image/program.h"
#include "compiler/launch/describe_run.h"
#include "compiler/launch/parameters.h"
#include "compiler/launch/report.h"
#include "compiler/launch/resources.h"
#include "compiler/launch/streams.h"
#include "compiler/units/coherent_unit.h"

namespace bouton::launch {

namespace {

using diagnostics::Kind;

using Given = std::vector<elaborate::ParameterSetting>;

// What was said about a point, with its coordinates; but what is wrong with a setting that is
// `given` for all points is said once.
void pass_on(const diagnostics::Diagnostics& said, const std::string& point, const Given& given,
             Session& session) {
  for (const diagnostics::Diagnostic& message : said.all()) {
    if (diagnostics::severity_of(message.kind) != diagnostics::Severity::Error) continue;
    const bool of_all = std::ranges::any_of(given, [&](const elaborate::ParameterSetting& setting) {
      return message.span == setting.span || message.span == setting.name_span;
    });
    auto report = of_all ? session.diagnostics.report(Kind::ParameterNotAValue, message.span,
                                                      {message.headline})
                         : session.diagnostics.report(Kind::PointRefused, message.span,
                                                      {point, message.headline});
    report.label(message.label).hint(message.hint);
    for (const diagnostics::Label& other : message.others) report.other(other.span, other.text);
  }
}

// `6 x 2 x 5 points (init_noise, lr_sal, init_seed), 3 seeds each: 180 replicas`
std::string print_size(const SweepPoints& points) {
  std::vector<std::size_t> sizes;
  std::vector<std::string> names;
  for (const SweepAxis& axis : points.axes) {
    sizes.push_back(axis.values.size());
    names.push_back(axis.name);
  }
  std::string text =
      fmt::format("{} point{}", fmt::join(sizes, " x "), points.count() == 1 ? "" : "s");
  if (sizes.empty()) text = "1 point";
  if (!names.empty()) text += fmt::format(" ({})", fmt::join(names, ", "));
  if (points.seeds > 1) text += fmt::format(", {} seeds each", points.seeds);
  return text + fmt::format(": {} replica{}", points.replicas(), points.replicas() == 1 ? "" : "s");
}

class SweepRun {
 public:
  SweepRun(Session& session, const model::Program& program, const SweepOptions& options,
           const SweepCode& code, SweepPoints points)
      : session_(session),
        program_(program),
        options_(options),
        code_(code),
        points_(std::move(points)),
        description_(session, points_, options.file) {}

  int run() {
    listen_for_interrupts();
    const bool sound = add_points();
    if (was_interrupted()) return leave();
    if (!sound) return finish(session_, kProgramErrors);
    if (!options_.quiet)
      print("sweep {}: {}, {}\n", points_.name, print_size(points_), code_.describe());
    const runtime::RunDescription description = description_.take();
    if (!options_.output.resume && !has_room(needs_, options_.output.file, options_.threads))
      return finish(session_, kRunFailed);
    const auto output = open_output(session_, description, options_.output);
    if (!output) return finish(session_, kRunFailed);
    return run_points(description, **output);
  }

 private:
  // Before anything runs.
  int leave() {
    print_error("interrupted: nothing has run\n");
    return finish(session_, kInterrupted);
  }

  // Goes on after an error, so that all are seen, but not for ever.
  bool add_points() {
    constexpr std::size_t kMostErrors = 10;
    const std::size_t errors = session_.diagnostics.error_count();
    for (int point = 0; point < points_.count() && !was_interrupted(); ++point) {
      say_how_far(point);
      const std::size_t before = session_.diagnostics.error_count();
      if (add_point(point)) continue;
      const std::size_t now = session_.diagnostics.error_count();
      if (now == before || now >= errors + kMostErrors) break;
    }
    return session_.diagnostics.error_count() == errors;
  }

  // Binding very many points takes minutes.
  void say_how_far(int point) {
    const auto now = std::chrono::steady_clock::now();
    if (options_.quiet || now - last_said_ < std::chrono::seconds(10)) return;
    last_said_ = now;
    print_error("{} of {} points are bound\n", point, points_.count());
  }

  bool add_point(int point) {
    const auto network = bind_point(session_, program_, points_, point, options_.settings);
    const auto plan = network ? plan_at(point, *network) : std::nullopt;
    if (!plan || !code_.add(name_point(points_, point), *network, *plan)) return false;
    note_shape(*plan);
    description_.add_point(*network);
    needs_.add(*network, *plan, points_.seeds);
    return true;
  }

  // Points one after the other that differ in numbers only share lanes. Not where lanes leap: each
  // would wait for the one with the most events, and with other numbers these are more or fewer.
  void note_shape(const plan::Plan& plan) {
    const bool leaps = std::ranges::any_of(plan.schedules, [](const plan::Schedule& schedule) {
      return schedule.advance == plan::Schedule::Advance::SkipToNextEvent;
    });
    std::string shape = leaps ? "" : image::lane_shape(plan);
    joins_.push_back(!shape.empty() && shape == last_shape_);
    last_shape_ = std::move(shape);
  }

  std::optional<plan::Plan> plan_at(int point, const elaborate::Network& network) {
    Session scratch;
    auto plan = plan_of(scratch, network);
    if (!plan) pass_on(scratch.diagnostics, name_point(points_, point), {}, session_);
    return plan;
  }

  // A second time: holding the plans of all points would take more memory than running them.
  std::shared_ptr<const PointProgram> prepare(int point) {
    const auto network = bind_point(session_, program_, points_, point, options_.settings);
    const auto plan = network ? plan_at(point, *network) : std::nullopt;
    if (!plan) return nullptr;
    const auto code_for = code_.code_for(point, *plan);
    if (!code_for) return nullptr;
    return std::make_shared<const PointProgram>(
        PointProgram{image::build_program(*plan, network->source_directory), *code_for});
  }

  int run_points(const runtime::RunDescription& description, runtime::RunOutput& output) {
    print_messages(session_);
    double seconds = 0;
    std::optional<std::vector<runtime::ReplicaOutcome>> outcomes;
    {
      Console console({options_.quiet, points_.replicas(),
                       [&](int replica) {
                         return runtime::name_replica(description,
                                                      static_cast<std::uint64_t>(replica));
                       },
                       false});
      const Replicas replicas{description.first_seed,
                              points_.seeds,
                              options_.widths,
                              points_.count(),
                              options_.threads,
                              [this](int point) { return joins_[static_cast<std::size_t>(point)]; }};
      outcomes =
          run_replicas(replicas, [this](int point) { return prepare(point); }, console, &output);
      seconds = console.seconds_worked();
    }
    if (!outcomes) return finish(session_, kProgramErrors);
    return report_sweep(
        session_, output,
        {options_.quiet, options_.settings.precision, description.first_seed, seconds}, *outcomes);
  }

  Session& session_;
  const model::Program& program_;
  const SweepOptions& options_;
  const SweepCode& code_;
  SweepPoints points_;
  SweepDescription description_;
  Needs needs_;
  std::vector<bool> joins_;  // by point: it can share lanes with the one before
  std::string last_shape_;   // empty: it shares lanes with none
  std::chrono::steady_clock::time_point last_said_ = std::chrono::steady_clock::now();
};

}  // namespace

// As the only point of a run: an axis may have a million values.
std::string name_point(const SweepPoints& points, int point) {
  runtime::RunDescription run;
  for (elaborate::ParameterSetting& setting : points.settings_of(point))
    run.axes.insert(
        run.axes.begin(),
        {setting.name, units::print_coherent_unit(setting.dimension), {std::move(setting.value)}});
  return runtime::name_point(run, 0);
}

std::optional<elaborate::Network> bind_point(Session& session, const model::Program& program,
                                             const SweepPoints& points, int point,
                                             const Settings& settings) {
  Session scratch;
  Settings all = settings;
  const auto of_point = points.settings_of(point);
  all.values.insert(all.values.end(), of_point.begin(), of_point.end());
  auto network = bind(scratch, program, points.experiment, all);
  if (!network) pass_on(scratch.diagnostics, name_point(points, point), settings.values, session);
  return network;
}

int run_sweep(Session& session, const model::Program& program, const SweepOptions& options,
              const SweepCode& code) {
  const model::Sweep* sweep = find_sweep(session, program, options.file, options.sweep);
  if (sweep == nullptr) return finish(session, kProgramErrors);
  auto given = read_parameters(session, options.settings.parameters);
  if (!given) return finish(session, kProgramErrors);
  SweepOptions read = options;
  read.settings.parameters.clear();
  if (read.output.file.empty()) read.output.file = sweep->name + ".h5";
  auto points = find_points(session, program, *sweep, *given, options.seeds);
  if (!points) return finish(session, kProgramErrors);
  read.settings.values = *std::move(given);
  return SweepRun(session, program, read, code, *std::move(points)).run();
}

}  // namespace bouton::launch
