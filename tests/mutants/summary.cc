#include "tests/mutants/summary.h"

#include <iomanip>

#include "harness/host/mutants.h"
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

constexpr int kNameColumns = 28;
constexpr int kClauseColumns = 16;

const char* BreaksName(host::Breaks breaks) {
  constexpr const char* kNames[] = {"must", "should", "open"};
  return kNames[static_cast<size_t>(breaks)];
}

const host::MutantDescription& Description(const Catch& seen) {
  return host::Mutants()[static_cast<size_t>(seen.mutant)];
}

// The violation that counts for the mutant: of a clause of the level that it breaks, or of any.
const Seen* Killing(const Catch& seen) {
  if (seen.state.first.clause != 0) return &seen.state.first;
  const bool must = Description(seen).breaks == host::Breaks::kMust;
  return !must && seen.state.first_should.clause != 0 ? &seen.state.first_should : nullptr;
}

template <class Somewhere>
std::string Place(const Somewhere& seen) {
  return std::string(Probes()[seen.probe].name) + " in " +
         std::string(ScenarioNames()[seen.scenario]) + ", run " + std::to_string(seen.run);
}

double Seconds(uint64_t elapsed_ms) { return static_cast<double>(elapsed_ms) / 1000; }

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

void PrintTable(const std::vector<int>& mutants, bool json, std::ostream* out) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const int index : mutants) {
    const host::MutantDescription& mutant = host::Mutants()[static_cast<size_t>(index)];
    const char* breaks = BreaksName(mutant.breaks);
    if (json) {
      list.push_back({{"name", mutant.name}, {"breaks", breaks}, {"meaning", mutant.meaning}});
    } else {
      *out << std::left << std::setw(kNameColumns) << mutant.name << std::setw(7) << breaks << " "
           << mutant.meaning << "\n";
    }
  }
  if (json) *out << list.dump(2) << "\n";
}

std::string Summary::Id(const Seen& seen) const {
  return specification_.clauses()[seen.clause - 1].id;
}

std::vector<std::string> Summary::HostClauses(bool (*wanted)(const TrialState&, size_t),
                                              const TrialState& state) const {
  std::vector<std::string> ids;
  for (size_t i = 0; i < specification_.clauses().size(); ++i) {
    const oracle::Clause& clause = specification_.clauses()[i];
    if (clause.subject == oracle::Subject::kHost && wanted(state, i)) ids.push_back(clause.id);
  }
  return ids;
}

Summary::Json Summary::SeenJson(const Seen& seen) const {
  return {{"clause", Id(seen)},
          {"probe", Probes()[seen.probe].name},
          {"scenario", ScenarioNames()[seen.scenario]},
          {"run", seen.run},
          {"message", seen.text}};
}

void Summary::AddUnmutated(const Catch& seen) {
  const Seen& first = seen.state.first;
  host_clean_ = first.clause == 0 && seen.crashes == 0 && !seen.out_of_time;
  unreached_ =
      HostClauses([](const TrialState& state, size_t clause) { return state.reached[clause] == 0; },
                  seen.state);
  if (json_) return;
  *out_ << "The host as it is: " << seen.state.runs_done << " runs of " << Probes().size()
        << " probes in " << ScenarioNames().size() << " scenarios, " << Seconds(seen.elapsed_ms)
        << " s\n";
  if (seen.crashes != 0) *out_ << "  " << seen.crashes << " crashes or hangs\n";
  if (seen.out_of_time) *out_ << "  did not come to its end in time\n";
  for (size_t i = 0; i < specification_.clauses().size(); ++i) {
    if (seen.state.broken[i] == 0) continue;
    const bool host = specification_.clauses()[i].subject == oracle::Subject::kHost;
    *out_ << "  " << (host ? "BREAKS " : "probes break ") << specification_.clauses()[i].id << " "
          << seen.state.broken[i] << " times, in " << Place(seen.state.last[i]) << "\n";
  }
  if (first.clause != 0) {
    *out_ << "  first: " << Id(first) << ", " << Place(first) << ": " << first.text << "\n";
  }
  *out_ << std::endl;
}

void Summary::Add(const Catch& seen) {
  const host::MutantDescription& mutant = Description(seen);
  const Seen* killing = Killing(seen);
  ++tried_;
  killed_ += killing != nullptr;
  if (killing == nullptr) {
    (mutant.breaks == host::Breaks::kOpen ? open_ : survivors_).push_back(mutant.name);
  }
  for (size_t i = 0; i < kMostClauses; ++i) broken_.broken[i] += seen.state.broken[i];
  if (json_) {
    Json one = {{"name", mutant.name},
                {"breaks", BreaksName(mutant.breaks)},
                {"meaning", mutant.meaning},
                {"killed", killing != nullptr},
                {"seconds", Seconds(seen.elapsed_ms)},
                {"runs", seen.state.runs_done},
                {"place_reached", seen.state.visits},
                {"crashes", seen.crashes}};
    if (killing != nullptr) one["by"] = SeenJson(*killing);
    mutants_.push_back(std::move(one));
    return;
  }
  *out_ << std::left << std::setw(kNameColumns) << mutant.name << std::setw(kClauseColumns)
        << (killing != nullptr ? Id(*killing) : "SURVIVES") << std::right << std::fixed
        << std::setprecision(1) << std::setw(5) << Seconds(seen.elapsed_ms) << " s  ";
  if (killing != nullptr) {
    *out_ << Place(*killing);
  } else {
    *out_ << BreaksName(mutant.breaks) << ": " << mutant.meaning << " (" << seen.state.visits
          << " times in " << seen.state.runs_done << " runs";
    if (seen.crashes != 0) *out_ << ", " << seen.crashes << " crashes";
    if (seen.state.first_should.clause != 0) {
      *out_ << "; only a warning: " << Id(seen.state.first_should);
    }
    *out_ << ")";
  }
  *out_ << std::endl;
}

void Summary::Finish(bool clauses) {
  std::vector<std::string> unbroken;
  if (clauses) {
    unbroken = HostClauses(
        [](const TrialState& state, size_t clause) { return state.broken[clause] == 0; }, broken_);
  }
  if (json_) {
    Json all = {{"schema", "pendulum-mutants/1"},
                {"host_clean", host_clean_},
                {"killed", killed_},
                {"total", tried_},
                {"survivors", survivors_},
                {"survivors_that_break_nothing", open_},
                {"clauses_not_reached", unreached_}};
    if (clauses) all["clauses_not_broken"] = unbroken;
    all["mutants"] = std::move(mutants_);
    *out_ << all.dump(2) << "\n";
    return;
  }
  *out_ << "\n" << killed_ << " of " << tried_ << " mutants are noticed by a clause of the host\n";
  if (!survivors_.empty()) {
    *out_ << survivors_.size() << " that break a rule are not: " << Joined(survivors_) << "\n";
  }
  if (!open_.empty()) {
    *out_ << open_.size() << " that break no rule are not: " << Joined(open_) << "\n";
  }
  if (!unreached_.empty()) {
    *out_ << unreached_.size()
          << " clauses of the host are reached by no probe: " << Joined(unreached_) << "\n";
  }
  if (clauses) {
    *out_ << unbroken.size() << " clauses of the host are broken by no mutant: " << Joined(unbroken)
          << "\n";
  }
}

}  // namespace pendulum::mutants
