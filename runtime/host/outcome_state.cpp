#include "runtime/host/outcome_state.h"

namespace bouton::runtime {

namespace {

void encode_place(Encoder& encoder, const Place& place) {
  encoder.add_word(place.file);
  encoder.add_word(place.begin);
  encoder.add_word(place.end);
}

Place decode_place(Decoder& decoder) {
  Place place;
  place.file = static_cast<std::uint32_t>(decoder.word());
  place.begin = static_cast<std::uint32_t>(decoder.word());
  place.end = static_cast<std::uint32_t>(decoder.word());
  return place;
}

void encode_plot(Encoder& encoder, const PlotStmt& plot) {
  encoder.add_word(plot.curves.size());
  for (const PlotStmt::Curve& curve : plot.curves) {
    encoder.add_text(curve.y);
    encoder.add_text(curve.x);
    encoder.add_truth(curve.logarithmic);
  }
}

PlotStmt decode_plot(Decoder& decoder) {
  PlotStmt plot;
  plot.curves.resize(decoder.count(17));
  for (PlotStmt::Curve& curve : plot.curves) {
    curve.y = decoder.text();
    curve.x = decoder.text();
    curve.logarithmic = decoder.truth();
  }
  return plot;
}

void encode_expectation(Encoder& encoder, const Expectation& expectation) {
  encode_place(encoder, expectation.place);
  encoder.add_truth(expectation.result.met);
  encoder.add_text(expectation.result.figures);
}

Expectation decode_expectation(Decoder& decoder) {
  Expectation expectation;
  expectation.place = decode_place(decoder);
  expectation.result.met = decoder.truth();
  expectation.result.figures = decoder.text();
  return expectation;
}

void encode_problem(Encoder& encoder, const Failed& problem) {
  encoder.add_truth(problem.has_value());
  if (!problem) return;
  encode_place(encoder, problem->place);
  encoder.add_text(problem->message);
  encoder.add_text(problem->hint);
}

Failed decode_problem(Decoder& decoder) {
  if (!decoder.truth()) return std::nullopt;
  Problem problem;
  problem.place = decode_place(decoder);
  problem.message = decoder.text();
  problem.hint = decoder.text();
  return problem;
}

}  // namespace

void encode_outcome(Encoder& encoder, const ReplicaOutcome& outcome) {
  encoder.add_whole(outcome.steps);
  encoder.add_word(outcome.printed.size());
  for (const std::string& line : outcome.printed) encoder.add_text(line);
  encoder.add_word(outcome.expectations.size());
  for (const Expectation& expectation : outcome.expectations)
    encode_expectation(encoder, expectation);
  encoder.add_word(outcome.plots.size());
  for (const PlotStmt& plot : outcome.plots) encode_plot(encoder, plot);
  encode_problem(encoder, outcome.problem);
}

void decode_outcome(Decoder& decoder, ReplicaOutcome& outcome) {
  outcome.steps = decoder.whole();
  outcome.printed.resize(decoder.count(8));
  for (std::string& line : outcome.printed) line = decoder.text();
  outcome.expectations.resize(decoder.count(33));
  for (Expectation& expectation : outcome.expectations) expectation = decode_expectation(decoder);
  outcome.plots.resize(decoder.count(8));
  for (PlotStmt& plot : outcome.plots) plot = decode_plot(decoder);
  outcome.problem = decode_problem(decoder);
}

}  // namespace bouton::runtime
