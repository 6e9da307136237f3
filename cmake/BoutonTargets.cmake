# bouton_library(NAME DEPENDS lib... [SYSTEM_DEPENDS lib...])
#
# One library per folder: takes every .cpp of the current folder (not of its subfolders). What a folder may
# include is what it links: this list is the architecture, and tests/unit/architecture checks it against #include lines.
function(bouton_library NAME)
  cmake_parse_arguments(ARG "" "" "DEPENDS;SYSTEM_DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(${NAME} STATIC ${sources})
    target_link_libraries(${NAME} PUBLIC bouton_flags ${ARG_DEPENDS} PRIVATE ${ARG_SYSTEM_DEPENDS})
    target_include_directories(${NAME} PUBLIC ${PROJECT_SOURCE_DIR})
  else()
    add_library(${NAME} INTERFACE)
    target_link_libraries(${NAME} INTERFACE bouton_flags ${ARG_DEPENDS})
    target_include_directories(${NAME} INTERFACE ${PROJECT_SOURCE_DIR})
  endif()
endfunction()

# bouton_test(NAME DEPENDS lib...): one test program from every .cpp of the current folder. The folder below tests/ (unit,
# golden, ...) is the label of its tests, and the target <label>_tests builds all programs of one label.
function(bouton_test NAME)
  cmake_parse_arguments(ARG "" "" "DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_executable(${NAME} ${sources})
  target_link_libraries(${NAME} PRIVATE bouton_flags ${ARG_DEPENDS} GTest::gtest GTest::gmock GTest::gtest_main)
  target_include_directories(${NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${NAME} PRIVATE BOUTON_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                             BOUTON_BUILD_DIR="${PROJECT_BINARY_DIR}")
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)

  file(RELATIVE_PATH label ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "/.*" "" label ${label})
  if(NOT TARGET ${label}_tests)
    add_custom_target(${label}_tests)
  endif()
  add_dependencies(${label}_tests ${NAME})

  if(label STREQUAL full)
    bouton_add_full_tests(${NAME})
    return()
  endif()
  include(GoogleTest)
  gtest_discover_tests(${NAME} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300 LABELS ${label})
endfunction()

# Programs of tests/full take many minutes: built with all others, so that they compile, but run by `ctest -C full` only,
# as `tools/check --full` does. Cut in two, so that two cores have work.
function(bouton_add_full_tests NAME)
  set(shards 2)
  foreach(shard RANGE 1 ${shards})
    math(EXPR index "${shard} - 1")
    add_test(NAME ${NAME}.${shard} COMMAND ${NAME} CONFIGURATIONS full)
    set_tests_properties(${NAME}.${shard} PROPERTIES TIMEOUT 3600 LABELS full
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()
