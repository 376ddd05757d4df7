#!/usr/bin/env bash
# Builds every fuzz target as OSS-Fuzz and ClusterFuzzLite ask for it: with the compilers and flags
# given and none of our own, linked with the engine given, into $OUT with corpora, dictionaries and
# options beside. `./x oss-fuzz-check` runs it without a container and tries what came of it.

set -euo pipefail

source_folder=${PENDULUM_SOURCE:-$SRC/pendulum}
build=$WORK/pendulum-$SANITIZER-${FUZZING_ENGINE:-libfuzzer}

# CMake takes CC, CXX, CFLAGS and CXXFLAGS from the environment; the build type None adds nothing.
cmake -S "$source_folder" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DPENDULUM_WERROR=OFF \
  -DPENDULUM_FUZZERS=ON "-DPENDULUM_FUZZING_ENGINE=$LIB_FUZZING_ENGINE"

# Whatever fuzzers/ makes a program of.
mapfile -t targets < <(ninja -C "$build" -t targets all |
  sed -n 's|^fuzzers/\([A-Za-z0-9_-]*\): CXX_EXECUTABLE_LINKER.*|\1|p' | sort -u)
[[ ${#targets[@]} -gt 0 ]] || { echo "build.sh: fuzzers/ has no target" >&2; exit 1; }
ninja -C "$build" "${targets[@]/#/fuzzers/}"

for target in "${targets[@]}"; do
  cp "$build/fuzzers/$target" "$OUT/$target"
  python3 "$source_folder/fuzzers/package.py" "$source_folder" "$target" "$OUT"
done
