#include "caseload/arrow_table.h"

#include <cstring>

#include "base/date.h"
#include "base/mistake.h"
#include "base/source.h"

namespace duly {
namespace {

__extension__ using Wide = __int128;

template <class T>
T value_at(const void* buffer, std::int64_t at) {
  T out;
  std::memcpy(&out, static_cast<const char*>(buffer) + static_cast<std::size_t>(at) * sizeof(T), sizeof(T));
  return out;
}

bool bit_at(const void* bits, std::int64_t at) { return (static_cast<const std::uint8_t*>(bits)[at / 8] >> (at % 8) & 1) != 0; }

std::int64_t whole_at(const void* buffer, std::int64_t at, int bytes, bool is_signed) {
  switch (bytes) {
    case 1: return is_signed ? value_at<std::int8_t>(buffer, at) : value_at<std::uint8_t>(buffer, at);
    case 2: return is_signed ? value_at<std::int16_t>(buffer, at) : value_at<std::uint16_t>(buffer, at);
    case 4: return is_signed ? value_at<std::int32_t>(buffer, at) : static_cast<std::int64_t>(value_at<std::uint32_t>(buffer, at));
    default: return value_at<std::int64_t>(buffer, at);
  }
}

void write_decimal(Wide value, int places, std::string& out) {
  out.clear();
  const bool negative = value < 0;
  if (negative) value = -value;
  int digits = 0;
  while (value != 0 || digits <= places) {
    if (digits == places && places > 0) out += '.';
    out += static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
    ++digits;
  }
  if (negative) out += '-';
  out.assign(out.rbegin(), out.rend());
}

std::string_view text_of_cell(const ArrowArray& array, const ArrowColumn& column, std::int64_t at, std::string& scratch) {
  switch (column.type) {
    case ArrowType::nothing: return {};
    case ArrowType::text: {
      const auto begin = value_at<std::int32_t>(array.buffers[1], at);
      const auto end = value_at<std::int32_t>(array.buffers[1], at + 1);
      return {static_cast<const char*>(array.buffers[2]) + begin, static_cast<std::size_t>(end - begin)};
    }
    case ArrowType::long_text: {
      const auto begin = value_at<std::int64_t>(array.buffers[1], at);
      const auto end = value_at<std::int64_t>(array.buffers[1], at + 1);
      return {static_cast<const char*>(array.buffers[2]) + begin, static_cast<std::size_t>(end - begin)};
    }
    case ArrowType::truth: return bit_at(array.buffers[1], at) ? "yes" : "no";
    case ArrowType::whole:
      if (column.bytes == 8 && !column.is_signed) scratch = std::to_string(value_at<std::uint64_t>(array.buffers[1], at));
      else scratch = std::to_string(whole_at(array.buffers[1], at, column.bytes, column.is_signed));
      return scratch;
    case ArrowType::decimal: write_decimal(value_at<Wide>(array.buffers[1], at), column.places, scratch); return scratch;
    case ArrowType::day: scratch = to_text(Date{value_at<std::int32_t>(array.buffers[1], at)}); return scratch;
  }
  return {};
}

bool is_null(const ArrowArray& array, std::int64_t at) {
  return array.null_count != 0 && array.n_buffers > 0 && array.buffers[0] != nullptr && !bit_at(array.buffers[0], at);
}

/// False where the format has no exact text.
bool read_format(const std::string& format, ArrowColumn& column) {
  const auto whole = [&](int bytes, bool is_signed) {
    column.type = ArrowType::whole;
    column.bytes = bytes;
    column.is_signed = is_signed;
    return true;
  };
  if (format == "n") column.type = ArrowType::nothing;
  else if (format == "u") column.type = ArrowType::text;
  else if (format == "U") column.type = ArrowType::long_text;
  else if (format == "b") column.type = ArrowType::truth;
  else if (format == "tdD") column.type = ArrowType::day;
  else if (format == "c" || format == "C") return whole(1, format == "c");
  else if (format == "s" || format == "S") return whole(2, format == "s");
  else if (format == "i" || format == "I") return whole(4, format == "i");
  else if (format == "l" || format == "L") return whole(8, format == "l");
  else if (format.starts_with("d:")) {
    const std::size_t comma = format.find(',');
    if (comma == std::string::npos || format.find(',', comma + 1) != std::string::npos) return false;  // of another width than 128 bits
    const int places = std::atoi(format.c_str() + comma + 1);
    if (places < 0 || places > 38) return false;
    column.type = ArrowType::decimal;
    column.places = places;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string_view ArrowBatch::cell(const ArrowColumn& column, std::size_t number, std::int64_t row, std::string& scratch) const {
  const ArrowArray& array = *array_.children[number];
  const std::int64_t at = row + array_.offset + array.offset;
  if (column.type == ArrowType::nothing || is_null(array, at)) return {};
  if (!column.by_dictionary) return text_of_cell(array, column, at, scratch);
  const ArrowArray& words = *array.dictionary;
  const std::int64_t word = words.offset + whole_at(array.buffers[1], at, column.index_bytes, true);
  return is_null(words, word) ? std::string_view() : text_of_cell(words, column, word, scratch);
}

Result<std::unique_ptr<ArrowTable>> ArrowTable::open(std::string name, ArrowArrayStream* stream) {
  std::unique_ptr<ArrowTable> out(new ArrowTable(std::move(name)));
  if (stream == nullptr || stream->release == nullptr) return mistake(Code::cannot_read, "the table `" + out->name_ + "` has no stream of rows");
  out->stream_ = *stream;
  stream->release = nullptr;
  ArrowSchema schema{};
  if (out->stream_.get_schema(&out->stream_, &schema) != 0) return out->failed();
  std::vector<Diagnostic> errors;
  if (std::string_view(schema.format) != "+s")
    errors.push_back(mistake(Code::wrong_header, "the table `" + out->name_ + "` is no struct of columns"));
  for (std::int64_t c = 0; errors.empty() && c < schema.n_children; ++c) {
    const ArrowSchema& of = *schema.children[c];
    ArrowColumn column;
    column.name = of.name == nullptr ? "" : of.name;
    column.by_dictionary = of.dictionary != nullptr;
    bool known = true;
    if (column.by_dictionary) {
      ArrowColumn index;
      known = read_format(of.format, index) && index.type == ArrowType::whole;
      column.index_bytes = index.bytes;
    }
    known = known && read_format(column.by_dictionary ? of.dictionary->format : of.format, column);
    if (!known)
      errors.push_back(mistake(Code::wrong_header,
                               "the column `" + column.name + "` of `" + out->name_ + "` is of the Arrow type `" + of.format + "`",
                               "give texts, whole numbers, decimals of 128 bits, truths or days; binary floating point is not exact"));
    out->columns_.push_back(std::move(column));
  }
  if (schema.release != nullptr) schema.release(&schema);
  if (!errors.empty()) return errors;
  return out;
}

ArrowTable::~ArrowTable() {
  if (stream_.release != nullptr) stream_.release(&stream_);
}

Diagnostic ArrowTable::failed() {
  const char* why = stream_.get_last_error == nullptr ? nullptr : stream_.get_last_error(&stream_);
  return mistake(Code::cannot_read, "the table `" + name_ + "` cannot be read: " + (why == nullptr ? "its stream failed" : why));
}

Result<std::shared_ptr<const ArrowBatch>> ArrowTable::next() {
  ArrowArray array{};
  if (stream_.get_next(&stream_, &array) != 0) return failed();
  if (array.release == nullptr) return std::shared_ptr<const ArrowBatch>();
  auto batch = std::make_shared<const ArrowBatch>(array);
  if (array.n_children != static_cast<std::int64_t>(columns_.size()))
    return mistake(Code::cannot_read, "a batch of `" + name_ + "` has other columns than the table");
  return batch;
}

}  // namespace duly
