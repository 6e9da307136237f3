# Run as a script: cmake -DROOT=… -DOUTPUT=… -P EmbedText.cmake
#
# Writes OUTPUT, a list of {"module.path", R"(text)"} initialisers from every .bouton file below ROOT: how the standard
# library travels inside the tool, so that it is found wherever the tool is copied.
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*.bouton)
list(SORT files)
set(lines "")
foreach(file ${files})
  file(READ ${ROOT}/${file} text)
  string(REGEX REPLACE "\\.bouton$" "" module ${file})
  string(REPLACE "/" "." module ${module})
  string(APPEND lines "{\"${module}\", \"${file}\", R\"BOUTON(${text})BOUTON\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${lines}")
