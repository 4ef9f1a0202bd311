# The command-line tool: everything but `main` is an archive, so that tests reach it too.
# The build folder has the layout of an installation (bin/duly beside share/duly/rules), so the tool finds its rules one way in both.

find_package(CLI11 2 REQUIRED)
find_package(fmt 9 REQUIRED)

file(GLOB tool_sources CONFIGURE_DEPENDS batch/*.cc cases/*.cc cli/*.cc compare/*.cc generate/*.cc language/*.cc lint/*.cc skeleton/*.cc)
list(REMOVE_ITEM tool_sources ${CMAKE_CURRENT_SOURCE_DIR}/cli/main.cc)

add_library(duly_tool INTERFACE)
set(tool_needs duly_internals CLI11::CLI11 fmt::fmt)
if(tool_sources)
  add_library(duly_tool_archive STATIC ${tool_sources})
  target_link_libraries(duly_tool_archive PRIVATE duly_options PUBLIC ${tool_needs})
  compile_together(duly_tool_archive)
  target_link_libraries(duly_tool INTERFACE duly_tool_archive)
endif()
target_link_libraries(duly_tool INTERFACE ${tool_needs})

file(GLOB tool_main CONFIGURE_DEPENDS cli/main.cc)
if(tool_main)
  add_executable(duly_program ${tool_main})
  set_target_properties(duly_program PROPERTIES OUTPUT_NAME duly RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  target_link_libraries(duly_program PRIVATE duly_options duly_tool)
endif()

file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/duly)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/rules ${PROJECT_BINARY_DIR}/share/duly/rules SYMBOLIC)

# The script that draws the charts of pages, which npm makes of src/charts (docs/building.md). Without it charts are plain drawings.
set(DULY_CHARTS ${PROJECT_SOURCE_DIR}/build/charts/charts.js CACHE FILEPATH "the script that draws the charts of pages")
set(charts_beside_the_tool ${PROJECT_BINARY_DIR}/share/duly/charts.js)
if(EXISTS ${DULY_CHARTS})
  configure_file(${DULY_CHARTS} ${charts_beside_the_tool} COPYONLY)
else()
  message(STATUS "no ${DULY_CHARTS}: the charts of pages will be plain drawings, see docs/building.md")
  file(REMOVE ${charts_beside_the_tool})
endif()
