# Sourced by ./verify and ./breakwater with `root` set: the functions that build this project.
# shellcheck shell=bash disable=SC2154

. "$root/bootstrap/src/dist/jdk.sh"

readonly dist=$root/bootstrap/target/breakwater
# A file whose age is that of the sources of the last build. Maven does not rewrite a jar with the same content, so the
# age of the jar is not sufficient.
readonly stamp=$root/bootstrap/target/built

# up_to_date [test]: whether no source has changed since the last build; with "test", no source of a test either.
up_to_date() {
  [[ -f $stamp ]] && [[ -z $(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main "$root"/bootstrap/src/dist \
    ${1:+"$root"/*/src/test} -newer "$stamp" -print -quit) ]]
}

# Allows one build at a time in a tree; a second one waits here. The lock is on the root folder, since `clean` deletes
# all other possible lock files. Without flock (macOS), the user must not run two builds at the same time.
lock() {
  if [[ ${BREAKWATER_BUILDS-} == "$root" ]]; then
    echo "The running build of $root has started this script, which must not build again: use bootstrap/target/breakwater." >&2
    exit 70
  fi
  exec 9<"$root"
  ! command -v flock >/dev/null || flock 9
  export BREAKWATER_BUILDS=$root
}

unlock() {
  unset BREAKWATER_BUILDS
  exec 9<&-
}

# maven ARGS: runs Maven on a suitable JDK, without the caller's standard input, which may contain JSON-RPC messages.
maven() {
  use_java javac
  if ! command -v mvn >/dev/null; then
    cat >&2 <<'END'
Breakwater is built with Apache Maven 3.8.6 or newer, and there is no mvn on the PATH. Install it, for example
  Debian, Ubuntu   apt-get install maven
  Fedora, RHEL     dnf install maven
  macOS            brew install maven
END
    exit 69
  fi
  MAVEN_OPTS="-Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow
    --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS-}" \
    mvn -B -ntp -Dstyle.color=never -f "$root/pom.xml" "$@" </dev/null 9<&-
}

# package: builds the distribution without running tests, unless another process has just built it.
package() {
  local outcome=0
  lock
  up_to_date "$@" || package_anew || outcome=$?
  unlock
  return "$outcome"
}

package_anew() {
  local begin outcome=0
  begin=$(mktemp)
  maven -q package -pl bootstrap -am -DskipTests -Dspotless.check.skip -Djacoco.skip -Dcyclonedx.skip || outcome=$?
  ((outcome != 0)) || mv "$begin" "$stamp"
  rm -f "$begin"
  return "$outcome"
}

# build_with_tests: builds the distribution and the test classes for benchmarks and checks, and sets JAVA_HOME.
build_with_tests() {
  use_java javac
  up_to_date test || package test
}
