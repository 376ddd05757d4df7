// Whether tests can hold together, as far as each is about one field and numbers.
#ifndef PENDULUM_ORACLE_CONSTRAINTS_H_
#define PENDULUM_ORACLE_CONSTRAINTS_H_

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "harness/oracle/expression.h"

namespace pendulum::oracle {

class Constraints {
 public:
  // Takes the expression's value as given. What is not a test of one field against numbers, or
  // several such that must all hold, says nothing.
  void Add(const Expression& expression, bool holds);

  // Something that can't be: the name of a field that no number is left for, or "FALSE". Empty when
  // nothing is known to be impossible.
  std::string Impossible() const;

 private:
  struct Values {
    std::optional<std::set<int64_t>> allowed;
    std::set<int64_t> excluded;
    int64_t least = std::numeric_limits<int64_t>::min();
    int64_t most = std::numeric_limits<int64_t>::max();
    bool Empty() const;
  };

  void AddRelation(Operator op, const Expression& left, const Expression& right, bool holds);
  void Allow(const FieldInfo* field, const std::set<int64_t>& values);
  void Exclude(const FieldInfo* field, const std::set<int64_t>& values);
  void Bound(const FieldInfo* field, int64_t least, int64_t most);

  std::map<const FieldInfo*, Values> fields_;
  bool impossible_ = false;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_CONSTRAINTS_H_
