// Values of an experiment as bytes: every kind, every shape, every bit of every number.
#pragma once

#include "runtime/encoding/encoding.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

void encode(Encoder& encoder, const Tensor& tensor);
void encode(Encoder& encoder, const Value& value);

// What does not fit makes the decoder fail and gives the number 0.
[[nodiscard]] Tensor decode_tensor(Decoder& decoder);
[[nodiscard]] Value decode_value(Decoder& decoder);

}  // namespace bouton::runtime
