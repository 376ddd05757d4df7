#include "harness/explore/reading_runs.h"

#include <bit>

namespace pendulum::explore {
namespace {

// How likely it may be at most that the failing runs saw the reading for no reason: there are up to
// 128 readings and many findings to be wrong about.
constexpr double kMostChance = 1e-6;

bool Has(oracle::ReadingSet set, size_t reading) { return (set >> reading & 1) != 0; }

int Lowest(oracle::ReadingSet set) {
  const auto low = static_cast<uint64_t>(set);
  return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<uint64_t>(set >> 64));
}

// The runs of the scenarios that the failing runs belong to.
ReadingRuns RunsOf(size_t reading, const FailingRuns& failing,
                   std::span<const ReadingTable> tables) {
  ReadingRuns runs;
  for (const auto& [scenario, count] : failing.count_by_scenario) {
    runs.Add(tables[scenario][reading]);
  }
  return runs;
}

// How likely it is that as many runs of the same scenarios, taken blindly from those that reached
// the clause, all saw the reading.
double ChanceOf(size_t reading, const FailingRuns& failing, std::span<const ReadingTable> tables) {
  double chance = 1;
  for (const auto& [scenario, count] : failing.count_by_scenario) {
    const ReadingRuns& runs = tables[scenario][reading];
    const auto seen = static_cast<double>(runs.seen[0] + runs.seen[1]);
    const double all = seen + static_cast<double>(runs.other[0] + runs.other[1]);
    for (uint64_t run = 0; run < count && chance > kMostChance; ++run) chance *= seen / all;
  }
  return chance;
}

}  // namespace

void ReadingRuns::Add(const ReadingRuns& more) {
  for (const int failed : {0, 1}) {
    seen[failed] += more.seen[failed];
    other[failed] += more.other[failed];
  }
}

bool IsFailure(const oracle::Clause& clause) {
  return clause.subject == oracle::Subject::kModule && clause.level == oracle::Level::kMust;
}

OtherReadings OtherReadingsOf(const oracle::Specification& specification) {
  OtherReadings others = {};
  const auto readings = specification.readings();
  for (size_t i = 0; i < readings.size(); ++i) {
    for (size_t j = 0; j < readings.size(); ++j) {
      if (i != j && readings[i].clause == readings[j].clause)
        others[i] |= oracle::ReadingSet{1} << j;
    }
  }
  return others;
}

void NoteReadings(oracle::ReadingSet seen, bool failed, const OtherReadings& others,
                  ReadingRuns* table) {
  oracle::ReadingSet reachable = 0;
  for (oracle::ReadingSet left = seen; left != 0; left &= left - 1) {
    const int reading = Lowest(left);
    ++table[reading].seen[failed ? 1 : 0];
    reachable |= others[static_cast<size_t>(reading)];
  }
  for (oracle::ReadingSet left = reachable & ~seen; left != 0; left &= left - 1) {
    ++table[Lowest(left)].other[failed ? 1 : 0];
  }
}

std::vector<Reliance> RelianceOf(const FailingRuns& failing, std::span<const ReadingTable> tables,
                                 const oracle::Specification& specification) {
  std::vector<Reliance> found;
  const auto readings = specification.readings();
  for (size_t i = 0; i < readings.size(); ++i) {
    if (!Has(failing.readings_in_all, i)) continue;
    Reliance reliance;
    reliance.clause = readings[i].clause;
    reliance.failing_reading = readings[i].index;
    for (size_t j = 0; j < readings.size(); ++j) {
      if (readings[j].clause != readings[i].clause || Has(failing.readings_in_all, j)) continue;
      if (RunsOf(j, failing, tables).seen[0] == 0) continue;
      reliance.passing_readings.push_back(readings[j].index);
    }
    for (const auto& [scenario, count] : failing.count_by_scenario) reliance.failing_runs += count;
    reliance.passing_runs = RunsOf(i, failing, tables).other[0];
    if (reliance.passing_readings.empty() || reliance.passing_runs == 0) continue;
    if (ChanceOf(i, failing, tables) > kMostChance) continue;
    found.push_back(std::move(reliance));
  }
  return found;
}

std::string ReadingTexts(const oracle::Clause& clause, std::span<const size_t> readings) {
  std::string text;
  for (const size_t index : readings) {
    text += (text.empty() ? "" : ", or ") + clause.readings[index].text;
  }
  return text;
}

}  // namespace pendulum::explore
