#include <algorithm>

#include "base/text.h"
#include "engine/pack_picker.h"
#include "resolve/declarations_from_modules.h"
#include "skeleton/program_id.h"
#include "skeleton/skeleton.h"

namespace duly {
namespace {

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

/// What the wishes come to: the base, and the part of the id that is the place.
struct Pack {
  std::string id, base, place;
};

Result<Pack> pack_from(const RuleFiles& files, const PackWishes& wishes) {
  if (auto wrong = no_program_id(wishes.id)) return *wrong;
  if (!wishes.extends.empty()) return Pack{wishes.id, wishes.extends, ""};
  const std::vector<std::string> known = program_ids(files);
  const std::vector<std::string> parts = parts_of_id(wishes.id);
  for (std::size_t left_out = parts.size(); left_out-- > 0;) {
    std::string base;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (i != left_out) base += (base.empty() ? "" : "/") + parts[i];
    if (std::find(known.begin(), known.end(), base) != known.end()) return Pack{wishes.id, base, parts[left_out]};
  }
  return cannot_begin("no program is the base of `" + wishes.id + "`",
                      known.empty() ? "the rules hold no program" : "name it with --extends; programs are " + join_words(known));
}

/// `fact: WORD` of a place.
struct Place {
  std::string fact, word;
};

Result<Place> place_from(const Declarations& d, const PackWishes& wishes, const Pack& pack) {
  const std::size_t equals = wishes.covers.find('=');
  if (!wishes.covers.empty() && equals == std::string::npos)
    return cannot_begin("`" + wishes.covers + "` is no place", "write a fact of the place and its word, FACT=WORD");
  for (const Fact& fact : d.facts) {
    if (!fact.of_place || fact.type.base != Base::code) continue;
    if (!wishes.covers.empty() && fact.name != wishes.covers.substr(0, equals)) continue;
    const CodeList& list = d.lists[static_cast<std::size_t>(fact.type.list)];
    const std::string word = wishes.covers.empty() ? pack.place : wishes.covers.substr(equals + 1);
    for (const std::string& written : {word, upper(word)})
      if (!written.empty() && list.index_of(written) >= 0) return Place{fact.name, written};
  }
  return cannot_begin(
      wishes.covers.empty() ? "it is not plain where `" + pack.id + "` holds" : "`" + wishes.covers + "` is no place of `" + pack.base + "`",
      "name it with --covers, a fact of the place and its word, FACT=WORD");
}

/// A month that the base covers, as near to `today` as there is one.
Month month_for(const ProgramDecl& program, Date today) {
  Month month = month_of(today);
  if (program.covered_until && *program.covered_until < month) month = *program.covered_until;
  if (program.covered_from && month < *program.covered_from) month = *program.covered_from;
  return month;
}

class PackWriter {
 public:
  PackWriter(Pack pack, Place place, const Declarations& base, Date today)
      : pack_(std::move(pack)), place_(std::move(place)), base_(base.program), today_(today), month_(month_for(base.program, today)) {}

  [[nodiscard]] std::string manifest() const {
    std::string out = "# " + base_.title + ", as it is decided for " + place_.fact + " " + place_.word + ".\nkind: program\n";
    out += "title: " + quoted(base_.title + " for " + place_.fact + " " + place_.word) + "\n";
    out += "authority: Name the law or manual of the place here\nextends: " + pack_.base + "\n";
    return out + "covers: {" + place_.fact + ": " + place_.word + "}\nlast_checked: " + to_text(today_) + "\n";
  }

  [[nodiscard]] std::string cases(const std::string& expected) const {
    std::string out = "# Each rule that the pack replaces is tried on both sides of its limit.\nkind: cases\n";
    out += "title: " + quoted(base_.title + " for " + place_.fact + " " + place_.word) + "\n";
    out += "families:\n  one_person:\n    rest: nothing unusual\n";
    out += "    request: {benefit_month: " + to_text(month_) + ", decided: " + to_text(first_day_of(month_)) + "}\n";
    out += "    place: {" + place_.fact + ": " + place_.word + "}\n    people:\n      ana: {}\n";
    out += "cases:\n  - case: somebody of whom nothing else is known is decided by the rules of this place\n    family: one_person\n";
    return out + "    expect: {" + expected + "}\n";
  }

 private:
  static std::string quoted(const std::string& text) { return text.find(": ") == std::string::npos ? text : "\"" + text + "\""; }

  Pack pack_;
  Place place_;
  const ProgramDecl& base_;
  Date today_;
  Month month_;
};

/// The files of a folder with some of our own beside them.
class FilesWithMore final : public RuleFiles {
 public:
  FilesWithMore(std::shared_ptr<const RuleFiles> under, std::vector<SkeletonFile> more) : under_(std::move(under)), more_(std::move(more)) {}

  [[nodiscard]] std::vector<std::string> files_in(const std::string& folder) const override {
    return with_more(under_->files_in(folder), [&](const std::string& path) { return path.substr(0, path.rfind('/')) == folder; });
  }
  [[nodiscard]] std::vector<std::string> all_files() const override {
    return with_more(under_->all_files(), [](const std::string&) { return true; });
  }
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override {
    for (const SkeletonFile& file : more_)
      if (file.path == path) return file.text;
    return under_->read(path);
  }
  [[nodiscard]] std::string shown(const std::string& path) const override { return under_->shown(path); }

 private:
  template <class F>
  std::vector<std::string> with_more(std::vector<std::string> paths, F belongs) const {
    for (const SkeletonFile& file : more_)
      if (belongs(file.path)) paths.push_back(file.path);
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  std::shared_ptr<const RuleFiles> under_;
  std::vector<SkeletonFile> more_;
};

/// What the new pack says of the household of its case.
Result<std::string> expected_of(const std::shared_ptr<const RuleFiles>& files, const std::string& id, const std::string& cases) {
  const Programs programs(files);
  const auto picker = PackPicker::on(programs, id);
  if (!picker) return picker.errors();
  std::vector<Diagnostic> errors;
  const Node file = parse_yaml(make_source("", cases), errors);
  if (!errors.empty()) return errors;
  DecideOptions options;
  options.allow_assume = true;
  const auto decided = decide(*picker, *file.find("families")->find("one_person"), {}, options);
  if (!decided) return decided.errors();
  if (decided->determinations.empty())
    return cannot_begin("`" + id + "` decides nothing for a household of one person", "write the pack by hand; docs/new_state.md shows how");
  const Determination& first = decided->determinations.front();
  return "outcome: " + std::string(to_word(first.outcome));
}

}  // namespace

Result<std::vector<SkeletonFile>> pack_skeleton(const std::shared_ptr<const RuleFiles>& files, const PackWishes& wishes, Date today) {
  const auto pack = pack_from(*files, wishes);
  if (!pack) return pack.errors();
  const auto base = declarations_from_modules(*files, pack->base);
  if (!base) return base.errors();
  if ((*base)->program.is_frame)
    return cannot_begin("`" + pack->base + "` is a frame: a pack on it has to say how its slots are filled, which nobody can begin for you",
                        "its slots are " + join_words((*base)->program.slots) + "; a pack that is there shows how they are filled");
  const auto place = place_from(**base, wishes, *pack);
  if (!place) return place.errors();
  const PackWriter writer(*pack, *place, **base, today);
  const SkeletonFile manifest{pack->id + "/program.yaml", writer.manifest()};
  const auto expected = expected_of(std::make_shared<FilesWithMore>(files, std::vector{manifest}), pack->id, writer.cases("outcome: pending"));
  if (!expected) return expected.errors();
  return std::vector<SkeletonFile>{manifest, {pack->id + "/cases/first.yaml", writer.cases(*expected)}};
}

}  // namespace duly
