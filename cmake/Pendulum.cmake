# How Pendulum's own targets are compiled, and the functions that make them:
#
#   pendulum_library(<folder> SOURCES a.cc b.cc [DEPENDS platform trace] [PACKAGES fmt])
#       The static library pendulum_<folder>. DEPENDS names folders of harness/ (the order in which
#       folders are added does not matter); PACKAGES names libraries of cmake/Packages.cmake.
#   pendulum_program(<name> SOURCES main.cc [DEPENDS ...] [WHOLE ...] [PACKAGES ...])
#       An executable at the top of the build folder.
#   pendulum_test(<name> SOURCES a_test.cc [DEPENDS ...] [WHOLE ...] [PACKAGES ...] [TIMEOUT s])
#       The GoogleTest program test_<name>, and one ctest entry <name> with a limit of s seconds.
#   pendulum_bench(<name> SOURCES a_bench.cc [DEPENDS ...] [WHOLE ...] [PACKAGES ...])
#       The Google Benchmark program bench_<name>, built by the target `benchmarks`.
#
# WHOLE names folders that are linked with every object file, called or not: what a loaded module
# may call must be in the executable even if nothing in the executable calls it.

option(PENDULUM_WERROR "Warnings in Pendulum's own code are errors" ON)
option(PENDULUM_FUZZERS "Build the libFuzzer targets" OFF)
set(PENDULUM_FUZZING_ENGINE "" CACHE STRING
  "What the fuzz targets are linked with, from a platform that gives all sanitizers' flags itself")
option(PENDULUM_COVERAGE "Compile the harness for source-based coverage" OFF)
set(PENDULUM_PROFILE "" CACHE STRING
  "`generate`: count what runs, for a profile; the file of one: optimise for what runs often")
set(PENDULUM_SANITIZE "" CACHE STRING "Sanitizers of the harness: empty, or address,undefined")

# The harness switches fibers on its own; ThreadSanitizer would report those switches as races. It
# belongs to the module under test alone.
if("${PENDULUM_SANITIZE} ${CMAKE_CXX_FLAGS}" MATCHES "thread|memory")
  message(FATAL_ERROR "The harness is never built with ThreadSanitizer or MemorySanitizer; "
                      "they are for the module under test (see harness/README.md).")
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# A module that is loaded resolves the Win32 functions against the executable.
set(CMAKE_ENABLE_EXPORTS ON)
# Optimised a little: the tests run hundreds of thousands of schedules.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g")
# Debug information in release builds too: findings name lines of code.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g -DNDEBUG")

# pendulum_options carries the flags of every target of ours, and of nothing else.
add_library(pendulum_options INTERFACE)
target_include_directories(pendulum_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(pendulum_options INTERFACE
  -Wall -Wextra $<$<BOOL:${PENDULUM_WERROR}>:-Werror> -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 15)
  # Later versions report two things that are meant: fields that a designated initialiser leaves
  # out, which C++ sets to their defaults, and std::stable_sort, which in Debian 12's library calls
  # a function that C++17 deprecates. Clang 14 still reports every other deprecated function.
  target_compile_options(pendulum_options INTERFACE -Wno-deprecated-declarations)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 19)
    target_compile_options(pendulum_options INTERFACE -Wno-missing-designated-field-initializers)
  endif()
endif()
if(PENDULUM_SANITIZE)
  target_compile_options(pendulum_options INTERFACE
    -fsanitize=${PENDULUM_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(pendulum_options INTERFACE -fsanitize=${PENDULUM_SANITIZE})
endif()
set(PENDULUM_FUZZ_SANITIZE "address,undefined" CACHE STRING
  "Sanitizers of the libFuzzer targets and the harness in them; empty for none")
if(PENDULUM_FUZZERS AND PENDULUM_FUZZING_ENGINE)
  target_compile_options(pendulum_options INTERFACE -UNDEBUG)
elseif(PENDULUM_FUZZERS)
  # The harness is compiled with it, so that libFuzzer sees which of its branches an input takes,
  # and with its assertions, each of which an input might break. Tracing comparisons as well, which
  # -fsanitize=fuzzer would, costs more than it finds where inputs have a structure.
  target_compile_options(pendulum_options INTERFACE
    -fsanitize-coverage=inline-8bit-counters,pc-table -UNDEBUG)
  if(PENDULUM_FUZZ_SANITIZE)
    target_compile_options(pendulum_options INTERFACE
      -fsanitize=${PENDULUM_FUZZ_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(pendulum_options INTERFACE -fsanitize=${PENDULUM_FUZZ_SANITIZE})
  endif()
endif()
if(PENDULUM_PROFILE STREQUAL "generate")
  target_compile_options(pendulum_options INTERFACE -fprofile-generate)
  target_link_options(pendulum_options INTERFACE -fprofile-generate)
elseif(PENDULUM_PROFILE)
  # What the training never ran has no counts, and is compiled for size.
  target_compile_options(pendulum_options INTERFACE "-fprofile-use=${PENDULUM_PROFILE}"
    -Wno-profile-instr-unprofiled -Wno-profile-instr-out-of-date -Wno-backend-plugin)
endif()
if(PENDULUM_COVERAGE)
  target_compile_options(pendulum_options INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(pendulum_options INTERFACE -fprofile-instr-generate)
endif()

# Links <target> with the folders in DEPENDS and WHOLE and the libraries in PACKAGES.
function(pendulum_link target visibility)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "DEPENDS;WHOLE;PACKAGES")
  target_link_libraries(${target} ${visibility} pendulum_options)
  foreach(folder IN LISTS arg_WHOLE)
    # The objects come first, so nothing is left to be taken from the archive that follows them.
    target_sources(${target} PRIVATE
      $<$<TARGET_EXISTS:pendulum_${folder}>:$<TARGET_OBJECTS:pendulum_${folder}>>)
    target_link_libraries(${target} ${visibility} pendulum_${folder})
  endforeach()
  foreach(folder IN LISTS arg_DEPENDS)
    if(NOT folder IN_LIST arg_WHOLE)
      target_link_libraries(${target} ${visibility} pendulum_${folder})
    endif()
  endforeach()
  foreach(package IN LISTS arg_PACKAGES)
    if(NOT DEFINED PENDULUM_PACKAGE_${package})
      message(FATAL_ERROR "${target}: cmake/Packages.cmake has no package '${package}'")
    endif()
    target_link_libraries(${target} ${visibility} ${PENDULUM_PACKAGE_${package}})
  endforeach()
endfunction()

function(pendulum_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PACKAGES")
  add_library(pendulum_${folder} STATIC ${arg_SOURCES})
  pendulum_link(pendulum_${folder} PUBLIC DEPENDS ${arg_DEPENDS} PACKAGES ${arg_PACKAGES})
endfunction()

function(pendulum_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;WHOLE;PACKAGES")
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  pendulum_link(${name} PRIVATE DEPENDS ${arg_DEPENDS} WHOLE ${arg_WHOLE} PACKAGES ${arg_PACKAGES})
endfunction()

function(pendulum_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;DEPENDS;WHOLE;PACKAGES")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(test_${name} ${arg_SOURCES})
  pendulum_link(test_${name} PRIVATE
    DEPENDS ${arg_DEPENDS} WHOLE ${arg_WHOLE} PACKAGES ${arg_PACKAGES})
  target_link_libraries(test_${name} PRIVATE GTest::gmock GTest::gtest_main)
  target_compile_definitions(test_${name} PRIVATE
    "PENDULUM_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\""
    "PENDULUM_BINARY_DIR=\"${PROJECT_BINARY_DIR}\"")
  add_test(NAME ${name} COMMAND test_${name})
  # GoogleTest calls a program without tests a success; here it is a failure.
  set(suppressions "${PROJECT_SOURCE_DIR}/cmake/lsan.supp")
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${arg_TIMEOUT}
    FAIL_REGULAR_EXPRESSION "Running 0 tests"
    ENVIRONMENT "LSAN_OPTIONS=print_suppressions=0:suppressions=${suppressions}")
endfunction()

set(PENDULUM_FINDING_TESTS "" CACHE STRING
  "Files that `pendulum replay --emit-test` has written: each is a test, finding_<name>")

# The program of a file that `pendulum replay --emit-test` has written.
function(pendulum_finding_program target file)
  add_executable(${target} "${file}")
  pendulum_link(${target} PRIVATE DEPENDS cli WHOLE win32 module)
  target_link_libraries(${target} PRIVATE GTest::gtest_main)
  target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/harness/cli/sanitizer_options.cc")
  file(STRINGS "${file}" sanitizer REGEX "^// Sanitizer: address")
  if(sanitizer)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
  endif()
endfunction()

function(pendulum_finding_test file)
  cmake_path(GET file STEM name)
  pendulum_finding_program(test_finding_${name} "${file}")
  target_compile_definitions(test_finding_${name} PRIVATE "PENDULUM_TEST_FILE=\"${file}\"")
  add_test(NAME finding_${name} COMMAND test_finding_${name})
endfunction()

add_custom_target(benchmarks)
function(pendulum_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;WHOLE;PACKAGES")
  add_executable(bench_${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  pendulum_link(bench_${name} PRIVATE
    DEPENDS ${arg_DEPENDS} WHOLE ${arg_WHOLE} PACKAGES ${arg_PACKAGES})
  target_link_libraries(bench_${name} PRIVATE benchmark::benchmark_main)
  add_dependencies(benchmarks bench_${name})
  target_compile_definitions(bench_${name} PRIVATE
    "PENDULUM_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\""
    "PENDULUM_BINARY_DIR=\"${PROJECT_BINARY_DIR}\"")
endfunction()
