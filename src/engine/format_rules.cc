#include "duly/authoring.h"
#include "syntax/format.h"

namespace duly {

Result<std::string> format_rules(const std::string& path, std::string text) { return format_rules(make_source(path, std::move(text))); }

}  // namespace duly
