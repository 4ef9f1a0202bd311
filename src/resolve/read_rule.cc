// Rules: one uniform record with its citation and exactly one body.

#include <algorithm>

#include "resolve/reader.h"

namespace duly {
namespace {

const std::vector<std::string> common_keys{"of",   "title",         "cite",  "type",   "let",      "reason",   "doubt",
                                           "note", "may_be_stated", "range", "window", "versions", "replaces", "may_be_replaced"};
const std::vector<std::string> body_keys{"value", "passes", "branches", "any_of", "all_of", "rows", "partition", "pick", "running", "spells"};
const std::vector<std::string> side_keys{"exempt", "hit", "steps", "role", "each", "groups", "over", "in_order", "start", "keep", "not_a_break"};

class RuleReader {
 public:
  explicit RuleReader(Reader& reader) : reader_(reader) {}

  /// The one body of `node`: the keys of the rule itself or of one of its versions.
  Body read_body(const Node& node, const Span& where) {
    Body body;
    std::vector<std::string> found;
    for (const auto& key : body_keys)
      if (node.find(key) != nullptr) found.push_back(key);
    if (found.size() != 1) {
      reader_.mistake(Code::several_bodies, where,
                      found.empty() ? "the rule says nothing: it has no body" : "the rule has more than one body: " + join_words(found),
                      "a rule has exactly one of " + join_words(body_keys, "or"));
      return body;
    }
    const std::string& kind = found[0];
    const Node& content = *node.find(kind);
    if (kind == "value") {
      body.value = reader_.formula(content);
    } else if (kind == "passes") {
      read_test(body, node, content);
    } else if (kind == "branches") {
      body.kind = Body::Kind::branches;
      read_branches(body, content);
    } else if (kind == "any_of" || kind == "all_of") {
      body.kind = Body::Kind::lines;
      body.lines = read_lines(content, kind == "any_of");
    } else if (kind == "rows") {
      read_table(body, node, content);
    } else if (kind == "partition") {
      read_partition(body, node, content);
    } else if (kind == "pick") {
      read_pick(body, node, content);
    } else if (kind == "running") {
      body.kind = Body::Kind::running;
      body.running = reader_.formula(content);
      body.over = needed(node, "over", where);
      body.start = needed(node, "start", where);
      body.in_order = reader_.words_of(node, "in_order");
      if (body.in_order.empty())
        reader_.mistake(Code::missing_key, where, "a running rule needs `in_order`", "name the fields that order the records, last `position`");
    } else {
      body.kind = Body::Kind::spells;
      body.spells_of = reader_.text(node, "spells");
      body.keep = needed(node, "keep", where);
      read_breaks(body, node);
    }
    return body;
  }

 private:
  ExprPtr needed(const Node& node, const char* key, const Span& where) {
    if (node.find(key) == nullptr) reader_.mistake(Code::missing_key, where, std::string("the rule has no `") + key + "`");
    return reader_.formula_of(node, key);
  }

  void read_test(Body& body, const Node& node, const Node& passes) {
    body.kind = Body::Kind::test;
    body.exempt = reader_.formula_of(node, "exempt");
    if (!passes.is_map() || passes.flow) {
      body.passes[""] = reader_.formula(passes);
      return;
    }
    for (std::size_t i = 0; i < passes.keys.size(); ++i) body.passes[passes.keys[i].text] = reader_.formula(passes.items[i]);
  }

  void read_branches(Body& body, const Node& list) {
    if (!list.is_sequence()) {
      reader_.mistake(Code::wrong_shape, list.span, "`branches` is a list of `when` and `then`, ending with `otherwise`");
      return;
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Node& item = list.items[i];
      if (!reader_.want_map(item, "a branch")) continue;
      reader_.refuse_other_keys(item, {"when", "then", "otherwise", "cite", "from", "before", "note"}, "a branch");
      Branch branch;
      branch.span = item.span;
      branch.cite = reader_.text(item, "cite");
      branch.from = reader_.formula_of(item, "from");
      branch.before = reader_.formula_of(item, "before");
      const bool last = i + 1 == list.items.size();
      if (item.find("otherwise") != nullptr) {
        if (!last) reader_.mistake(Code::wrong_shape, item.span, "`otherwise` must be the last branch");
        branch.then = reader_.formula_of(item, "otherwise");
      } else {
        branch.when = needed(item, "when", item.span);
        branch.then = needed(item, "then", item.span);
        if (last) reader_.mistake(Code::no_otherwise, item.span, "the branches can run out", "end with `- otherwise: ...`");
      }
      body.branches.push_back(std::move(branch));
    }
  }

  LineGroup read_lines(const Node& list, bool any) {
    LineGroup group;
    group.any = any;
    if (!list.is_sequence()) {
      reader_.mistake(Code::wrong_shape, list.span, "`any_of` and `all_of` are lists of lines with `when`");
      return group;
    }
    for (const auto& item : list.items) {
      if (!reader_.want_map(item, "a line")) continue;
      reader_.refuse_other_keys(item, {"when", "any_of", "all_of", "cite", "reason", "from", "before", "note"}, "a line");
      Line line;
      line.span = item.span;
      line.cite = reader_.text(item, "cite");
      line.reason = reader_.text(item, "reason");
      line.from = reader_.formula_of(item, "from");
      line.before = reader_.formula_of(item, "before");
      const Node* any_of = item.find("any_of");
      const Node* all_of = item.find("all_of");
      if (any_of != nullptr || all_of != nullptr)
        line.group = std::make_shared<LineGroup>(read_lines(any_of != nullptr ? *any_of : *all_of, any_of != nullptr));
      else line.when = needed(item, "when", item.span);
      group.lines.push_back(std::move(line));
    }
    if (group.lines.empty()) reader_.mistake(Code::wrong_shape, list.span, "the list has no lines");
    return group;
  }

  void read_table(Body& body, const Node& node, const Node& rows) {
    body.kind = Body::Kind::table;
    const std::string hit = reader_.text(node, "hit");
    if (!hit.empty() && hit != "unique" && hit != "first") reader_.mistake(Code::bad_value, node.find("hit")->span, "`hit` is unique or first");
    body.hit_first = hit == "first";
    const Grid grid = parse_grid(rows, reader_.errors);
    if (grid.header.size() < 2) {
      if (!grid.header.empty()) reader_.mistake(Code::grid_shape, grid.header[0].span, "a decision table has input columns and, last, the result");
      return;
    }
    for (std::size_t i = 0; i + 1 < grid.header.size(); ++i) {
      body.inputs.push_back(grid.header[i].text);
      body.input_spans.push_back(grid.header[i].span);
    }
    for (const auto& cells : grid.rows) {
      DecisionRow row;
      row.span = cells.front().span;
      row.span.end = cells.back().span.end;
      for (std::size_t i = 0; i + 1 < cells.size(); ++i) row.tests.push_back(parse_cell_tests(cells[i], reader_.errors));
      row.result = parse_cell_value(cells.back(), reader_.errors);
      body.rows.push_back(std::move(row));
    }
  }

  void read_partition(Body& body, const Node& node, const Node& partition) {
    body.kind = Body::Kind::partition;
    body.role = reader_.text(node, "role");
    const std::string of = partition.is_scalar() ? partition.text : "";
    body.everyone_together = of == "everyone";
    if (of != "people" && of != "everyone") reader_.mistake(Code::bad_value, partition.span, "`partition` is people or everyone");
    const Node* steps = node.find("steps");
    if (steps == nullptr) return;
    if (!steps->is_sequence()) {
      reader_.mistake(Code::wrong_shape, steps->span, "`steps` is a list of together, outside, apart and keep");
      return;
    }
    for (const auto& item : steps->items)
      if (reader_.want_map(item, "a step")) body.steps.push_back(read_step(item));
  }

  PartitionStep read_step(const Node& item) {
    PartitionStep step;
    step.span = item.span;
    static const std::vector<std::string> kinds{"together", "outside", "apart", "keep"};
    reader_.refuse_other_keys(item, kinds, "a step");
    if (item.keys.size() != 1) {
      reader_.mistake(Code::wrong_shape, item.span, "a step is one of together, outside, apart or keep");
      return step;
    }
    const auto kind = std::find(kinds.begin(), kinds.end(), item.keys[0].text);
    if (kind == kinds.end()) return step;
    step.kind = static_cast<PartitionStep::Kind>(kind - kinds.begin());
    const Node& lines = item.items[0];
    if (!lines.is_sequence()) {
      reader_.mistake(Code::wrong_shape, lines.span, "`" + *kind + "` is a list of lines");
      return step;
    }
    for (const auto& line : lines.items) {
      if (!reader_.want_map(line, "a line")) continue;
      reader_.refuse_other_keys(line, {"who", "when", "brings", "cite", "reason", "note"}, "a line of a step");
      PartitionStep::Item entry;
      entry.span = line.span;
      entry.who = reader_.formula_of(line, "who");
      entry.when = reader_.formula_of(line, "when");
      entry.brings = reader_.formula_of(line, "brings");
      entry.cite = reader_.text(line, "cite");
      entry.reason = reader_.text(line, "reason");
      const bool wants_who = step.kind == PartitionStep::Kind::outside || step.kind == PartitionStep::Kind::apart;
      if (wants_who && line.find("who") == nullptr) reader_.mistake(Code::missing_key, line.span, "the line has no `who`");
      if (step.kind == PartitionStep::Kind::together && line.find("when") == nullptr)
        reader_.mistake(Code::missing_key, line.span, "the line has no `when`");
      step.items.push_back(std::move(entry));
    }
    return step;
  }

  void read_pick(Body& body, const Node& node, const Node& pick) {
    body.kind = Body::Kind::pick;
    if (pick.text != "first") reader_.mistake(Code::bad_value, pick.span, "`pick` is first", "groups are tried in their order");
    if (const Node* each = node.find("each"); each != nullptr && reader_.want_map(*each, "`each`"))
      for (std::size_t i = 0; i < each->keys.size(); ++i) {
        if (each->keys[i].text == "reason") body.each_reason = std::string(trim(each->items[i].text));
        else body.each.emplace_back(each->keys[i].text, reader_.formula(each->items[i]));
      }
    const Node* groups = node.find("groups");
    if (groups == nullptr || !groups->is_sequence()) {
      reader_.mistake(Code::missing_key, pick.span, "a choice needs `groups`, a list in the order they are tried");
      return;
    }
    for (const auto& item : groups->items) {
      if (!reader_.want_map(item, "a group")) continue;
      ChoiceGroup group;
      group.span = item.span;
      group.group = reader_.text(item, "group");
      group.cite = reader_.text(item, "cite");
      group.reason = reader_.text(item, "reason");
      if (!is_name(group.group)) reader_.mistake(Code::missing_key, item.span, "a group needs its word: `group: ...`");
      if (item.find("fits") == nullptr) reader_.mistake(Code::missing_key, item.span, "the group has no `fits`", "say who belongs to it");
      for (std::size_t i = 0; i < item.keys.size(); ++i) {
        const std::string& key = item.keys[i].text;
        if (key == "group" || key == "cite" || key == "reason" || key == "title" || key == "note") continue;
        group.columns[key] = reader_.formula(item.items[i]);
      }
      body.groups.push_back(std::move(group));
    }
  }

  void read_breaks(Body& body, const Node& node) {
    const Node* list = node.find("not_a_break");
    if (list == nullptr) return;
    if (!list->is_sequence()) {
      reader_.mistake(Code::wrong_shape, list->span, "`not_a_break` is a list of lines with `when`");
      return;
    }
    for (const auto& item : list->items) {
      if (!reader_.want_map(item, "a line")) continue;
      reader_.refuse_other_keys(item, {"when", "counts", "cite", "note"}, "a line of `not_a_break`");
      Body::NotABreak line;
      line.span = item.span;
      line.when = needed(item, "when", item.span);
      line.counts = reader_.flag(item, "counts", false);
      body.not_a_break.push_back(std::move(line));
    }
  }

  Reader& reader_;
};

LevelId level_named(const Declarations& d, const std::string& word) {
  for (std::size_t i = 0; i < d.levels.size(); ++i)
    if (d.levels[i].one == word && d.levels[i].kind != LevelKind::pair) return static_cast<LevelId>(i);
  return -1;
}

void read_level(Reader& reader, Rule& rule, const Node& node) {
  rule.level_word = reader.text(node, "of");
  const bool makes_level = node.find("partition") != nullptr || node.find("spells") != nullptr;
  if (rule.level_word.empty() && makes_level) {
    rule.level = person_level;
    return;
  }
  if (rule.level_word.empty()) {
    reader.mistake(Code::missing_key, rule.span, "`" + rule.name + "` does not say what it is `of`",
                   "such as of: person, of: household, or the name of a unit");
    return;
  }
  rule.level = level_named(reader.d, rule.level_word);
  if (rule.level >= 0) return;
  rule.level = household_level;
  std::vector<std::string> known;
  for (const auto& l : reader.d.levels)
    if (!l.one.empty()) known.push_back(l.one);
  const std::string near = nearest(rule.level_word, known);
  reader.mistake(Code::unknown_name, node.find("of")->span, "there is no level `" + rule.level_word + "`",
                 near.empty() ? "levels are " + join_words(known) : "did you mean `" + near + "`?");
}

/// The words of a choice without a `type`: its groups and `none`.
Type type_of_choice(Reader& reader, const Rule& rule) {
  CodeList list;
  list.name = rule.name;
  list.span = rule.span;
  const auto add = [&](const std::string& word) {
    if (list.accepted.emplace(word, static_cast<int>(list.words.size())).second) {
      list.words.push_back(word);
      list.labels.push_back(word);
    }
  };
  for (const auto& version : rule.versions)
    for (const auto& group : version.body.groups) add(group.group);
  add("none");
  Type type;
  type.base = Base::code;
  type.list = static_cast<int>(reader.d.lists.size());
  reader.d.lists.push_back(std::move(list));
  return type;
}

}  // namespace

void read_rule(Reader& reader, const std::string& name, const Node& node, const Span& name_span) {
  std::vector<std::string> known = common_keys;
  known.insert(known.end(), body_keys.begin(), body_keys.end());
  known.insert(known.end(), side_keys.begin(), side_keys.end());
  reader.refuse_other_keys(node, known, "a rule");
  Rule rule;
  rule.name = name;
  rule.module = reader.module;
  rule.span = name_span;
  rule.title = reader.text(node, "title");
  rule.note = reader.text(node, "note");
  rule.cite = reader.text(node, "cite");
  if (rule.cite.empty()) rule.cite = reader.default_cite;
  if (rule.cite.empty())
    reader.mistake(Code::missing_citation, name_span, "the rule `" + name + "` has no `cite`", "cite the provision it carries out");
  rule.reason = reader.text(node, "reason");
  rule.doubts = reader.words_of(node, "doubt");
  rule.may_be_stated = reader.flag(node, "may_be_stated", false);
  rule.range = reader.range_of(node, "range");
  read_level(reader, rule, node);
  if (const Node* type = node.find("type")) rule.type = read_type(reader, *type);
  if (const Node* window = node.find("window")) {
    const std::string text = reader.text(node, "window");
    const auto blank = text.find(' ');
    const auto months = number_from_text(text.substr(0, blank));
    if (blank != std::string::npos && months && denominator(*months) == 1 && *months > 0 && *months <= 240 &&
        trim(std::string_view(text).substr(blank)) == "months")
      rule.window = static_cast<std::int64_t>(numerator(*months));
    else reader.mistake(Code::bad_value, window->span, "`window` is a number of months up to 240", "write it as `60 months`");
  }
  if (const Node* let = node.find("let"); let != nullptr && reader.want_map(*let, "`let`"))
    for (std::size_t i = 0; i < let->keys.size(); ++i) {
      rule.let.emplace_back(let->keys[i].text, reader.formula(let->items[i]));
      rule.let_spans.push_back(let->keys[i].span);
    }
  RuleReader bodies(reader);
  if (const Node* versions = node.find("versions")) {
    if (!versions->is_sequence()) reader.mistake(Code::wrong_shape, versions->span, "`versions` is a list of dated bodies");
    for (const auto& item : versions->items) {
      if (!reader.want_map(item, "a version")) continue;
      Rule::Version version;
      version.source = reader.text(item, "source");
      if (const auto from = reader.date(item, "from")) version.from = *from;
      else reader.mistake(Code::missing_key, item.span, "the version has no `from`");
      if (!rule.versions.empty() && version.from <= rule.versions.back().from)
        reader.mistake(Code::dates_overlap, item.span, "versions must stand in the order of their dates");
      version.body = bodies.read_body(item, item.span);
      rule.versions.push_back(std::move(version));
    }
  } else {
    rule.versions.push_back({first_date, "", bodies.read_body(node, name_span)});
  }
  if (!rule.type && !rule.versions.empty() && rule.versions[0].body.kind == Body::Kind::pick) rule.type = type_of_choice(reader, rule);
  if (!rule.versions.empty()) reader.d.rules.push_back(std::move(rule));
}

}  // namespace duly
