// The inputs of corpus/regressions, each of which once showed a mistake.
#ifndef PENDULUM_TESTS_REGRESSIONS_REGRESSIONS_H_
#define PENDULUM_TESTS_REGRESSIONS_REGRESSIONS_H_

#include <string>
#include <vector>

namespace pendulum::regressions {

// All files in `folder`, as "target/name" and in the order of these; pages (.md) are left out. What
// lies where no target is is among them, since CheckRegression refuses it.
std::vector<std::string> Regressions(const std::string& folder);

// A name for a test: "read_entity_body__0a24c9c0f15cb9bc".
std::string TestName(const std::string& regression);

// What is wrong with one of them: that its mistake is there again, that another one is, or that it
// can't be run. Empty: nothing.
std::string CheckRegression(const std::string& folder, const std::string& regression);

}  // namespace pendulum::regressions

#endif  // PENDULUM_TESTS_REGRESSIONS_REGRESSIONS_H_
