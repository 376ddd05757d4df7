// Reads the clauses of one specification file.
#ifndef PENDULUM_ORACLE_CLAUSE_READER_H_
#define PENDULUM_ORACLE_CLAUSE_READER_H_

#include <string>

#include "harness/oracle/program.h"
#include "harness/platform/json_reader.h"

namespace pendulum::oracle {

// Appends the clauses of the document to *compiled (clauses, compiled and readings, not the
// programs); they come from the file `file`. What is wrong is reported to the document's errors.
void ReadClauses(const platform::JsonValue& root, const std::string& file,
                 Specification::Compiled* compiled);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_CLAUSE_READER_H_
