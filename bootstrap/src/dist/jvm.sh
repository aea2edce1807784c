# Sourced with `here` set to this folder: selects the JVM options of a command, its start-up cache, and the options that
# create the cache.
# shellcheck shell=bash disable=SC2034,SC2154

choose_options() {
  training=()
  options=(
    # By default the JVM writes its messages to standard output, where they would appear between JSON-RPC lines.
    -Xlog:disable -Xlog:all=warning:stderr
    # The same holds for the reason why it ends when the heap is exhausted.
    -XX:+DisplayVMOutputToStderr
    # This collector uses the least memory, and its pauses on small heaps are as short as those of the others.
    -XX:+UseSerialGC
    -XX:+ExitOnOutOfMemoryError
  )
  case $1 in
    serve) cache=serve.aot ;;
    demo) cache= ;; # it has another class path
    *)
      # stdio serves one client, and many such servers run on one machine, so a fast start and little memory matter more
      # than peak speed. The C library, where it can, soon returns the memory of the compiler. Other commands build the
      # same server and end.
      options+=(-XX:TieredStopAtLevel=1)
      [[ $OSTYPE != linux-gnu* ]] || options+=(-XX:TrimNativeHeapInterval=5000)
      training=(-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining) # only the compiler that is switched off uses profiles
      cache=stdio.aot
      ;;
  esac
}

# fresh CACHE: whether the cache exists and is newer than the jars that it depends on. The JVM ignores other unsuitable
# caches itself, and reports this on standard error.
fresh() {
  local jar
  for jar in "$here"/breakwater.jar "$here"/lib/*.jar; do
    [[ $here/$1 -nt $jar ]] || return
  done
}
