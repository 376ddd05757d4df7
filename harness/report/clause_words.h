// What a clause demands, in a sentence made from its guard and its requirement.
#ifndef PENDULUM_REPORT_CLAUSE_WORDS_H_
#define PENDULUM_REPORT_CLAUSE_WORDS_H_

#include <string>

#include "harness/oracle/expression.h"
#include "harness/oracle/specification.h"

namespace pendulum::report {

// An expression of type boolean in words: "the call returned S_OK, or …".
std::string ExpressionWords(const oracle::Expression& expression);

// "When an operation returns, if the operation is Flush: what the call returned is S_OK." `clause`
// is its index.
std::string ClauseWords(const oracle::Specification& specification, int clause);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CLAUSE_WORDS_H_
