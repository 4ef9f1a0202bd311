#include "generate/write_caseload.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "batch/out_file.h"

namespace duly {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t bytes_at_once = std::size_t{1} << 20U;

/// A file that is written in large pieces.
class Writer {
 public:
  std::vector<Diagnostic> open(const std::string& path) {
    auto file = OutFile::open(path, 0);
    if (!file) return file.errors();
    file_ = std::move(*file);
    return {};
  }
  std::optional<Diagnostic> add(std::string_view text) {
    waiting_ += text;
    return waiting_.size() < bytes_at_once ? std::nullopt : flush();
  }
  std::optional<Diagnostic> flush() {
    auto wrong = file_->add(waiting_);
    waiting_.clear();
    return wrong;
  }

 private:
  std::unique_ptr<OutFile> file_;
  std::string waiting_;
};

void add_unique(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void add_names(std::vector<std::string>& names, const std::vector<ModelValue>& values) {
  for (const ModelValue& value : values) add_unique(names, value.name);
}

std::string joined(const std::vector<std::string>& words, char between) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : std::string(1, between)).append(word);
  return out;
}

std::string_view find(const std::vector<NamedWord>& words, const std::string& name) {
  for (const auto& [own, word] : words)
    if (own == name) return word;
  return {};
}

class Tables {
 public:
  explicit Tables(const Model& model) : no_other_(joined(model.no_other, ' ')) {
    for (const auto* values : {&model.request, &model.place, &model.facts}) add_names(household_, *values);
    for (const ModelRole& role : model.roles) {
      add_names(person_, role.facts);
      for (const ModelRecord& record : role.records) add_names(of_person_[record.list], record.fields);
    }
    for (const ModelRecord& record : model.records) add_names(of_household_[record.list], record.fields);
  }

  std::vector<Diagnostic> open(const std::string& folder) {
    std::vector<std::pair<std::string, std::string>> headers{{"household", "household," + joined(household_, ',') + ",no_other"},
                                                             {"person", "household,person," + joined(person_, ',')},
                                                             {"relation", "household,relation,person,other"}};
    for (const auto& [list, fields] : of_person_) headers.emplace_back(list, "household,person," + joined(fields, ','));
    for (const auto& [list, fields] : of_household_) headers.emplace_back(list, "household," + joined(fields, ','));
    for (const auto& [name, header] : headers) {
      if (auto wrong = files_[name].open((fs::path(folder) / (name + ".csv")).string()); !wrong.empty()) return wrong;
      if (auto wrong = files_[name].add(header + "\n")) return {*wrong};
    }
    return {};
  }

  std::optional<Diagnostic> add(const DrawnHousehold& h) {
    std::string row = h.key;
    for (const std::string& name : household_) {
      row += ',';
      for (const auto* words : {&h.request, &h.place, &h.facts}) row += find(*words, name);
    }
    if (auto wrong = files_["household"].add(row + "," + no_other_ + "\n")) return wrong;
    for (const DrawnPerson& person : h.people)
      if (auto wrong = add_person(h.key, person)) return wrong;
    for (const auto& [relation, pairs] : h.kind->relations)
      for (const auto& [one, other] : pairs)
        if (auto wrong = files_["relation"].add(h.key + "," + relation + "," + h.people[static_cast<std::size_t>(one)].key + "," +
                                                h.people[static_cast<std::size_t>(other)].key + "\n"))
          return wrong;
    for (const DrawnRecord& record : h.records)
      if (auto wrong = add_record(h.key, record, of_household_[record.list])) return wrong;
    return std::nullopt;
  }

  std::optional<Diagnostic> end() {
    for (auto& [name, file] : files_)
      if (auto wrong = file.flush()) return wrong;
    return std::nullopt;
  }

 private:
  std::optional<Diagnostic> add_person(const std::string& key, const DrawnPerson& person) {
    std::string row = key + "," + person.key;
    for (const std::string& name : person_) row.append(",").append(find(person.facts, name));
    if (auto wrong = files_["person"].add(row + "\n")) return wrong;
    for (const DrawnRecord& record : person.records)
      if (auto wrong = add_record(key + "," + person.key, record, of_person_[record.list])) return wrong;
    return std::nullopt;
  }

  std::optional<Diagnostic> add_record(const std::string& owner, const DrawnRecord& record, const std::vector<std::string>& fields) {
    std::string row = owner;
    for (const std::string& name : fields) row.append(",").append(find(record.fields, name));
    return files_[record.list].add(row + "\n");
  }

  std::string no_other_;
  std::vector<std::string> household_, person_;
  std::map<std::string, std::vector<std::string>> of_person_, of_household_;
  std::map<std::string, Writer> files_;
};

/// Names and words of a model hold nothing that JSON would have to escape but quotes.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string entry(const NamedWord& word) { return in_quotes(word.first) + ":" + in_quotes(word.second); }

std::string object(const std::vector<NamedWord>& words) {
  std::string out;
  for (const NamedWord& word : words) out += (out.empty() ? "" : ",") + entry(word);
  return "{" + out + "}";
}

/// Each list once, with all its records.
void add_lists(const std::vector<DrawnRecord>& records, std::string& out) {
  std::vector<std::string> lists;
  for (const DrawnRecord& record : records) add_unique(lists, record.list);
  for (const std::string& list : lists) {
    std::string items;
    for (const DrawnRecord& record : records)
      if (record.list == list) items += (items.empty() ? "" : ",") + object(record.fields);
    out += "," + in_quotes(list) + ":[" + items + "]";
  }
}

/// The first `complete` of the relations are told of everybody, also where there is nobody to name.
std::string document(const DrawnHousehold& h, const std::vector<std::string>& relations, std::size_t complete,
                     const std::vector<std::string>& lists) {
  std::string out = "{\"key\":" + in_quotes(h.key) + ",\"request\":" + object(h.request) + ",\"place\":" + object(h.place);
  for (const NamedWord& fact : h.facts) out += "," + entry(fact);
  std::string people;
  for (std::size_t p = 0; p < h.people.size(); ++p) {
    const DrawnPerson& person = h.people[p];
    std::string one;
    for (const NamedWord& fact : person.facts) one += "," + entry(fact);
    for (std::size_t r = 0; r < relations.size(); ++r) {
      const std::string& relation = relations[r];
      std::vector<std::string> others;
      for (const auto& [name, pairs] : h.kind->relations)
        for (const auto& [a, b] : pairs)
          if (name == relation && static_cast<std::size_t>(a) == p) others.push_back(in_quotes(h.people[static_cast<std::size_t>(b)].key));
      if (!others.empty() || r < complete) one += "," + in_quotes(relation) + ":[" + joined(others, ',') + "]";
    }
    add_lists(person.records, one);
    people += (people.empty() ? "" : ",") + in_quotes(person.key) + ":{" + (one.empty() ? "" : one.substr(1)) + "}";
  }
  out += ",\"people\":{" + people + "}";
  add_lists(h.records, out);
  std::vector<std::string> closed;
  for (const std::string& list : lists) closed.push_back(in_quotes(list));
  return out + ",\"no_other\":[" + joined(closed, ',') + "]}\n";
}

bool is_relation(const Model& model, const std::string& name) {
  return std::any_of(model.households.begin(), model.households.end(), [&](const ModelHousehold& h) {
    return std::any_of(h.relations.begin(), h.relations.end(), [&](const auto& relation) { return relation.first == name; });
  });
}

std::vector<Diagnostic> write_documents(const Model& model, const GenerateOptions& options, const Households& households) {
  Writer file;
  if (auto wrong = file.open((fs::path(options.folder) / "households.jsonl").string()); !wrong.empty()) return wrong;
  std::vector<std::string> relations;
  std::vector<std::string> lists;
  for (const std::string& name : model.no_other) (is_relation(model, name) ? relations : lists).push_back(name);
  const std::size_t complete = relations.size();
  for (const ModelHousehold& kind : model.households)
    for (const auto& [relation, pairs] : kind.relations) add_unique(relations, relation);
  for (std::int64_t number = 1; number <= options.households; ++number)
    if (auto wrong = file.add(document(households.draw(number), relations, complete, lists))) return {*wrong};
  if (auto wrong = file.flush()) return {*wrong};
  return {};
}

std::vector<Diagnostic> write_tables(const Model& model, const GenerateOptions& options, const Households& households) {
  Tables tables(model);
  if (auto wrong = tables.open(options.folder); !wrong.empty()) return wrong;
  for (std::int64_t number = 1; number <= options.households; ++number)
    if (auto wrong = tables.add(households.draw(number))) return {*wrong};
  if (auto wrong = tables.end()) return {*wrong};
  return {};
}

}  // namespace

std::string only_model(const std::vector<std::string>& files) {
  std::string found;
  for (const std::string& file : files) {
    const fs::path path(file);
    if (path.extension() != ".yaml" || path.parent_path().filename() != "models") continue;
    if (!found.empty()) return "";
    found = file;
  }
  return found;
}

std::vector<Diagnostic> write_caseload(const Model& model, const GenerateOptions& options) {
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (!error && fs::is_directory(options.folder, error) && fs::is_empty(options.folder, error)) {
    const Households households(model, options.seed);
    return options.format == CaseloadFormat::csv ? write_tables(model, options, households) : write_documents(model, options, households);
  }
  Diagnostic d;
  d.code = error ? Code::cannot_write : Code::results_in_the_way;
  d.message = "`" + options.folder + (error ? "` is no folder and cannot be made one" : "` is not empty");
  d.help = "name a new folder";
  return {d};
}

}  // namespace duly
