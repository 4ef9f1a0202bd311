#include "engine/screening_order.h"

#include <algorithm>

#include "base/text.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

class Order {
 public:
  Order(const Programs& programs, std::string start) : programs_(programs), start_(std::move(start)), ids_(programs.ids()) {}

  /// Puts what `id` reads, and then itself, behind what stands there already.
  void add(const std::string& id) {
    if (const bool is_placed = std::any_of(out_.begin(), out_.end(), [&](const auto& p) { return p->declarations().program.id == id; }); is_placed)
      return;
    const auto program = programs_.program(id);
    if (!program) {
      wrong_.insert(wrong_.end(), program.errors().begin(), program.errors().end());
      return;
    }
    const ProgramDecl& declared = (*program)->declarations().program;
    if (!declared.extends.empty() && !open_.empty()) return add(declared.extends);
    if (!declared.extends.empty() && id != start_) return;  // asked for through its base
    open_.push_back(id);
    for (const ReadProgram& read : declared.reads) follow(read);
    open_.pop_back();
    out_.push_back(*program);
  }

  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  [[nodiscard]] const std::vector<Diagnostic>& wrong() const { return wrong_; }
  std::vector<std::shared_ptr<const LoadedProgram>> take() { return std::move(out_); }

 private:
  void follow(const ReadProgram& read) {
    if (std::find(ids_.begin(), ids_.end(), read.program) == ids_.end()) {
      wrong_.push_back(
          diagnostic_at(Code::unknown_name, read.span, "there is no program `" + read.program + "` to read", "programs are " + join_words(ids_)));
      return;
    }
    const auto circle = std::find(open_.begin(), open_.end(), read.program);
    if (circle == open_.end()) return add(read.program);
    std::vector<std::string> around(circle, open_.end());
    around.push_back(read.program);
    std::string path;
    for (const std::string& id : around) path.append(path.empty() ? "`" : " reads `").append(id).append("`");
    wrong_.push_back(
        diagnostic_at(Code::read_in_circle, read.span, path, "a program can only read what is decided before it: take one of them out of `reads`"));
  }

  const Programs& programs_;
  std::string start_;
  const std::vector<std::string>& ids_;
  std::vector<std::string> open_;
  std::vector<std::shared_ptr<const LoadedProgram>> out_;
  std::vector<Diagnostic> wrong_;
};

}  // namespace

Result<std::vector<std::shared_ptr<const LoadedProgram>>> screening_order(const Programs& programs, const std::string& start) {
  Order order(programs, start);
  if (!start.empty()) order.add(start);
  else
    for (const std::string& id : order.ids()) order.add(id);
  if (!order.wrong().empty()) return order.wrong();
  return order.take();
}

}  // namespace duly
