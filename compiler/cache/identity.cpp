#include "compiler/cache/identity.h"

#include <link.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace bouton::cache {

namespace {

using namespace std::string_view_literals;

// In one segment of notes: (sizes of name and content, type, name, content) one after the other.
std::string find_build_id(std::span<const char> notes, std::size_t alignment) {
  const auto padded = [&](std::size_t size) {
    return (size + alignment - 1) / alignment * alignment;
  };
  ElfW(Nhdr) note{};
  while (notes.size() >= sizeof note) {
    std::memcpy(&note, notes.data(), sizeof note);
    notes = notes.subspan(sizeof note);
    const std::size_t name = padded(note.n_namesz);
    const std::size_t content = padded(note.n_descsz);
    if (name + content > notes.size()) return {};
    const bool is_gnu = std::string_view(notes.data(), note.n_namesz) == "GNU\0"sv;
    if (is_gnu && note.n_type == NT_GNU_BUILD_ID) return {notes.data() + name, note.n_descsz};
    notes = notes.subspan(name + content);
  }
  return {};
}

std::string build_id_of(const dl_phdr_info& object) {
  for (const ElfW(Phdr) & segment : std::span(object.dlpi_phdr, object.dlpi_phnum)) {
    if (segment.p_type != PT_NOTE) continue;
    const ElfW(Addr) address = object.dlpi_addr + segment.p_vaddr;
    const auto* begin = reinterpret_cast<const char*>(address);  // NOLINT: the loader tells numbers
    std::string found = find_build_id({begin, segment.p_memsz}, segment.p_align == 8 ? 8 : 4);
    if (!found.empty()) return found;
  }
  return {};
}

// The program itself comes first. What the kernel maps has no file and no part in the code.
int collect(dl_phdr_info* object, std::size_t, void* into) {
  auto& ids = *static_cast<std::vector<std::string>*>(into);
  const std::string_view name = object->dlpi_name;
  if (ids.empty() || name.starts_with('/')) ids.push_back(build_id_of(*object));
  return 0;
}

}  // namespace

std::optional<std::string> identity_of_this_program() {
  std::vector<std::string> ids;
  ::dl_iterate_phdr(collect, &ids);
  if (ids.empty() || ids.front().empty()) return std::nullopt;
  std::string all;
  for (const std::string& id : ids) all += id;
  return all;
}

}  // namespace bouton::cache
