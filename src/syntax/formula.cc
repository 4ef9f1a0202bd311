#include "syntax/formula.h"

#include "base/text.h"
#include "syntax/formula_parser.h"

namespace duly {
namespace {

ExprPtr report(const FormulaText& text, const FormulaMistake& mistake, std::vector<Diagnostic>& errors) {
  errors.push_back(diagnostic_at(mistake.code, text.span(mistake.begin, mistake.end), mistake.message, mistake.help));
  return nullptr;
}

ExprPtr read_expression(const FormulaText& text, bool lines_kept, std::vector<Diagnostic>& errors) {
  const Tokens tokens = tokens_of(text.text(), lines_kept);
  if (tokens.mistake) return report(text, *tokens.mistake, errors);
  FormulaParser parser(text, tokens.list);
  ExprPtr formula = parser.formula();
  return parser.mistake() ? report(text, *parser.mistake(), errors) : formula;
}

/// `text` on one line and in quotes, as YAML reads it unchanged.
std::string in_yaml_quotes(std::string_view text) {
  std::string line;
  for (std::string_view part : split(text, '\n')) line += (line.empty() ? "" : " ") + std::string(trim(part));
  if (line.find_first_of("\"\\") == std::string::npos) return "\"" + line + "\"";
  std::string out = "'";
  for (char c : line) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

/// The formula as its author meant it, where a flow `{ }` or `[ ]` ended it at a comma inside brackets; empty if that did not happen.
std::string cut_by_flow(const Node& scalar) {
  if (scalar.style != Style::plain || !scalar.span.source) return "";
  const std::string_view file = scalar.span.source->text;
  const std::string_view after = trim(file.substr(std::min(scalar.span.end, file.size())));
  if (after.empty() || after[0] != ',') return "";
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = scalar.span.begin; at < file.size() && file[at] != '\n'; ++at) {
    const char c = file[at];
    if (c == '"') in_text = !in_text;
    if (in_text) continue;
    const bool ends = c == ',' || c == '}' || c == ']';
    if (depth == 0 && ends) return at > scalar.span.end ? std::string(trim(file.substr(scalar.span.begin, at - scalar.span.begin))) : "";
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
  }
  return "";
}

/// Whether YAML gave something else than the text its author wrote. Adds the diagnostic.
bool refused(const Node& node, std::vector<Diagnostic>& errors) {
  const auto refuse = [&](Code code, std::string message, std::string help) {
    errors.push_back(diagnostic_at(code, node.span, std::move(message), std::move(help)));
    return true;
  };
  if (!node.is_scalar()) {
    if (!node.flow)
      return refuse(Code::wrong_shape, "a formula stands here, not several lines of records",
                    "write one formula; over several lines, as a `|` block");
    const char* kind = node.is_map() ? "a formula that starts with `{` is read as a record" : "a formula that starts with `[` is read as a list";
    return refuse(Code::formula_in_flow, kind, "write it in quotes: `" + in_yaml_quotes(text_of(node.span)) + "`");
  }
  if (node.style == Style::folded) return refuse(Code::folded_formula, "`>` joins the lines of a formula", "write `|` instead of `>`");
  if (trim(node.text).empty()) return refuse(Code::formula_syntax, "a formula is missing", "write it after the colon");
  return false;
}

bool spans_lines(const Node& scalar) { return text_of(scalar.span).find('\n') != std::string_view::npos; }

}  // namespace

ExprPtr parse_formula(const Node& scalar, std::vector<Diagnostic>& errors) {
  if (refused(scalar, errors)) return nullptr;
  std::vector<Diagnostic> found;
  ExprPtr formula = read_expression(FormulaText(scalar), scalar.style == Style::block || !spans_lines(scalar), found);
  if (formula) return formula;
  if (const std::string meant = cut_by_flow(scalar); !meant.empty())
    found = {diagnostic_at(Code::formula_in_flow, scalar.span, "the formula was cut at a comma inside `{ }` or `[ ]`",
                           "write it in quotes: `" + in_yaml_quotes(meant) + "`")};
  errors.insert(errors.end(), found.begin(), found.end());
  return nullptr;
}

ExprPtr parse_formula_text(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  std::size_t bad = 0;
  if (std::string why = unreadable(source->text, bad); !why.empty()) {
    errors.push_back(diagnostic_at(Code::unreadable_text, {source, bad, bad + 1}, "the formula holds " + why));
    return nullptr;
  }
  Node scalar;
  scalar.text = source->text;
  scalar.span = {source, 0, source->text.size()};
  return read_expression(FormulaText(scalar), true, errors);
}

CellTests parse_cell_tests(const GridCell& cell, std::vector<Diagnostic>& errors) {
  if (trim(cell.text) == "-") return {.any = true, .tests = {}};
  const FormulaText text(cell);
  const Tokens tokens = tokens_of(cell.text, true);
  if (tokens.mistake) return report(text, *tokens.mistake, errors), CellTests{};
  FormulaParser parser(text, tokens.list);
  CellTests cell_tests{.any = false, .tests = parser.tests()};
  if (parser.mistake()) report(text, *parser.mistake(), errors);
  return cell_tests;
}

ExprPtr parse_cell_value(const GridCell& cell, std::vector<Diagnostic>& errors) { return read_expression(FormulaText(cell), true, errors); }

}  // namespace duly
