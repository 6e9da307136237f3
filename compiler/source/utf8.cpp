#include "compiler/source/utf8.h"

namespace bouton::source {
namespace {

struct LeadByte {
  std::size_t length;
  char32_t bits;
  char32_t smallest;  // anything below is an overlong form
};

std::optional<LeadByte> read_lead_byte(unsigned char byte) {
  if (byte < 0x80U) return LeadByte{1, byte, 0};
  if ((byte & 0xE0U) == 0xC0U) return LeadByte{2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0U) == 0xE0U) return LeadByte{3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8U) == 0xF0U) return LeadByte{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

bool is_scalar_value(char32_t value) {
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value <= 0x10FFFF && !surrogate;
}

}  // namespace

std::optional<CodePoint> decode_code_point(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  const auto lead = read_lead_byte(static_cast<unsigned char>(text[at]));
  if (!lead || lead->length > text.size() - at) return std::nullopt;
  char32_t value = lead->bits;
  for (std::size_t i = 1; i < lead->length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (byte & 0x3FU);
  }
  if (value < lead->smallest || !is_scalar_value(value)) return std::nullopt;
  return CodePoint{value, lead->length};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto code_point = decode_code_point(text, at);
    if (!code_point) return at;
    at += code_point->length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const bool continuation = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (!continuation) ++count;
  }
  return count;
}

}  // namespace bouton::source
