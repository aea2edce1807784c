# Sourced by ./verify and ./breakwater with `root` set: how this project is built.
# shellcheck shell=bash disable=SC2154

. "$root/bootstrap/src/dist/jdk.sh"

readonly dist=$root/bootstrap/target/breakwater
# As old as the sources that the distribution was last built from. Maven leaves a jar alone whose bytes would be the
# same, so the jar's own age does not tell.
readonly stamp=$root/bootstrap/target/built

# up_to_date [test]: nothing was changed since; with "test", nothing of the tests either.
up_to_date() {
  [[ -f $stamp ]] && [[ -z $(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main "$root"/bootstrap/src/dist \
    ${1:+"$root"/*/src/test} -newer "$stamp" -print -quit) ]]
}

# One build at a time in one tree: whoever comes second waits here. The root folder itself is what is locked, since
# `clean` takes every file away that could be. Where there is no flock (macOS), builds are simply not run twice at once.
lock() {
  if [[ ${BREAKWATER_BUILDS-} == "$root" ]]; then
    echo "A build of $root is under way, and this was started by it: use what is in bootstrap/target/breakwater." >&2
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

# maven ARGS: runs Maven on a JDK that can build, without the caller's standard input, which may be a conversation.
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

# package: the distribution, without running tests, unless somebody else just built it. All output is Maven's.
package() {
  lock
  up_to_date "$@" || package_anew
  unlock
}

package_anew() {
  local begin outcome=0
  begin=$(mktemp)
  maven -q package -pl bootstrap -am -DskipTests -Dspotless.check.skip -Djacoco.skip -Dcyclonedx.skip || outcome=$?
  ((outcome != 0)) || mv "$begin" "$stamp"
  rm -f "$begin"
  return "$outcome"
}

# The distribution and the test classes, for what is measured or checked with them. Sets JAVA_HOME.
build_with_tests() {
  use_java javac
  up_to_date test || package test
}
