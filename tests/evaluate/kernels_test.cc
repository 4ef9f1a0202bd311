// Every kernel of every level against the obvious loop, over lengths around the widths of vectors and words.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <random>

#include "base/number.h"
#include "evaluate/bits.h"
#include "evaluate/sample.h"

namespace duly::test {
namespace {

using Bits = std::vector<std::uint64_t>;
using columnar::bit_at;

/// Columns of one lane. In narrow lanes all products fit too.
template <class T>
struct Columns {
  std::vector<T> a, b, c, d;
  Bits mask;
  std::vector<std::int32_t> rows;
  T k;
};

template <class T>
Columns<T> random_columns(std::mt19937_64& random, std::size_t n) {
  Columns<T> out;
  const bool small = random() % 2 == 0;
  const int unused_bits = sizeof(T) == sizeof(std::int64_t) ? 33 : 49;
  const auto number = [&] {
    return small ? static_cast<T>(static_cast<T>(random() % 7) - 3) : static_cast<T>(static_cast<std::int64_t>(random()) >> unused_bits);
  };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::vector<T>* column : {&out.a, &out.b}) column->push_back(number());
    out.c.push_back(out.a.back() + std::abs(number()));
    out.d.push_back(out.b.back() + std::abs(number()));
    out.rows.push_back(static_cast<std::int32_t>(random() % n));
  }
  for (std::size_t w = 0; w < columnar::words_for(n); ++w) out.mask.push_back(random());
  out.k = number();
  return out;
}

std::uint64_t code(std::int64_t value) { return static_cast<std::uint64_t>(value); }

/// Runs `f(kernels, columns, n)` for every level this processor runs, with columns of T.
template <class T, class F>
void for_each_level_in_lane(F f) {
  std::mt19937_64 random(7);
  for (const KernelLevel level : kernel_levels())
    for (std::size_t n = 1; n <= 200; ++n) f(*kernels_of(level), random_columns<T>(random, n), n);
}
template <class F>
void for_each_level(F f) {
  for_each_level_in_lane<std::int64_t>(f);
}
/// Runs it in both lanes, with the kernels of the lane.
template <class F>
void for_each_lane(F f) {
  for_each_level_in_lane<std::int64_t>([&](const Kernels& kernels, const auto& c, std::size_t n) { f(kernels.wide, c, n); });
  for_each_level_in_lane<std::int32_t>([&](const Kernels& kernels, const auto& c, std::size_t n) { f(kernels.narrow, c, n); });
}

template <class K, class T, class Run, class Expected>
void expect_numbers_of(const K& kernels, const Columns<T>& c, std::size_t n, const Run& run, const Expected& expected) {
  std::vector<T> out(n + 1, 77);
  run(kernels, out.data(), c, n);
  for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(out[i], static_cast<T>(expected(c, i))) << "row " << i << " of " << n;
  ASSERT_EQ(out[n], 77) << "wrote past row " << n;
}

template <class Run, class Expected>
void expect_numbers(const Run& run, const Expected& expected) {
  for_each_lane([&](const auto& kernels, const auto& c, std::size_t n) { expect_numbers_of(kernels, c, n, run, expected); });
}

template <class K, class C, class Run, class Expected>
void expect_bits_of(const K& kernels, const C& c, std::size_t n, const Run& run, const Expected& expected) {
  Bits out(columnar::words_for(n) + 1, 77);
  run(kernels, out.data(), c, n);
  for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(bit_at(out.data(), i), expected(c, i)) << "row " << i << " of " << n;
  ASSERT_EQ(out.back(), 77) << "wrote past row " << n;
}

template <class Run, class Expected>
void expect_bits(const Run& run, const Expected& expected) {
  for_each_lane([&](const auto& kernels, const auto& c, std::size_t n) { expect_bits_of(kernels, c, n, run, expected); });
}
/// Of codes, or by row number.
template <class Run, class Expected>
void expect_bits_of_codes(const Run& run, const Expected& expected) {
  for_each_level([&](const Kernels& kernels, const auto& c, std::size_t n) { expect_bits_of(kernels, c, n, run, expected); });
}

TEST(Kernels, AtLeastOneLevelRuns) {
  EXPECT_FALSE(kernel_levels().empty());
  EXPECT_EQ(kernels_of(best_kernel_level()), &kernels());
}

TEST(Kernels, ALevelCanBeChosenWhereItRuns) {
  for (const KernelLevel level : {KernelLevel::base, KernelLevel::v2, KernelLevel::v3, KernelLevel::v4}) {
    const bool runs = kernels_of(level) != nullptr;
    EXPECT_EQ(set_kernel_level(level), runs);
    EXPECT_EQ(&kernels() == kernels_of(level), runs);
  }
  set_kernel_level(best_kernel_level());
}

TEST(Kernels, FillWritesOneValue) {
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.fill(out, c.k, n); }, [](auto& c, auto) { return c.k; });
}

TEST(Kernels, ArithmeticGoesRowByRow) {
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.add(out, c.a.data(), c.b.data(), n); }, [](auto& c, auto i) { return c.a[i] + c.b[i]; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.subtract(out, c.a.data(), c.b.data(), n); },
                 [](auto& c, auto i) { return c.a[i] - c.b[i]; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.multiply(out, c.a.data(), c.b.data(), n); },
                 [](auto& c, auto i) { return c.a[i] * c.b[i]; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.minimum(out, c.a.data(), c.b.data(), n); },
                 [](auto& c, auto i) { return std::min(c.a[i], c.b[i]); });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.maximum(out, c.a.data(), c.b.data(), n); },
                 [](auto& c, auto i) { return std::max(c.a[i], c.b[i]); });
}

TEST(Kernels, ArithmeticWithAConstantGoesRowByRow) {
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.add_constant(out, c.a.data(), c.k, n); }, [](auto& c, auto i) { return c.a[i] + c.k; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.subtract_from_constant(out, c.a.data(), c.k, n); },
                 [](auto& c, auto i) { return c.k - c.a[i]; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.multiply_constant(out, c.a.data(), c.k, n); },
                 [](auto& c, auto i) { return c.a[i] * c.k; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.minimum_constant(out, c.a.data(), c.k, n); },
                 [](auto& c, auto i) { return std::min(c.a[i], c.k); });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.maximum_constant(out, c.a.data(), c.k, n); },
                 [](auto& c, auto i) { return std::max(c.a[i], c.k); });
}

TEST(Kernels, SumsWrapAroundWhereTheyLeaveTheLane) {
  for_each_lane([](const auto& kernels, const auto& c, std::size_t n) {
    auto most = c.a;
    auto out = c.a;
    using T = typename decltype(most)::value_type;
    std::fill(most.begin(), most.end(), std::numeric_limits<T>::max());
    kernels.add_constant(out.data(), most.data(), 1, n);
    ASSERT_EQ(out[n - 1], std::numeric_limits<T>::min());
  });
}

TEST(Kernels, ANarrowLaneBecomesWideAndNarrowAgain) {
  for_each_level_in_lane<std::int32_t>([](const Kernels& kernels, const auto& c, std::size_t n) {
    std::vector<std::int64_t> wide(n + 1, 77);
    std::vector<std::int32_t> narrow(n + 1, 77);
    kernels.widen(wide.data(), c.a.data(), n);
    kernels.make_narrow(narrow.data(), wide.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_EQ(wide[i], std::int64_t{c.a[i]});
      ASSERT_EQ(narrow[i], c.a[i]);
    }
    ASSERT_EQ(wide[n], 77);
    ASSERT_EQ(narrow[n], 77);
  });
}

TEST(Kernels, ANarrowLaneKeepsTheLowerHalfOfWhatDoesNotFit) {
  const std::vector<std::int64_t> values{(std::int64_t{5} << 32) + 7, -(std::int64_t{1} << 31), std::int64_t{1} << 31};
  for (const KernelLevel level : kernel_levels()) {
    std::vector<std::int32_t> out(3);
    kernels_of(level)->make_narrow(out.data(), values.data(), 3);
    EXPECT_EQ(out, (std::vector<std::int32_t>{7, INT32_MIN, INT32_MIN}));
  }
}

TEST(Kernels, ProductsOfSmallNumbersAreProducts) {
  for_each_level([](const Kernels& kernels, const auto& c, std::size_t n) {
    std::vector<std::int64_t> out(n + 1, 77);
    kernels.multiply_small_constant(out.data(), c.a.data(), c.k, n);
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(out[i], c.a[i] * c.k);
    ASSERT_EQ(out[n], 77);
  });
}

TEST(Kernels, ProductsOfRangesTakeTheOuterOfFour) {
  for_each_lane([](const auto& kernels, const auto& c, std::size_t n) {
    auto low = c.a;
    auto high = c.a;
    kernels.multiply_ranges(low.data(), high.data(), c.a.data(), c.c.data(), c.b.data(), c.d.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const auto [least, most] = std::minmax({c.a[i] * c.b[i], c.a[i] * c.d[i], c.c[i] * c.b[i], c.c[i] * c.d[i]});
      ASSERT_EQ(low[i], least);
      ASSERT_EQ(high[i], most);
    }
  });
}

TEST(Kernels, AbsolutesOfRangesStopAtZero) {
  for_each_lane([](const auto& kernels, const auto& c, std::size_t n) {
    auto low = c.a;
    auto high = c.a;
    kernels.absolute_ranges(low.data(), high.data(), c.a.data(), c.c.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const bool crosses = c.a[i] <= 0 && c.c[i] >= 0;
      ASSERT_EQ(low[i], crosses ? 0 : std::min(std::abs(c.a[i]), std::abs(c.c[i])));
      ASSERT_EQ(high[i], std::max(std::abs(c.a[i]), std::abs(c.c[i])));
    }
  });
}

TEST(Kernels, ComparisonsSetTheBitOfEachRow) {
  expect_bits([](auto& k, auto* out, auto& c, auto n) { k.less(out, c.a.data(), c.b.data(), n); }, [](auto& c, auto i) { return c.a[i] < c.b[i]; });
  expect_bits([](auto& k, auto* out, auto& c, auto n) { k.equal(out, c.a.data(), c.b.data(), n); }, [](auto& c, auto i) { return c.a[i] == c.b[i]; });
  expect_bits([](auto& k, auto* out, auto& c, auto n) { k.less_constant(out, c.a.data(), c.k, n); }, [](auto& c, auto i) { return c.a[i] < c.k; });
  expect_bits([](auto& k, auto* out, auto& c, auto n) { k.greater_constant(out, c.a.data(), c.k, n); }, [](auto& c, auto i) { return c.a[i] > c.k; });
  expect_bits([](auto& k, auto* out, auto& c, auto n) { k.equal_constant(out, c.a.data(), c.k, n); }, [](auto& c, auto i) { return c.a[i] == c.k; });
}

const std::uint64_t* codes(const std::vector<std::int64_t>& numbers) { return reinterpret_cast<const std::uint64_t*>(numbers.data()); }

TEST(Kernels, MasksMeetAndDiffer) {
  expect_bits_of_codes([](auto& k, auto* out, auto& c, auto n) { k.meets(out, codes(c.a), codes(c.b), n); },
                       [](auto& c, auto i) { return (c.a[i] & c.b[i]) != 0; });
  expect_bits_of_codes([](auto& k, auto* out, auto& c, auto n) { k.meets_constant(out, codes(c.a), code(c.k), n); },
                       [](auto& c, auto i) { return (c.a[i] & c.k) != 0; });
  expect_bits_of_codes([](auto& k, auto* out, auto& c, auto n) { k.differs(out, codes(c.a), codes(c.b), n); },
                       [](auto& c, auto i) { return c.a[i] != c.b[i] || std::popcount(code(c.a[i])) > 1; });
}

TEST(Kernels, SelectsFollowTheMask) {
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.select(out, c.mask.data(), c.a.data(), c.b.data(), n); },
                 [](auto& c, auto i) { return bit_at(c.mask.data(), i) ? c.a[i] : c.b[i]; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.select_constant(out, c.mask.data(), c.a.data(), c.k, n); },
                 [](auto& c, auto i) { return bit_at(c.mask.data(), i) ? c.a[i] : c.k; });
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.spread(out, c.mask.data(), c.k, 5, n); },
                 [](auto& c, auto i) { return bit_at(c.mask.data(), i) ? c.k : 5; });
}

TEST(Kernels, TablesHoldTheirLastValueOrGrowPastIt) {
  for (const std::int64_t last : {0, 1, 7, 8, 15, 16, 31, 32, 40}) {
    std::vector<std::int64_t> values;
    for (std::int64_t place = 0; place <= last; ++place) values.push_back(1000 - 7 * place);
    for (const std::int64_t each_more : {std::int64_t{0}, std::int64_t{-3}, std::int64_t{1} << 12}) {
      const Places table{values.data(), -2, last, each_more};
      expect_numbers([&](auto& k, auto* out, auto& c, auto n) { k.look_up(out, c.a.data(), table, n); },
                     [&](auto& c, auto i) {
                       const std::int64_t place = std::max<std::int64_t>(std::int64_t{c.a[i]} + 2, 0);
                       return values[static_cast<std::size_t>(std::min(place, last))] + std::max<std::int64_t>(place - last, 0) * each_more;
                     });
    }
  }
}

TEST(Kernels, KeysNarrowDownToCells) {
  for_each_level([](const Kernels& kernels, const auto& c, std::size_t n) {
    std::vector<std::int32_t> cells(n + 1, 3);
    Bits words(n);
    std::transform(c.a.begin(), c.a.end(), words.begin(), [](std::int64_t a) { return std::uint64_t{1} << static_cast<unsigned>(a & 63); });
    kernels.add_number_key(cells.data(), c.a.data(), 1, 5, n);
    ASSERT_TRUE(kernels.add_code_key(cells.data(), words.data(), 64, n));
    for (std::size_t i = 0; i < n; ++i) {
      const std::int64_t place = std::clamp<std::int64_t>(c.a[i] - 1, 0, 4);
      ASSERT_EQ(cells[i], (3 * 5 + place) * 64 + (c.a[i] & 63)) << "row " << i << " of " << n;
    }
    ASSERT_EQ(cells[n], 3) << "wrote past row " << n;
  });
}

TEST(Kernels, ACodeOfSeveralWordsOrNoneHasNoCell) {
  for (const KernelLevel level : kernel_levels())
    for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{6}}) {
      Bits words(70, 4);
      words[69] = wrong;
      std::vector<std::int32_t> cells(70);
      EXPECT_FALSE(kernels_of(level)->add_code_key(cells.data(), words.data(), 8, 70));
    }
}

/// Households of up to `most` people, some of nobody.
struct Households {
  std::vector<std::int32_t> begin{0};
  Bits people;
  Households(std::mt19937_64& random, std::size_t households, std::uint64_t most) {
    for (std::size_t h = 0; h < households; ++h) begin.push_back(begin.back() + static_cast<std::int32_t>(random() % (most + 1)));
    people.assign(columnar::words_for(static_cast<std::size_t>(begin.back())) + 1, 0);
    for (std::uint64_t& word : people) word = random();
  }
  [[nodiscard]] std::size_t size() const { return begin.size() - 1; }
  /// Calls `f(row, subject, item)` for each pair.
  template <class F>
  std::size_t for_each_pair(F f) const {
    std::size_t row = 0;
    for (std::size_t h = 0; h < size(); ++h)
      for (std::int32_t subject = begin[h]; subject < begin[h + 1]; ++subject)
        for (std::int32_t item = begin[h]; item < begin[h + 1]; ++item) f(row++, static_cast<std::size_t>(subject), static_cast<std::size_t>(item));
    return row;
  }
};

TEST(Kernels, PairsTakeTheBitOfTheirSubjectAndOfTheirItem) {
  std::mt19937_64 random(11);
  for (const std::uint64_t most : {1U, 3U, 8U, 9U, 64U, 70U, 250U})
    for (std::size_t households = 0; households < 40; ++households) {
      const Households made(random, households, most);
      const std::size_t pairs = made.for_each_pair([](auto...) {});
      for (const KernelLevel level : kernel_levels()) {
        Bits subjects(columnar::words_for(pairs) + 1, 77);
        Bits items(columnar::words_for(pairs) + 1, 77);
        kernels_of(level)->bits_of_subjects(subjects.data(), made.people.data(), made.begin.data(), made.size());
        kernels_of(level)->bits_of_items(items.data(), made.people.data(), made.begin.data(), made.size());
        made.for_each_pair([&](std::size_t row, std::size_t subject, std::size_t item) {
          ASSERT_EQ(bit_at(subjects.data(), row), bit_at(made.people.data(), subject)) << row << ", at most " << most;
          ASSERT_EQ(bit_at(items.data(), row), bit_at(made.people.data(), item)) << row << ", at most " << most;
        });
        ASSERT_EQ(subjects.back(), 77);
        ASSERT_EQ(items.back(), 77);
      }
    }
}

TEST(Kernels, YearsAreFullOnTheDayOfTheMonth) {
  std::vector<std::int64_t> from;
  std::vector<std::int64_t> to;
  std::mt19937 random(5);
  for (const Date day : {Date{first_date.days}, date_of(1900, 2, 28).value(), date_of(2000, 2, 29).value(), date_of(2004, 2, 29).value(),
                         date_of(1970, 1, 1).value(), date_of(1999, 12, 31).value()})
    for (const int years : {0, 1, 4, 18, 65, 100})
      for (const int days : {-2, -1, 0, 1, 2}) {
        from.push_back(day.days);
        to.push_back(day.days + years * 365 + years / 4 + days);
      }
  for (int i = 0; i < 2000; ++i) {
    from.push_back(first_date.days + static_cast<std::int64_t>(random() % 3'652'059U));
    to.push_back(first_date.days + static_cast<std::int64_t>(random() % 3'652'059U));
  }
  for (const KernelLevel level : kernel_levels()) {
    std::vector<std::int64_t> out(from.size() + 1, 77);
    kernels_of(level)->years_between(out.data(), from.data(), to.data(), from.size());
    for (std::size_t i = 0; i < from.size(); ++i)
      ASSERT_EQ(out[i], full_years_between(Date{static_cast<std::int32_t>(from[i])}, Date{static_cast<std::int32_t>(to[i])}))
          << from[i] << " to " << to[i];
    ASSERT_EQ(out.back(), 77);
  }
}

TEST(Kernels, GathersReadTheRowNamed) {
  const auto row = [](const auto& c, std::size_t i) { return static_cast<std::size_t>(c.rows[i]); };
  expect_numbers([](auto& k, auto* out, auto& c, auto n) { k.gather(out, c.a.data(), c.rows.data(), n); },
                 [&](auto& c, auto i) { return c.a[row(c, i)]; });
  expect_bits_of_codes([](auto& k, auto* out, auto& c, auto n) { k.gather_bits(out, c.mask.data(), c.rows.data(), n); },
                       [&](auto& c, auto i) { return bit_at(c.mask.data(), row(c, i)); });
}

TEST(Kernels, ACodeOfSeveralWordsHasTheCellOfItsLastAndOneOfNoneThatOfTheFirst) {
  for (const KernelLevel level : kernel_levels()) {
    const Bits words{4, 6, 0};
    std::vector<std::int32_t> cells{1, 1, 1};
    EXPECT_FALSE(kernels_of(level)->add_code_key(cells.data(), words.data(), 8, 3));
    EXPECT_EQ(cells, (std::vector<std::int32_t>{10, 10, 8}));
  }
}

TEST(Kernels, APlaceIsTestedInTheSetOfItsRow) {
  for_each_level([](const Kernels& kernels, const auto& c, std::size_t n) {
    Bits sets(n);
    std::vector<std::uint8_t> places(n);
    for (std::size_t i = 0; i < n; ++i) {
      sets[i] = code(c.a[i]) * 0x9E3779B97F4A7C15U;
      places[i] = i % 9 == 8 ? 255 : static_cast<std::uint8_t>(code(c.b[i]) % 66);  // 64 and 65 lie past the set, 255 stands for nobody
    }
    for (const bool named : {true, false}) {
      Bits out(columnar::words_for(n) + 1, 77);
      kernels.test_places(out.data(), sets.data(), named ? c.rows.data() : nullptr, places.data(), n);
      for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t set = sets[named ? static_cast<std::size_t>(c.rows[i]) : i];
        ASSERT_EQ(bit_at(out.data(), i), places[i] < 64 && (set >> places[i] & 1U) != 0) << "row " << i << " of " << n;
      }
      ASSERT_EQ(out.back(), 77) << "wrote past row " << n;
    }
  });
}

TEST(Kernels, SizesCountTheBitsOfAllWordsOfARow) {
  for (const std::size_t width : {std::size_t{1}, std::size_t{4}}) {
    const auto run = [&](auto& k, auto* out, auto& c, auto n) {
      Bits sets(n * width);
      for (std::size_t w = 0; w < sets.size(); ++w) sets[w] = code(c.a[w / width]) << (w % width);
      k.sizes(out, sets.data(), width, 100, n);
    };
    const auto expected = [&](auto& c, auto i) {
      std::int64_t size = 0;
      for (std::size_t w = 0; w < width; ++w) size += std::popcount(code(c.a[i]) << w);
      return size * 100;
    };
    for_each_level([&](const Kernels& kernels, const auto& c, std::size_t n) { expect_numbers_of(kernels, c, n, run, expected); });
  }
}

}  // namespace
}  // namespace duly::test
