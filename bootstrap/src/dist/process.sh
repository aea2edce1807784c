# Sourced: makes sure that this process can become a JVM.
# shellcheck shell=bash

# open_streams: gives standard streams that the caller closed to /dev/null. The JVM would give their numbers to files that
# it opens, and then read its own files as input and write messages into them.
open_streams() {
  [[ -e /dev/fd/0 ]] || exec </dev/null # Bash looks at the stream itself, whether there is such a file or not
  [[ -e /dev/fd/1 ]] || exec >/dev/null
  [[ -e /dev/fd/2 ]] || exec 2>/dev/null
}
