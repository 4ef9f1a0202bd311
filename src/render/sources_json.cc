// The figures of a program as JSON. A figure that is not known has no `value` and no `confidence`.

#include "duly/authoring.h"
#include "duly/version.h"
#include "render/json_writer.h"

namespace duly {
namespace {

void write(JsonWriter& out, const SourcedValue& v) {
  out.begin_object();
  out.member("parameter", v.parameter);
  out.member("title", v.title);
  out.member("cite", v.cite);
  out.key("keys");
  out.begin_small_object();
  for (const auto& [name, pattern] : v.keys) out.member(name, pattern);
  out.end_small_object();
  if (v.value.kind != Value::Kind::unknown) {
    out.member("value", v.value.text);
    out.member_if("unit", v.value.unit);
    out.member_if("label", v.value.label);
    out.member_if("each_more", v.each_more.text);
  }
  out.member("from", v.from);
  out.member_if("until", v.until);
  out.member_if("applied", v.applied);
  out.member("source", v.source);
  out.member_if("confidence", v.confidence);
  out.member("file", v.file);
  out.key("line");
  out.number(v.line);
  out.end_object();
}

}  // namespace

std::string to_json(const std::vector<SourcedValue>& values, int indent) {
  JsonWriter out(indent);
  out.begin_object();
  out.key("duly");
  out.number(language_version());
  out.key("values");
  out.begin_array();
  for (const SourcedValue& value : values) write(out, value);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace duly
