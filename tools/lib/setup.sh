# Shared by the scripts in tools/: installs what is missing and builds. Meant to be sourced; needs bash.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cd "$root"

build_packages=(
  cmake g++ git ninja-build ccache
  llvm-19-dev clang-19 zlib1g-dev libzstd-dev
  antlr4 libantlr4-runtime-dev
  libfmt-dev libcli11-dev nlohmann-json3-dev libeigen3-dev libhdf5-dev
  libgtest-dev libgmock-dev librandom123-dev libbenchmark-dev
)

# Runs a command as root, with sudo where that is needed.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

is_installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# install_missing package...: silent if all are there. Where there is no apt-get, CMake names what it misses.
install_missing() {
  command -v apt-get >/dev/null || return 0
  local missing=() package
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  [[ ${#missing[@]} -eq 0 ]] && return 0
  echo "== installing: ${missing[*]}"
  as_root apt-get update -qq || echo "apt-get update failed; trying with the lists that are there"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

jobs() { nproc 2>/dev/null || echo 2; }

# configure folder [cmake option...]: a folder that is configured already keeps its generator.
configure() {
  local folder="$1" generator=()
  shift
  mkdir -p "$folder"
  if [[ ! -f $folder/CMakeCache.txt ]] && command -v ninja >/dev/null; then generator=(-G Ninja); fi
  cmake -S "$root" -B "$folder" "${generator[@]}" "$@" >"$folder/configure.log" 2>&1 || {
    cat "$folder/configure.log"
    return 1
  }
}

# build folder [target...]
build() {
  local folder="$1" targets=()
  shift
  if [[ $# -gt 0 ]]; then targets=(--target "$@"); fi
  cmake --build "$folder" --parallel "$(jobs)" "${targets[@]}"
}
