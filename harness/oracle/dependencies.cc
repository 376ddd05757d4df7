#include "harness/oracle/dependencies.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <vector>

#include "harness/trace/fields.h"

namespace pendulum::oracle {
namespace {

struct Row {
  Object object;
  std::string_view name;
  Reach reach;
  std::string_view sources;
};
constexpr Row kRows[] = {
#define GROUP(name, sources)
#define DEPENDS(object, name, reach, sources) {Object::object, #name, Reach::reach, sources},
#include "harness/oracle/dependencies.inc"
#undef GROUP
#undef DEPENDS
};

struct NamedGroup {
  std::string_view name;
  std::string_view sources;
};
constexpr NamedGroup kGroups[] = {
#define GROUP(name, sources) {#name, sources},
#define DEPENDS(object, name, reach, sources)
#include "harness/oracle/dependencies.inc"
#undef GROUP
#undef DEPENDS
};

// Takes what stands before `separator` off the front of *text.
std::string_view TakeUntil(std::string_view separator, std::string_view* text) {
  const size_t end = std::min(text->find(separator), text->size());
  const std::string_view part = text->substr(0, end);
  text->remove_prefix(std::min(end + separator.size(), text->size()));
  return part;
}

class Table {
 public:
  Table() {
    by_field_.resize(Fields().size());
    for (const Row& row : kRows) {
      const FieldInfo* field = FindField(row.object, row.name);
      if (field == nullptr) {
        Complain("no field has the name " + std::string(row.name));
        continue;
      }
      by_field_[IndexOf(*field)] = {row.reach, Parse(row.sources)};
      has_row_.insert(field);
    }
    for (const FieldInfo& field : Fields()) {
      const FieldInfo* known = FindField(field.object, "known");
      if (known != nullptr && by_field_[IndexOf(*known)].reach != Reach::kStructure) {
        by_field_[IndexOf(field)].sources |= by_field_[IndexOf(*known)].sources;
      }
      if (!has_row_.contains(&field)) Complain(Name(field) + " has no entry in dependencies.inc");
    }
  }

  const Dependencies& Of(const FieldInfo& field) const { return by_field_[IndexOf(field)]; }
  const std::string& mistake() const { return mistake_; }

 private:
  static size_t IndexOf(const FieldInfo& field) {
    return static_cast<size_t>(&field - Fields().data());
  }
  static std::string Name(const FieldInfo& field) {
    return std::string(Objects()[static_cast<int>(field.object)].name) + "." +
           std::string(field.name);
  }

  void Complain(std::string what) {
    if (mistake_.empty()) mistake_ = std::move(what);
  }

  SourceSet Parse(std::string_view sources) {
    SourceSet set;
    while (!sources.empty()) set |= ParseOne(TakeUntil("; ", &sources));
    return set;
  }

  SourceSet ParseOne(std::string_view source) {
    if (source.starts_with('@')) return ParseGroup(source.substr(1));
    if (source.starts_with('=')) return ParseField(source.substr(1));
    const std::string_view event = TakeUntil(": ", &source);
    SourceSet set;
    if (event == "every event") {
      for (int i = 0; i < trace::kEventKindCount; ++i) {
        set |= ParseFields(static_cast<trace::EventKind>(i), source);
      }
      return set;
    }
    const auto kind = trace::EventFromName(event);
    if (!kind) Complain("no event has the name " + std::string(event));
    if (!kind) return {};
    const bool happened = source != "worker";
    SourceSet of_kind = ParseFields(*kind, source);
    if (happened) of_kind.set(SourceOf(*kind, kHappened));
    return of_kind;
  }

  SourceSet ParseFields(trace::EventKind kind, std::string_view names) {
    SourceSet set;
    while (!names.empty()) {
      const std::string_view name = TakeUntil(" ", &names);
      const trace::FieldSet bit =
          name == "worker" ? trace::kWorkerField : trace::FieldBit(kind, name);
      if (bit == 0) {
        Complain(std::string(trace::EventName(kind)) + " has no field " + std::string(name));
      }
      set |= SourcesOf(kind, bit);
    }
    return set;
  }

  SourceSet ParseGroup(std::string_view name) {
    for (const NamedGroup& group : kGroups) {
      if (group.name == name) return Parse(group.sources);
    }
    Complain("no group has the name " + std::string(name));
    return {};
  }

  // The other field's own row, wherever it stands.
  SourceSet ParseField(std::string_view name) {
    const std::string_view object = TakeUntil(".", &name);
    for (const Row& row : kRows) {
      if (Objects()[static_cast<int>(row.object)].name == object && row.name == name) {
        return Parse(row.sources);
      }
    }
    Complain("no entry is for the field " + std::string(object) + "." + std::string(name));
    return {};
  }

  std::vector<Dependencies> by_field_;
  std::set<const FieldInfo*> has_row_;
  std::string mistake_;
};

const Table& TheTable() {
  static const Table table;
  return table;
}

}  // namespace

SourceSet SourcesOf(trace::EventKind kind, trace::FieldSet fields) {
  SourceSet set;
  const int first = static_cast<int>(kind) * kSourcesOfKind;
  const int count = static_cast<int>(trace::FieldsOf(kind).size());
  for (int i = 0; i < count; ++i) set[first + i] = (fields >> i & 1) != 0;
  set[first + kItsOperation] = (fields & trace::kOperationField) != 0;
  set[first + kItsWorker] = (fields & trace::kWorkerField) != 0;
  return set;
}

SourceSet EverySourceOf(trace::EventKind kind) {
  SourceSet set;
  for (int i = 0; i < kSourcesOfKind; ++i) set.set(SourceOf(kind, i));
  return set;
}

const Dependencies& DependenciesOf(const FieldInfo& field) {
  if (!TheTable().mistake().empty()) {
    std::fprintf(stderr, "dependencies.inc: %s\n", TheTable().mistake().c_str());
    std::abort();
  }
  return TheTable().Of(field);
}

std::string CheckDependencies() { return TheTable().mistake(); }

}  // namespace pendulum::oracle
