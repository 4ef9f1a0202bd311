#pragma once

// What the readers of facts, parameters, rules and programs share: the declarations being filled, the list of mistakes, and small questions to a node.

#include <initializer_list>

#include "resolve/declarations.h"

namespace duly {

struct Reader {
  Declarations& d;
  std::vector<Diagnostic>& errors;
  std::string module;  ///< path of the file being read
  std::string default_cite;  ///< of its chapter

  /// Adds a mistake at `where`.
  void mistake(Code code, const Span& where, std::string message, std::string help = "");
  /// Names the rule that mistakes from index `since` on stand in.
  void stamp(std::size_t since, const std::string& rule, const std::string& cite);
  /// E141 for each key of `map` that is not in `known`.
  void refuse_other_keys(const Node& map, const std::vector<std::string>& known, const std::string& what);
  /// E140 unless `node` is a map.
  bool want_map(const Node& node, const std::string& what);
  /// The scalar text of `key`, or empty. E140 if it is no scalar.
  std::string text(const Node& map, const char* key);
  std::vector<std::string> words(const Node& node);  ///< a list of scalars, or one scalar
  std::vector<std::string> words_of(const Node& map, const char* key);
  bool flag(const Node& map, const char* key, bool otherwise);
  std::optional<Date> date(const Node& map, const char* key);
  ExprPtr formula(const Node& node);
  ExprPtr formula_of(const Node& map, const char* key);  ///< null if absent
  /// A `[0..100]` text as two numbers. Dates are read as days.
  std::optional<std::pair<Number, Number>> range_of(const Node& map, const char* key);
  int list_named(const std::string& name) const;  ///< -1 if there is none
};

/// Reads `money per month or none`. `by` receives the keys behind ` by `, as written. Mistakes are E149.
std::optional<Type> read_type(Reader& reader, const Node& node, std::vector<std::string>* by = nullptr);

/// The types that are one word.
std::vector<std::string_view> plain_type_words();

/// A value of `type` as a rule file or CSV writes it. Booleans 0/1, codes the word's index, dates days, months the index.
struct WrittenValue {
  enum class State : std::uint8_t { value, absent, gap } state = State::value;
  Number value;
};
std::optional<WrittenValue> read_written_value(const Declarations& d, const Type& type, std::string_view text);
/// What `read_written_value` accepts, for messages: "a number such as 12.50".
std::string what_is_written(const Declarations& d, const Type& type);

void read_facts_file(Reader& reader, const Node& file);
void read_parameter(Reader& reader, const std::string& name, const Node& node, const class RuleFiles& files);
void read_rule(Reader& reader, const std::string& name, const Node& node, const Span& name_span);
void read_program_file(Reader& reader, const std::string& id, const Node& file);
/// Wordings of `program`; one that a pack's file names below `replaces` stands in the place of its base's.
void read_notices_file(Reader& reader, const std::string& program, const std::string& language, const Node& file);
/// The manifest of a pack, over what its base says.
void read_pack_file(Reader& reader, const std::string& id, const Node& file);
/// `covers` of any manifest. Its places are among the first `facts` facts: those of the base on which all its packs stand.
void read_covers(Reader& reader, const Node& file, std::size_t facts);
/// `reads` of any manifest, once the facts are known.
void read_reads(Reader& reader, const Node& file);

}  // namespace duly
