# The libraries that Pendulum uses. All are Debian packages; `./x` installs them.

# Where fuzz targets run there are no libraries but the system's own.
if(PENDULUM_FUZZING_ENGINE)
  set(Boost_USE_STATIC_LIBS ON)
endif()
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS context)
find_package(GTest 1.12 REQUIRED)
find_package(benchmark 1.7 REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 3.40 REQUIRED)

# Debian's own interpreter, which sees Debian's modules; another one may come first in PATH.
if(EXISTS /usr/bin/python3)
  set(Python3_EXECUTABLE /usr/bin/python3 CACHE FILEPATH "The Python that runs the test scripts")
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# The names that PACKAGES accepts in pendulum_library, and the target behind each.
set(PENDULUM_PACKAGE_nlohmann_json nlohmann_json::nlohmann_json)
set(PENDULUM_PACKAGE_CLI11 CLI11::CLI11)
set(PENDULUM_PACKAGE_fmt $<IF:$<BOOL:${PENDULUM_FUZZING_ENGINE}>,fmt::fmt-header-only,fmt::fmt>)
set(PENDULUM_PACKAGE_boost_context Boost::context)
set(PENDULUM_PACKAGE_GTest GTest::gmock)
set(PENDULUM_PACKAGE_benchmark benchmark::benchmark)
set(PENDULUM_PACKAGE_threads Threads::Threads)
set(PENDULUM_PACKAGE_sqlite SQLite::SQLite3)
set(PENDULUM_PACKAGE_dl ${CMAKE_DL_LIBS})
