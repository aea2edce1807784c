/** Peers for tests of what a network does to connections and names: a proxy with faults, and a name server. */
@NullMarked
package io.breakwater.sample.network;

import org.jspecify.annotations.NullMarked;
