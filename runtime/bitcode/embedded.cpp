#include "runtime/bitcode/bitcode.h"

__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    "bouton_bitcode_begin: .incbin \"" BOUTON_BITCODE_FILE
    "\"\n"
    "bouton_bitcode_end: .byte 0\n"
    ".popsection\n");

extern "C" const unsigned char bouton_bitcode_begin[];
extern "C" const unsigned char bouton_bitcode_end[];

namespace bouton::runtime::bitcode {

std::span<const unsigned char> function_bitcode() {
  return {bouton_bitcode_begin, bouton_bitcode_end};
}

}  // namespace bouton::runtime::bitcode
