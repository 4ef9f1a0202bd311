#pragma once

// Charts of pages: specifications of Vega-Lite with their data inside, drawn by a script that the caller hands in, beside plain drawings that show where
// nothing runs it. The page forbids itself to load anything and to run text as a program.
//
// Threads: pure functions; a `ChartRows` belongs to one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "render/json_writer.h"

namespace duly {

/// For `page_start`: what a page with charts needs in its head.
std::string chart_head(std::string_view script);

/// The rows a chart is drawn from. Amounts that are read are texts, exact; numbers only place a mark.
class ChartRows {
 public:
  ChartRows() : json_(0) { json_.begin_array(); }
  void begin_row() { json_.begin_object(); }
  void end_row() { json_.end_object(); }
  void text(std::string_view name, std::string_view value) { json_.member(name, value); }
  /// Where on an axis: to the sixth decimal. Nothing known: a gap.
  void place(std::string_view name, const std::optional<Number>& value);
  void place(std::string_view name, std::int64_t value);
  std::string take() { return json_.end_array(), json_.take(); }

 private:
  JsonWriter json_;
};

struct Chart {
  std::string title;
  std::string description;  ///< what is to be seen, for those who do not see it
  std::vector<std::pair<std::string_view, std::string>> rows;  ///< by the names that `marks` uses for them
  std::string marks;  ///< the rest of the specification: members of a JSON object
};

/// A place for the chart. It stands in a `<div class="charted">` with the plain drawing of the same in `class="plain"`, which goes when all charts of the
/// `div` are drawn.
void add_chart(const Chart& chart, std::string& page);

/// What draws all charts of the page, once, at its end; without a script a sentence that they are plain.
void add_chart_script(std::string_view script, std::string& page);

/// `text` as a string of JSON, with its quotes.
std::string quoted_json(std::string_view text);

}  // namespace duly
