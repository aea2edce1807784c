# Sourced with `here` set to this folder: the options of the JVM for a command, its start-up cache, and the options for
# making that.
# shellcheck shell=bash disable=SC2034,SC2154

choose_options() {
  training=()
  options=(
    # The JVM's own messages go to standard output unless told otherwise, and would end up between two JSON-RPC lines.
    -Xlog:disable -Xlog:all=warning:stderr
    # So does why it ends when the heap is used up.
    -XX:+DisplayVMOutputToStderr
    # Least memory of all collectors, and on small heaps no worse in pauses.
    -XX:+UseSerialGC
    -XX:+ExitOnOutOfMemoryError
  )
  case $1 in
    serve) cache=serve.aot ;;
    demo) cache= ;; # its class path is another one
    *)
      # stdio serves one client, and many of them run side by side: a quick start and a small footprint before peak speed.
      # What compiling took is given back soon, where the C library can. Other commands put the same server together and end.
      options+=(-XX:TieredStopAtLevel=1)
      [[ $OSTYPE != linux-gnu* ]] || options+=(-XX:TrimNativeHeapInterval=5000)
      training=(-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining) # profiles are for the compiler it does without
      cache=stdio.aot
      ;;
  esac
}

# fresh CACHE: whether it is there and newer than the jars, to which it is tied. Any other that does not fit, the JVM
# leaves alone by itself and says so on standard error.
fresh() {
  local jar
  for jar in "$here"/breakwater.jar "$here"/lib/*.jar; do
    [[ $here/$1 -nt $jar ]] || return
  done
}
