// The kernels of one SIMD level, named by DULY_KERNELS_LEVEL (v2, v3, v4, base). Plain loops where the compiler makes vectors of them; by hand what it
// leaves scalar.
//
// All code, in this source and in its parts, is in an unnamed namespace and includes no library, so that nothing compiled for a newer processor can be
// linked into older code.

#include "evaluate/kernels.h"

#include "evaluate/kernel_numbers.h"
#include "evaluate/kernel_people.h"
#include "evaluate/kernel_tables.h"

#define DULY_JOIN_AGAIN(a, b) a##b
#define DULY_JOIN(a, b) DULY_JOIN_AGAIN(a, b)
#define DULY_TABLE DULY_JOIN(kernels_, DULY_KERNELS_LEVEL)

namespace duly {
namespace {

template <class T>
constexpr NumberKernels<T> number_kernels(void (*round)(T*, const T*, const Rounding&, N)) {
  return {fill,
          add,
          subtract,
          multiply,
          minimum,
          maximum,
          add_constant,
          subtract_from_constant,
          multiply_constant,
          minimum_constant,
          maximum_constant,
          multiply_ranges,
          absolute_ranges,
          round,
          less,
          equal,
          less_constant,
          greater_constant,
          equal_constant,
          select,
          select_constant,
          spread,
          look_up,
          gather};
}

}  // namespace

extern constinit const Kernels DULY_TABLE{number_kernels<I>(round_wide),
                                          number_kernels<H>(round_narrow),
                                          widen,
                                          make_narrow,
                                          multiply_small_constant,
                                          meets,
                                          differs,
                                          meets_constant,
                                          add_number_key,
                                          add_code_key,
                                          gather_bits,
                                          bits_of_subjects,
                                          bits_of_items,
                                          years_between,
                                          test_places,
                                          sizes};

}  // namespace duly
