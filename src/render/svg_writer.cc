#include "render/svg_writer.h"

#include "render/page.h"

namespace duly {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  add_escaped(text, out);
  return out;
}

}  // namespace

std::string pixels(std::int64_t tenths) {
  const std::string sign = tenths < 0 ? "-" : "";
  tenths = tenths < 0 ? -tenths : tenths;
  return sign + std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

std::int64_t whole_tenths(const Number& number) { return static_cast<std::int64_t>(numerator(number) / denominator(number)); }

Number round_step(const Number& least) {
  Number power = 1;
  while (power * 10 <= least) power *= 10;
  while (power > least && power > Number(1, 1'000'000)) power /= 10;
  for (const int times : {1, 2, 5, 10})
    if (power * times >= least) return power * times;
  return power * 10;
}

SvgWriter::SvgWriter(std::int64_t width, std::int64_t height, std::string_view title)
    : out_(
          "<svg xmlns=\"http://www.w3.org/20"
          "00/svg\" viewBox=\"0 0 ") {
  out_.append(pixels(width)).append(" ").append(pixels(height));
  out_.append("\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>").append(escaped(title));
  out_.append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
}

void SvgWriter::text(std::int64_t x, std::int64_t y, std::string_view anchor, std::string_view what, std::string_view color) {
  out_.append("<text x=\"").append(pixels(x)).append("\" y=\"").append(pixels(y)).append("\" text-anchor=\"").append(anchor);
  out_.append("\" fill=\"").append(color).append("\">").append(escaped(what)).append("</text>\n");
}

void SvgWriter::line(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, std::string_view how) {
  out_.append("<line x1=\"").append(pixels(x1)).append("\" y1=\"").append(pixels(y1)).append("\" x2=\"").append(pixels(x2));
  out_.append("\" y2=\"").append(pixels(y2)).append("\" ").append(how).append("/>\n");
}

void SvgWriter::bar(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height, std::string_view color, std::string_view title) {
  out_.append("<rect class=\"bar\" x=\"").append(pixels(x)).append("\" y=\"").append(pixels(y)).append("\" width=\"").append(pixels(width));
  out_.append("\" height=\"").append(pixels(height)).append("\" fill=\"").append(color).append("\"><title>").append(escaped(title));
  out_.append("</title></rect>\n");
}

std::string SvgWriter::take() {
  out_ += "</svg>\n";
  return std::move(out_);
}

}  // namespace duly
