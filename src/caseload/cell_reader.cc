#include "caseload/cell_reader.h"

#include "base/text.h"

namespace duly {
namespace {

/// `text` as a word, or as a list of words with blanks between.
Node node_of(std::string_view text, bool is_list) {
  Node node;
  node.text = text;
  if (!is_list) return node;
  node.kind = Node::Kind::sequence;
  for (const std::string_view word : split(text, ' '))
    if (!trim(word).empty()) node.items.push_back(node_of(trim(word), false));
  return node;
}

}  // namespace

CellReader::CellReader(const DictionaryIndex& index, FactId fact) : index_(index), fact_(fact), how_(index.fact(fact)) {}

void CellReader::read(std::string_view cell, const CellTarget& target, const ValueName& name, Complaints& complaints) const {
  if (cell.empty() || read_plain(cell, target)) return;
  if (trim(cell).empty()) return;
  read_as_document(cell, target, name, complaints);
}

bool CellReader::say(std::int64_t value, const CellTarget& target) const {
  if (value < how_.layout.low || value > how_.layout.high) return false;
  target.filler.say(fact_, target.row, value, value);
  return true;
}

bool CellReader::read_plain(std::string_view cell, const CellTarget& target) const {
  switch (how_.fact->type.base) {
    case Base::boolean: {
      const bool yes = cell == "yes" || cell == "true";
      if (!yes && cell != "no" && cell != "false") return false;
      target.filler.say(fact_, target.row, yes ? 1 : 0, yes ? 1 : 0);
      return true;
    }
    case Base::number:
    case Base::duration:
    case Base::days: {
      if (cell[0] != '-' && (cell[0] < '0' || cell[0] > '9')) return false;
      const Decimal decimal = decimal_from_text(cell, how_.fact->places);
      return decimal.fault == DecimalFault::none && say(decimal.scaled, target);
    }
    case Base::date: {
      const auto day = date_from_text(cell);
      return day && say(day->days, target);
    }
    case Base::month: {
      const auto month = month_from_text(cell);
      return month && say(month->index, target);
    }
    case Base::code: {
      const int word = how_.word(cell);
      if (word < 0) return false;
      target.filler.say(fact_, target.row, word, word);
      return true;
    }
    default: return false;
  }
}

void CellReader::read_as_document(std::string_view cell, const CellTarget& target, const ValueName& name, Complaints& complaints) const {
  const bool is_list =
      how_.layout.shape == ColumnShape::codes && trim(cell) != "unknown" && trim(cell) != "none" && trim(cell) != how_.fact->type.absent;
  std::string_view period;
  const auto value = read_value(how_, node_of(cell, is_list), name, complaints, target.period >= 0 ? &period : nullptr);
  if (!value) return;
  if (value->kind == FactValue::Kind::unknown) target.filler.say_unknown(fact_, target.row);
  else if (value->kind == FactValue::Kind::absent) target.filler.say_absent(fact_, target.row);
  else if (how_.layout.shape == ColumnShape::codes) target.filler.say_set(fact_, target.row, value->sure, value->sure);
  else target.filler.say(fact_, target.row, value->low, value->high);
  if (period.empty()) return;
  const FactReading& per = index_.fact(target.period);
  const std::string word(period);
  if (const int found = per.word(word); found >= 0) target.filler.say(target.period, target.row, found, found);
  else complain_of_word(per, word, {}, name, complaints);
}

}  // namespace duly
