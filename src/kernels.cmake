# The kernels are one source compiled once for each SIMD level; which table of functions runs is decided at run time in `evaluate`.
# A level is a plain object with one visible symbol, `kernels_LEVEL`, so that no inline function built for a newer processor can be
# picked by the linker for an older one: tests/architecture/kernel_objects_test.py looks at every object.
# Sets kernel_objects, empty where there are no kernels.

set(kernel_source ${CMAKE_CURRENT_SOURCE_DIR}/evaluate/kernels.cc)
set(kernel_levels "")
if(NOT EXISTS ${kernel_source})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/evaluate)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  set(kernel_levels v2 v3 v4)
else()
  set(kernel_levels base)
endif()

set(kernel_objects "")
foreach(level IN LISTS kernel_levels)
  set(target duly_kernels_${level})
  add_library(${target} OBJECT ${kernel_source})
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON INTERPROCEDURAL_OPTIMIZATION OFF)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_definitions(${target} PRIVATE DULY_KERNELS_LEVEL=${level})
  target_compile_options(${target} PRIVATE -O3 -fno-exceptions -fno-rtti -fno-lto)
  if(NOT level STREQUAL "base")
    target_compile_options(${target} PRIVATE -march=x86-64-${level})
  endif()
  if(level STREQUAL "v4")
    target_compile_options(${target} PRIVATE -mprefer-vector-width=512)
  endif()
  target_link_libraries(${target} PRIVATE duly_options)
  list(APPEND kernel_objects $<TARGET_OBJECTS:${target}>)
endforeach()
