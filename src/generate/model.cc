#include "generate/model.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"

namespace duly {
namespace {

std::optional<std::int64_t> whole(const Node& node) {
  if (!node.is_scalar() || node.text.empty() || node.text.size() > 15) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : node.text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

class ModelReader {
 public:
  Result<Model> read(const Node& root) {
    if (!root.is_map()) return diagnostic_at(Code::bad_model, root.span, "a model is a record of keys and values");
    const Node* kind = root.find("kind");
    if (kind == nullptr || kind->text != "model") return diagnostic_at(Code::bad_model, root.span, "a model begins with `kind: model`");
    if (const Node* roles = root.find("roles")) read_roles(*roles);
    for (std::size_t i = 0; i < root.keys.size(); ++i) {
      const std::string& key = root.keys[i].text;
      const Node& value = root.items[i];
      if (key == "request") out_.request = values(value);
      else if (key == "place") out_.place = values(value);
      else if (key == "facts") out_.facts = values(value);
      else if (key == "no_other") out_.no_other = words(value);
      else if (key == "households") read_households(value);
      else if (key == "records") out_.records = records(value);
      else if (key != "kind" && key != "title" && key != "sources" && key != "roles") complain(root.keys[i], "`" + key + "` is no key of a model");
    }
    if (out_.households.empty() && errors_.empty()) complain(root, "a model needs `households`");
    if (!errors_.empty()) return errors_;
    return std::move(out_);
  }

 private:
  void complain(const Node& where, std::string message, std::string help = "") {
    errors_.push_back(diagnostic_at(Code::bad_model, where.span, std::move(message), std::move(help)));
  }

  bool want_map(const Node& node, const std::string& what) {
    if (!node.is_map()) complain(node, what + " must be a record of keys and values");
    return node.is_map();
  }

  std::vector<std::string> words(const Node& node) {
    std::vector<std::string> out;
    if (!node.is_sequence()) complain(node, "a list of words is wanted");
    for (const Node& item : node.items) out.push_back(item.text);
    return out;
  }

  /// `{yes: 3, no: 97}`, `{FIRST..LAST: 30}`, `[least, ..., most]`, or one word that always holds.
  ModelValue value(const std::string& name, const Node& node) {
    ModelValue out;
    out.name = name;
    if (node.is_sequence()) {
      out.kind = ModelValue::Kind::amounts;
      for (const Node& item : node.items) {
        const auto amount = whole(item);
        if (!amount || (!out.amounts.empty() && *amount < out.amounts.back())) complain(item, "amounts are whole numbers that do not fall");
        out.amounts.push_back(amount.value_or(0));
      }
      if (out.amounts.size() < 2) complain(node, "at least the least and the most amount are wanted");
      return out;
    }
    if (node.is_scalar()) {
      out.words.words = {node.text};
      out.words.up_to = {1};
      return out;
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) add_word(node.keys[i], node.items[i], out);
    if (out.words.up_to.empty() || out.words.up_to.back() == 0) complain(node, "at least one of these must come at all");
    return out;
  }

  void add_word(const Node& key, const Node& weight, ModelValue& out) {
    const auto share = whole(weight);
    if (!share) complain(weight, "how often `" + key.text + "` comes must be a whole number");
    out.words.words.push_back(key.text);
    out.words.up_to.push_back((out.words.up_to.empty() ? 0 : out.words.up_to.back()) + share.value_or(0));
    const std::size_t dots = key.text.find("..");
    if (dots == std::string::npos) return;
    const auto first = date_from_text(key.text.substr(0, dots));
    const auto last = date_from_text(key.text.substr(dots + 2));
    if (!first || !last || *last < *first) return complain(key, "`" + key.text + "` is no span of days", "write FIRST..LAST, each as YYYY-MM-DD");
    out.kind = ModelValue::Kind::days;
    out.days.emplace_back(first->days, last->days);
  }

  std::vector<ModelValue> values(const Node& node) {
    std::vector<ModelValue> out;
    if (!want_map(node, "facts")) return out;
    for (std::size_t i = 0; i < node.keys.size(); ++i) out.push_back(value(node.keys[i].text, node.items[i]));
    return out;
  }

  std::vector<ModelRecord> records(const Node& node) {
    std::vector<ModelRecord> out;
    if (!want_map(node, "records")) return out;
    for (std::size_t i = 0; i < node.keys.size(); ++i)
      for (const Node& item : node.items[i].items) {
        if (!want_map(item, "each record")) continue;
        ModelRecord record;
        record.list = node.keys[i].text;
        record.share = 100;
        for (std::size_t k = 0; k < item.keys.size(); ++k) {
          const std::string& key = item.keys[k].text;
          if (key == "share") record.share = percent(item.items[k]);
          else if (key == "unknown") read_unknown(item.items[k], record);
          else record.fields.push_back(value(key, item.items[k]));
        }
        out.push_back(std::move(record));
      }
    return out;
  }

  void read_unknown(const Node& node, ModelRecord& record) {
    if (!want_map(node, "`unknown`")) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) record.unknown.emplace_back(node.keys[i].text, percent(node.items[i]));
  }

  std::int64_t percent(const Node& node) {
    const auto share = whole(node);
    if (!share || *share > 100) complain(node, "a share is a whole number from 0 to 100");
    return share.value_or(0);
  }

  void read_roles(const Node& node) {
    if (!want_map(node, "`roles`")) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (!want_map(node.items[i], "each role")) continue;
      ModelRole role;
      role.name = node.keys[i].text;
      for (std::size_t k = 0; k < node.items[i].keys.size(); ++k) {
        const Node& key = node.items[i].keys[k];
        const Node& what = node.items[i].items[k];
        if (key.text == "facts") {
          auto more = values(what);
          role.facts.insert(role.facts.end(), more.begin(), more.end());
        } else if (key.text == "records") {
          role.records = records(what);
        } else {
          complain(key, "`" + key.text + "` is no key of a role", "a role has `facts` and `records`");
        }
      }
      out_.roles.push_back(std::move(role));
    }
  }

  void read_households(const Node& node) {
    if (!node.is_sequence()) return complain(node, "`households` is a list");
    std::int64_t so_far = 0;
    for (const Node& item : node.items) {
      if (!want_map(item, "each kind of household")) continue;
      ModelHousehold household;
      if (const Node* people = item.find("people")) read_people(*people, household);
      for (std::size_t k = 0; k < item.keys.size(); ++k) {
        const std::string& key = item.keys[k].text;
        if (key == "weight") so_far += whole(item.items[k]).value_or(0);
        else if (key != "people") household.relations.emplace_back(key, pairs(item.items[k], household.people.size()));
      }
      household.up_to = so_far;
      out_.households.push_back(std::move(household));
    }
    if (so_far == 0) complain(node, "at least one kind of household must come at all", "give each a `weight`");
  }

  void read_people(const Node& node, ModelHousehold& household) {
    for (const Node& item : node.items) {
      const auto role = std::find_if(out_.roles.begin(), out_.roles.end(), [&](const ModelRole& r) { return r.name == item.text; });
      if (role == out_.roles.end()) complain(item, "there is no role `" + item.text + "`");
      else household.people.push_back(static_cast<int>(role - out_.roles.begin()));
    }
  }

  std::vector<std::pair<int, int>> pairs(const Node& node, std::size_t people) {
    std::vector<std::pair<int, int>> out;
    for (const Node& item : node.items) {
      const auto one = item.items.size() == 2 ? whole(item.items[0]) : std::nullopt;
      const auto other = item.items.size() == 2 ? whole(item.items[1]) : std::nullopt;
      const auto fits = [&](const auto& number) { return number && *number >= 1 && static_cast<std::size_t>(*number) <= people; };
      if (fits(one) && fits(other)) out.emplace_back(static_cast<int>(*one) - 1, static_cast<int>(*other) - 1);
      else complain(item, "a pair is two of the people, counted from 1: [1, 2]");
    }
    return out;
  }

  Model out_;
  std::vector<Diagnostic> errors_;
};

}  // namespace

Result<Model> model_from(const SourcePtr& source) {
  std::vector<Diagnostic> errors;
  const Node root = parse_yaml(source, errors);
  if (!errors.empty()) return errors;
  return ModelReader().read(root);
}

}  // namespace duly
