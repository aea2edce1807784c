# Sourced: finds Java 25 or newer without starting it, and sets JAVA_HOME.
# shellcheck shell=bash

readonly OLDEST_JAVA=25

# use_java PROGRAM: sets JAVA_HOME to a Java that has PROGRAM: "java" to run, "javac" to build. Without one, the script ends.
use_java() {
  local home
  for home in "${JAVA_HOME-}" "${JDK_HOME-}" "$(home_of_path_java)" \
    /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/* \
    "${SDKMAN_DIR-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    {/opt/homebrew,/usr/local}/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [[ -n $home && -x $home/bin/$1 ]] && suits "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  tell_how_to_get_java
  exit 69
}

# Prints the JDK of `java` on the PATH; nothing when there is none.
home_of_path_java() {
  local java
  java=$(type -P java) && java=$(readlink -f "$java" 2>/dev/null) && printf '%s' "${java%/bin/java}"
}

# Whether a JDK is new enough. Reading its release file is about fifty times faster than running `java -version`.
suits() {
  local line
  [[ -r $1/release ]] || return 1
  while IFS= read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then
      ((BASH_REMATCH[1] >= OLDEST_JAVA))
      return
    fi
  done <"$1/release"
  return 1
}

tell_how_to_get_java() {
  cat >&2 <<END
Breakwater needs a JDK of version $OLDEST_JAVA or newer, and there is none at JAVA_HOME (${JAVA_HOME:-not set}),
at JDK_HOME, on the PATH, or in the usual places (/usr/lib/jvm, /opt, SDKMAN, /Library/Java).

Install one, for example
  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless    (or temurin-25-jdk)
  Fedora, RHEL     dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  anywhere         sdk install java 25-tem                    (SDKMAN)
or set JAVA_HOME to the folder of one.
END
}
