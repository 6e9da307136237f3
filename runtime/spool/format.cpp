#include "runtime/spool/format.h"

#include "runtime/encoding/values.h"

namespace bouton::runtime::spool {

namespace {

void encode_columns(Encoder& encoder, const std::vector<DescribedColumn>& columns) {
  encoder.add_word(columns.size());
  for (const DescribedColumn& column : columns) {
    encoder.add_text(column.name);
    encoder.add_text(column.unit);
    encoder.add_text(column.population);
  }
}

// Elements in the order in which they are read; what follows a failure is left out.
template <typename T, typename Read>
std::vector<T> decode_all(Decoder& decoder, Read read) {
  std::vector<T> all;
  const std::size_t count = decoder.count(1);
  for (std::size_t i = 0; i < count && !decoder.failed(); ++i) all.push_back(read());
  return all;
}

std::vector<DescribedColumn> decode_columns(Decoder& decoder) {
  return decode_all<DescribedColumn>(decoder, [&decoder] {
    DescribedColumn column;
    column.name = decoder.text();
    column.unit = decoder.text();
    column.population = decoder.text();
    return column;
  });
}

}  // namespace

std::string frame(std::string_view payload) {
  Encoder encoder;
  encoder.add_word(payload.size());
  encoder.add_word(checksum_of(payload));
  return encoder.bytes() + std::string(payload);
}

std::optional<std::uint64_t> size_of_frame(std::string_view head) {
  Decoder decoder(head.substr(0, kFrameHead));
  const std::uint64_t size = decoder.word();
  static_cast<void>(decoder.word());
  constexpr std::uint64_t kMost = std::uint64_t{1} << 62U;  // no sum overflows
  if (decoder.failed() || size > kMost) return std::nullopt;
  return kFrameHead + size;
}

std::optional<Framed> unframe(std::string_view bytes) {
  Decoder head(bytes.substr(0, kFrameHead));
  const std::uint64_t size = head.word();
  const std::uint64_t checksum = head.word();
  if (head.failed() || size > bytes.size() - kFrameHead) return std::nullopt;
  const std::string_view payload = bytes.substr(kFrameHead, static_cast<std::size_t>(size));
  if (checksum_of(payload) != checksum) return std::nullopt;
  return Framed{payload, kFrameHead + payload.size()};
}

void encode(Encoder& encoder, const RunDescription& run) {
  for (const std::string* text : {&run.bouton, &run.program, &run.experiment, &run.sweep,
                                  &run.precision, &run.machine, &run.begun})
    encoder.add_text(*text);
  encoder.add_number(run.timestep);
  encoder.add_numbers(run.timesteps);
  encoder.add_word(run.first_seed);
  encoder.add_word(run.replicas);
  encoder.add_word(run.sources.size());
  for (const SourceText& source : run.sources) {
    encoder.add_text(source.name);
    encoder.add_text(source.text);
  }
  encoder.add_word(run.files.size());
  for (const DescribedFile& file : run.files) {
    encoder.add_text(file.name);
    encoder.add_word(file.size);
    encoder.add_word(file.checksum);
  }
  encoder.add_word(run.axes.size());
  for (const DescribedAxis& axis : run.axes) {
    encoder.add_text(axis.name);
    encoder.add_text(axis.unit);
    encoder.add_word(axis.values.size());
    for (const Value& value : axis.values) runtime::encode(encoder, value);
  }
  encoder.add_word(run.parameters.size());
  for (const DescribedParameter& parameter : run.parameters) {
    encoder.add_text(parameter.name);
    encoder.add_text(parameter.unit);
    runtime::encode(encoder, parameter.value);
  }
  encoder.add_word(run.tables.size());
  for (const auto& columns : run.tables) encode_columns(encoder, columns);
}

RunDescription decode_description(Decoder& decoder) {
  RunDescription run;
  for (std::string* text : {&run.bouton, &run.program, &run.experiment, &run.sweep, &run.precision,
                            &run.machine, &run.begun})
    *text = decoder.text();
  run.timestep = decoder.number();
  run.timesteps = decoder.numbers();
  run.first_seed = decoder.word();
  run.replicas = decoder.word();
  run.sources = decode_all<SourceText>(decoder, [&decoder] {
    SourceText source;
    source.name = decoder.text();
    source.text = decoder.text();
    return source;
  });
  run.files = decode_all<DescribedFile>(decoder, [&decoder] {
    DescribedFile file;
    file.name = decoder.text();
    file.size = decoder.word();
    file.checksum = decoder.word();
    return file;
  });
  run.axes = decode_all<DescribedAxis>(decoder, [&decoder] {
    DescribedAxis axis;
    axis.name = decoder.text();
    axis.unit = decoder.text();
    axis.values = decode_all<Value>(decoder, [&decoder] { return decode_value(decoder); });
    return axis;
  });
  run.parameters = decode_all<DescribedParameter>(decoder, [&decoder] {
    DescribedParameter parameter;
    parameter.name = decoder.text();
    parameter.unit = decoder.text();
    parameter.value = decode_value(decoder);
    return parameter;
  });
  run.tables = decode_all<std::vector<DescribedColumn>>(
      decoder, [&decoder] { return decode_columns(decoder); });
  return run;
}

}  // namespace bouton::runtime::spool
