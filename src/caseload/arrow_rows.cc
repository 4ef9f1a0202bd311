#include "caseload/arrow_rows.h"

#include <array>
#include <memory>

namespace duly {
namespace {

constexpr std::array<const char*, 10> columns_before{"household",     "subject", "outcome", "scope",   "remedy",
                                                     "benefit_month", "people",  "members", "reasons", "missing"};
constexpr std::array<const char*, 5> columns_behind{"error_table", "error_row", "error_column", "error_code", "error_message"};

// ---- schema

struct SchemaParts {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
  auto* parts = static_cast<SchemaParts*>(schema->private_data);
  for (ArrowSchema& child : parts->children)
    if (child.release != nullptr) child.release(&child);
  delete parts;
  schema->release = nullptr;
}

void start_schema(ArrowSchema& out, const char* format, std::string name) {
  auto parts = std::make_unique<SchemaParts>();
  parts->name = std::move(name);
  out = {};
  out.format = format;
  out.name = parts->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE;
  out.release = release_schema;
  out.private_data = parts.release();
}

// ---- array

struct ArrayParts {
  std::vector<std::uint8_t> valid;
  std::vector<std::int32_t> offsets;
  std::string bytes;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* array) {
  auto* parts = static_cast<ArrayParts*>(array->private_data);
  for (ArrowArray& child : parts->children)
    if (child.release != nullptr) child.release(&child);
  delete parts;
  array->release = nullptr;
}

/// Texts of which the empty ones are no values.
class TextArray {
 public:
  TextArray() : parts_(std::make_unique<ArrayParts>()) { parts_->offsets.push_back(0); }

  void add(std::string_view text) {
    const std::size_t row = parts_->offsets.size() - 1;
    if (row % 8 == 0) parts_->valid.push_back(0);
    if (!text.empty()) parts_->valid.back() = static_cast<std::uint8_t>(parts_->valid.back() | (1U << (row % 8)));
    nulls_ += text.empty() ? 1 : 0;
    parts_->bytes += text;
    parts_->offsets.push_back(static_cast<std::int32_t>(parts_->bytes.size()));
  }

  void finish(ArrowArray& out) {
    out = {};
    out.length = static_cast<std::int64_t>(parts_->offsets.size()) - 1;
    out.null_count = nulls_;
    out.n_buffers = 3;
    parts_->buffers = {parts_->valid.data(), parts_->offsets.data(), parts_->bytes.data()};
    out.buffers = parts_->buffers.data();
    out.release = release_array;
    out.private_data = parts_.release();
  }

 private:
  std::unique_ptr<ArrayParts> parts_;
  std::int64_t nulls_ = 0;
};

void add_determination(const DecidedRows& rows, std::size_t row, bool has_benefit, std::vector<TextArray>& out) {
  const DecidedColumns& c = rows.columns;
  std::size_t column = 0;
  out[column++].add(rows.keys[static_cast<std::size_t>(c.household[row])]);
  out[column++].add(c.subject[row]);
  out[column++].add(to_word(c.outcome[row]));
  for (const TextColumn* text : {&c.scope, &c.remedy, &c.benefit_month, &c.people, &c.members, &c.reasons, &c.missing})
    out[column++].add((*text)[row]);
  for (const OutputColumn& output : c.outputs) out[column++].add(output.text[row]);
  if (has_benefit) {
    out[column++].add(c.outputs.front().low[row]);
    out[column++].add(c.outputs.front().high[row]);
  }
  while (column < out.size()) out[column++].add("");
}

void add_error(const CaseloadError& error, std::vector<TextArray>& out) {
  for (std::size_t column = 0; column + columns_behind.size() < out.size(); ++column)
    out[column].add(column == 0 ? std::string_view(error.key) : column == 2 ? to_word(Outcome::error) : std::string_view());
  std::size_t column = out.size() - columns_behind.size();
  out[column++].add(error.file);
  out[column++].add(error.line > 0 ? std::to_string(error.line) : "");
  out[column++].add(error.column);
  out[column++].add(code_text(error.diagnostic.code));
  out[column++].add(error.diagnostic.message);
}

}  // namespace

void make_schema(const std::vector<std::string>& outputs, bool has_benefit, ArrowSchema& out) {
  start_schema(out, "+s", "");
  auto* parts = static_cast<SchemaParts*>(out.private_data);
  std::vector<std::string> names(columns_before.begin(), columns_before.end());
  names.insert(names.end(), outputs.begin(), outputs.end());
  if (has_benefit)
    for (const char* end : {"_low", "_high"}) names.push_back(outputs.front() + end);
  names.insert(names.end(), columns_behind.begin(), columns_behind.end());
  parts->children.resize(names.size());
  for (std::size_t c = 0; c < names.size(); ++c) {
    start_schema(parts->children[c], "u", names[c]);
    parts->pointers.push_back(&parts->children[c]);
  }
  out.flags = 0;
  out.n_children = static_cast<std::int64_t>(names.size());
  out.children = parts->pointers.data();
}

void make_array(const DecidedRows& rows, std::size_t outputs, bool has_benefit, ArrowArray& out) {
  std::vector<TextArray> texts(columns_before.size() + outputs + (has_benefit ? 2 : 0) + columns_behind.size());
  std::size_t row = 0;
  std::size_t error = 0;
  std::int64_t length = 0;
  const auto household_of_row = [&] { return row < rows.columns.size() ? rows.columns.household[row] : INT32_MAX; };
  while (row < rows.columns.size() || error < rows.errors.size()) {
    if (error < rows.errors.size() && rows.errors[error].household <= household_of_row()) add_error(rows.errors[error++], texts);
    else add_determination(rows, row++, has_benefit, texts);
    ++length;
  }
  auto parts = std::make_unique<ArrayParts>();
  parts->children.resize(texts.size());
  for (std::size_t c = 0; c < texts.size(); ++c) {
    texts[c].finish(parts->children[c]);
    parts->pointers.push_back(&parts->children[c]);
  }
  out = {};
  out.length = length;
  out.n_buffers = 1;
  out.buffers = parts->buffers.data();
  out.n_children = static_cast<std::int64_t>(texts.size());
  out.children = parts->pointers.data();
  out.release = release_array;
  out.private_data = parts.release();
}

}  // namespace duly
