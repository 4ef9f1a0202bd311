// A comparison for people and programs: first what is another in the rules, then whom it touches.

#include <algorithm>

#include "base/text.h"
#include "compare/comparison.h"
#include "render/json_writer.h"

namespace duly {
namespace {

constexpr std::array<Change, 7> all_changes{Change::newly_eligible, Change::lost,  Change::up,  Change::down,
                                            Change::other,          Change::fresh, Change::same};

std::string in_words(Change change) {
  switch (change) {
    case Change::newly_eligible: return "newly eligible";
    case Change::lost: return "no longer eligible";
    case Change::up: return "get more";
    case Change::down: return "get less";
    case Change::same: return "as before";
    case Change::fresh: return "decided now only";
    case Change::other: return "another outcome";
  }
  return "";
}

std::string signed_amount(std::int64_t amount) { return (amount > 0 ? "+" : "") + amount_in_words(amount); }

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string right(const std::string& text, std::size_t width) { return text.size() < width ? std::string(width - text.size(), ' ') + text : text; }

std::string title_of(const RuleChange& change) { return change.title.empty() ? change.name : change.title + " (" + change.name + ")"; }

std::string line_of(const RuleChange& change) {
  switch (change.kind) {
    case RuleChange::Kind::added: return title_of(change) + ": new rule";
    case RuleChange::Kind::removed: return title_of(change) + ": rule taken away";
    case RuleChange::Kind::rewritten: return title_of(change) + ": rewritten";
    case RuleChange::Kind::value: break;
  }
  std::string out = title_of(change);
  if (!change.keys.empty()) out += ", " + change.keys;
  out += ", from " + change.from + ": ";
  if (change.before.empty()) return out + change.after;
  return out + change.before + (change.after.empty() ? ", taken away" : " becomes " + change.after);
}

std::string amount_or(const std::optional<std::int64_t>& amount, const std::string& outcome) { return amount ? amount_in_words(*amount) : outcome; }

std::string line_of(const SubjectChange& change) {
  std::string out = change.household + (change.subject.empty() ? "" : ", " + change.subject) + ": ";
  if (change.outcome != change.outcome_before) out += change.outcome_before + " becomes " + change.outcome + ", ";
  return out + amount_or(change.before, "not known") + " becomes " + amount_or(change.after, "not known");
}

void write_text_block(const std::string& text, std::string& out) {
  for (const std::string_view line : split(text, '\n'))
    if (!line.empty()) out.append("      ").append(line).append("\n");
}

constexpr std::size_t figures_shown = 4;  ///< of one name

void write_rules(const std::vector<RuleChange>& changes, std::string& out) {
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t end = i;
    while (end < changes.size() && changes[end].name == changes[i].name) ++end;
    for (std::size_t k = i; k < std::min(end, i + figures_shown); ++k) {
      out += "  " + line_of(changes[k]) + "\n";
      if (changes[k].kind != RuleChange::Kind::rewritten) continue;
      out += "    before\n";
      write_text_block(changes[k].before, out);
      out += "    after\n";
      write_text_block(changes[k].after, out);
    }
    if (end - i > figures_shown)
      out += "    and " + std::to_string(end - i - figures_shown) + " more of " + changes[i].name + ", with --json or --html\n";
    i = end;
  }
}

}  // namespace

std::string to_text(const RulesComparison& c, int width) {
  std::string out =
      c.program_title + ": " + c.before_name + " against " + c.after_name + "\n" + std::string(static_cast<std::size_t>(width), '=') + "\n";
  out += "What is another in the rules\n";
  if (c.rules.empty()) out += "  nothing\n";
  write_rules(c.rules, out);
  out += "\nWhom it touches\n";
  out += "  " + padded("", 22) + right("decisions", 12) + (c.benefit.empty() ? "" : right(c.benefit, 18)) +
         (c.changes.is_weighted ? right("weighted", 20) : "") + "\n";
  for (const Change change : all_changes) {
    const ChangeCounts& all = c.changes.all;
    if (all.subjects[at(change)] == 0) continue;
    out += "  " + padded(in_words(change), 22) + right(amount_in_words(all.subjects[at(change)] * 10'000), 12);
    if (!c.benefit.empty()) out += right(change == Change::same ? "" : signed_amount(all.amounts[at(change)]), 18);
    if (c.changes.is_weighted) out += right(amount_in_words(all.weight[at(change)]) + " / " + signed_amount(all.weighted[at(change)]), 20);
    out += "\n";
  }
  if (!c.benefit.empty())
    out += "  " + padded(c.benefit + " in all", 22) + right(amount_in_words(c.before.benefit_total), 12) + "  becomes " +
           amount_in_words(c.after.benefit_total) + "\n";
  out += "  " + padded("pending", 22) + right(std::to_string(c.before.outcomes[3]), 12) + "  becomes " + std::to_string(c.after.outcomes[3]) + "\n";
  if (c.after.households_in_error > 0)
    out += "  " + padded("not decided, mistakes", 22) + right(std::to_string(c.after.households_in_error), 12) + "\n";
  if (!c.changes.distribution.empty()) {
    out += "\nHow much\n";
    for (const auto& [steps, subjects] : c.changes.distribution)
      out += "  " + padded("from " + signed_amount(steps * c.changes.step) + " to " + signed_amount((steps + 1) * c.changes.step), 30) +
             right(std::to_string(subjects), 10) + "\n";
  }
  out += "\nBy group\n  " + padded("", 22) + right("more", 10) + right("less", 10) + right("new", 10) + right("lost", 10) + right("money", 18) +
         (c.changes.is_weighted ? right("weighted", 18) : "") + "\n";
  for (const auto& [group, counts] : c.changes.groups) {
    out += "  " + padded(group, 22) + right(std::to_string(counts.subjects[at(Change::up)]), 10) +
           right(std::to_string(counts.subjects[at(Change::down)]), 10) + right(std::to_string(counts.subjects[at(Change::newly_eligible)]), 10) +
           right(std::to_string(counts.subjects[at(Change::lost)]), 10) + right(signed_amount(counts.money()), 18) +
           (c.changes.is_weighted ? right(signed_amount(counts.weighted_money()), 18) : "") + "\n";
  }
  if (!c.worst.empty()) out += "\nWho loses most\n";
  for (const ComparedSubject& one : c.worst) {
    out += "  " + line_of(one.change) + "\n";
    if (one.first)
      out += "    first: " + (one.first->title.empty() ? one.first->name : one.first->title) +
             (one.first->of.empty() ? "" : " (" + one.first->of + ")") + ", " + one.first->before + " becomes " + one.first->after +
             (one.first->cite.empty() ? "" : ", " + one.first->cite) + "\n";
  }
  return out;
}

namespace {

std::string_view kind_word(RuleChange::Kind kind) {
  switch (kind) {
    case RuleChange::Kind::added: return "added";
    case RuleChange::Kind::removed: return "removed";
    case RuleChange::Kind::rewritten: return "rewritten";
    case RuleChange::Kind::value: return "value";
  }
  return "";
}

class Writer {
 public:
  std::string write(const RulesComparison& c) {
    out_.begin_object();
    out_.key("duly");
    out_.number(1);
    out_.member("program", c.program);
    out_.member("before", c.before_name);
    out_.member("after", c.after_name);
    out_.key("rules");
    out_.begin_array();
    for (const RuleChange& change : c.rules) rule(change);
    out_.end_array();
    out_.member("benefit", c.benefit);
    out_.member("benefit_before", amount_in_words(c.before.benefit_total));
    out_.member("benefit_after", amount_in_words(c.after.benefit_total));
    out_.key("all");
    counts(c.changes.all);
    out_.key("groups");
    out_.begin_object();
    for (const auto& [group, its] : c.changes.groups) {
      out_.key(group);
      counts(its);
    }
    out_.end_object();
    out_.key("distribution");
    out_.begin_array();
    for (const auto& [steps, subjects] : c.changes.distribution) {
      out_.begin_object();
      out_.member("from", amount_in_words(steps * c.changes.step));
      out_.member("to", amount_in_words((steps + 1) * c.changes.step));
      out_.key("decisions");
      out_.number(subjects);
      out_.end_object();
    }
    out_.end_array();
    out_.key("worst");
    out_.begin_array();
    for (const ComparedSubject& one : c.worst) subject(one);
    out_.end_array();
    out_.end_object();
    return out_.take() + "\n";
  }

 private:
  void rule(const RuleChange& change) {
    out_.begin_object();
    out_.member("kind", kind_word(change.kind));
    out_.member("name", change.name);
    out_.member_if("title", change.title);
    out_.member_if("cite", change.cite);
    out_.member_if("keys", change.keys);
    out_.member_if("from", change.from);
    out_.member_if("before", change.before);
    out_.member_if("after", change.after);
    out_.member_if("file", change.file);
    out_.key("line");
    out_.number(change.line);
    out_.end_object();
  }

  void counts(const ChangeCounts& its) {
    out_.begin_object();
    for (const Change change : all_changes) {
      if (its.subjects[at(change)] == 0) continue;
      out_.key(to_word(change));
      out_.begin_object();
      out_.key("decisions");
      out_.number(its.subjects[at(change)]);
      out_.member("amount", amount_in_words(its.amounts[at(change)]));
      out_.member("weight", amount_in_words(its.weight[at(change)]));
      out_.member("weighted_amount", amount_in_words(its.weighted[at(change)]));
      out_.end_object();
    }
    out_.end_object();
  }

  void subject(const ComparedSubject& one) {
    out_.begin_object();
    out_.member("household", one.change.household);
    out_.member("subject", one.change.subject);
    out_.member("change", to_word(one.change.change));
    out_.member("outcome_before", one.change.outcome_before);
    out_.member("outcome", one.change.outcome);
    if (one.change.before) out_.member("before", amount_in_words(*one.change.before));
    if (one.change.after) out_.member("after", amount_in_words(*one.change.after));
    if (one.first) {
      out_.key("first");
      out_.begin_object();
      out_.member("name", one.first->name);
      out_.member_if("title", one.first->title);
      out_.member_if("of", one.first->of);
      out_.member_if("cite", one.first->cite);
      out_.member("before", one.first->before);
      out_.member("after", one.first->after);
      out_.end_object();
    }
    out_.end_object();
  }

  JsonWriter out_{2};
};

std::string csv_cell(const std::string& text) {
  if (text.find_first_of("\",\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

}  // namespace

std::string to_json(const RulesComparison& comparison) { return Writer().write(comparison); }

std::string to_csv(const std::vector<SubjectChange>& changes) {
  std::string out = "household,subject,people,change,outcome_before,outcome,before,after\n";
  const auto amount = [](const std::optional<std::int64_t>& value) {
    std::string text = value ? amount_in_words(*value) : "";
    text.erase(std::remove(text.begin(), text.end(), ','), text.end());
    return text;
  };
  for (const SubjectChange& c : changes)
    out += csv_cell(c.household) + "," + csv_cell(c.subject) + "," + csv_cell(c.people) + "," + std::string(to_word(c.change)) + "," +
           c.outcome_before + "," + c.outcome + "," + amount(c.before) + "," + amount(c.after) + "\n";
  return out;
}

}  // namespace duly
