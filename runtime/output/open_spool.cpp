#include "runtime/output/open_spool.h"

#include <fmt/format.h>

#include "runtime/output/leftovers.h"
#include "runtime/spool/format.h"

namespace bouton::runtime {

namespace {

OutputProblem in_use(const std::filesystem::path& output) {
  return {fmt::format("`{}` is being written by another run", output.string()),
          "wait for its end, or name another file with `-o`"};
}

OutputProblem cannot_write(const std::filesystem::path& output, const std::string& reason) {
  return {fmt::format("cannot write `{}`: {}", output.string(), reason),
          "is its folder there, and may you write into it"};
}

}  // namespace

std::variant<AppendFile, NoSpool, OutputProblem> open_spool(const std::filesystem::path& output) {
  auto opened = AppendFile::open(spool_of(output));
  if (auto* file = std::get_if<AppendFile>(&opened)) return std::move(*file);
  const auto& error = std::get<AppendFile::OpenError>(opened);
  if (error.problem == AppendFile::Problem::Missing) return NoSpool{};
  if (error.problem == AppendFile::Problem::InUse) return in_use(output);
  return cannot_write(spool_of(output), error.reason);
}

std::variant<AppendFile, OutputProblem> create_spool(const std::filesystem::path& output) {
  auto opened = AppendFile::create(spool_of(output));
  if (auto* file = std::get_if<AppendFile>(&opened)) return std::move(*file);
  const auto& error = std::get<AppendFile::OpenError>(opened);
  // Another run has made it since it was looked for.
  if (error.problem == AppendFile::Problem::Exists || error.problem == AppendFile::Problem::InUse)
    return in_use(output);
  return cannot_write(output, error.reason);
}

spool::Bytes bytes_of(const AppendFile& spool) {
  return {[&spool](std::uint64_t offset, std::size_t size) { return spool.read(offset, size); },
          spool.size()};
}

std::variant<spool::Contents, OutputProblem> read_spool(const std::filesystem::path& output,
                                                        const spool::Bytes& bytes) {
  const std::string name = spool_of(output).string();
  auto read = spool::read(bytes);
  if (auto* contents = std::get_if<spool::Contents>(&read)) return std::move(*contents);
  if (const auto* error = std::get_if<Error>(&read))
    return OutputProblem{fmt::format("cannot read `{}`: {}", name, error->message), ""};
  if (const auto* other = std::get_if<spool::OtherVersion>(&read))
    return OutputProblem{
        fmt::format("`{}` is a spool of format {}, this version of Bouton reads format {}", name,
                    other->version, spool::kFormatVersion),
        "recover it with the version that has written it"};
  return OutputProblem{fmt::format("`{}` is no spool that can be read: {}", name,
                                   std::get<spool::NotASpool>(read).reason),
                       "nothing was recorded before; move it away to begin anew"};
}

}  // namespace bouton::runtime
