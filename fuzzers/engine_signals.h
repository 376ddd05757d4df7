// Signals that a fuzzing engine handles come at any moment, also while a module runs. What the
// handler calls is the engine's own then, and not the module's.
#ifndef PENDULUM_FUZZERS_ENGINE_SIGNALS_H_
#define PENDULUM_FUZZERS_ENGINE_SIGNALS_H_

namespace pendulum::fuzzers {

// Puts itself in front of the handlers that the engine has now: while one runs, no call is taken
// for one of the module. Without it libFuzzer's alarm reads the module's virtual clock, which began
// years ago, and ends the process as if the input took too long. The first call alone does
// something.
void GuardEngineSignals();

}  // namespace pendulum::fuzzers

#endif  // PENDULUM_FUZZERS_ENGINE_SIGNALS_H_
