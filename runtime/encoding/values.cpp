#include "runtime/encoding/values.h"

namespace bouton::runtime {
namespace {

// The alternatives of Value in a file; their numbers never change.
enum class Tag : std::uint8_t { Numbers, Truth, Text, List, Record, Spikes };

// Lists and records of an experiment are two or three deep; a file that goes deeper is damaged.
constexpr int kDeepest = 64;

struct EncodeValue {
  Encoder& encoder;

  void tag(Tag tag) const { encoder.add_byte(static_cast<std::uint8_t>(tag)); }

  void operator()(const Tensor& tensor) const {
    tag(Tag::Numbers);
    encode(encoder, tensor);
  }
  void operator()(bool truth) const {
    tag(Tag::Truth);
    encoder.add_truth(truth);
  }
  void operator()(const std::string& text) const {
    tag(Tag::Text);
    encoder.add_text(text);
  }
  void operator()(const List& list) const {
    tag(Tag::List);
    encoder.add_word(list.items.size());
    for (const Value& item : list.items) encode(encoder, item);
  }
  void operator()(const Record& record) const {
    tag(Tag::Record);
    encoder.add_word(record.fields.size());
    for (const auto& [name, value] : record.fields) {
      encoder.add_text(name);
      encode(encoder, value);
    }
  }
  void operator()(const SpikeList& spikes) const {
    tag(Tag::Spikes);
    encoder.add_wholes(spikes.step);
    encoder.add_wholes(spikes.neuron);
  }
};

Value decode_nested(Decoder& decoder, int depth);

List decode_list(Decoder& decoder, int depth) {
  List list;
  const std::size_t count = decoder.count(1);
  for (std::size_t i = 0; i < count && !decoder.failed(); ++i)
    list.items.push_back(decode_nested(decoder, depth));
  return list;
}

Record decode_record(Decoder& decoder, int depth) {
  Record record;
  const std::size_t count = decoder.count(1);
  for (std::size_t i = 0; i < count && !decoder.failed(); ++i) {
    std::string name = decoder.text();
    record.fields.emplace_back(std::move(name), decode_nested(decoder, depth));
  }
  return record;
}

SpikeList decode_spikes(Decoder& decoder) {
  SpikeList spikes;
  spikes.step = decoder.wholes();
  spikes.neuron = decoder.wholes();
  if (spikes.step.size() != spikes.neuron.size()) decoder.fail();
  return spikes;
}

Value decode_nested(Decoder& decoder, int depth) {
  if (depth > kDeepest) decoder.fail();
  const std::uint8_t tag = decoder.byte();
  if (decoder.failed()) return {};
  switch (static_cast<Tag>(tag)) {
    case Tag::Numbers:
      return decode_tensor(decoder);
    case Tag::Truth:
      return decoder.truth();
    case Tag::Text:
      return decoder.text();
    case Tag::List:
      return decode_list(decoder, depth + 1);
    case Tag::Record:
      return decode_record(decoder, depth + 1);
    case Tag::Spikes:
      return decode_spikes(decoder);
  }
  decoder.fail();
  return {};
}

}  // namespace

void encode(Encoder& encoder, const Tensor& tensor) {
  encoder.add_byte(static_cast<std::uint8_t>(tensor.rank()));
  for (const std::size_t extent : tensor.shape().extents()) encoder.add_word(extent);
  encoder.add_numbers(tensor.data());
}

void encode(Encoder& encoder, const Value& value) { std::visit(EncodeValue{encoder}, value.node); }

Tensor decode_tensor(Decoder& decoder) {
  std::vector<std::size_t> extents(decoder.byte());
  if (extents.size() > kMaxRank) extents.clear(), decoder.fail();
  for (std::size_t& extent : extents) extent = decoder.word();
  std::vector<double> numbers = decoder.numbers();
  const auto shape = make_shape(extents);
  if (!decoder.failed() && shape && shape->elements() == numbers.size())
    return {*shape, std::move(numbers)};
  decoder.fail();
  return {};
}

Value decode_value(Decoder& decoder) { return decode_nested(decoder, 0); }

}  // namespace bouton::runtime
