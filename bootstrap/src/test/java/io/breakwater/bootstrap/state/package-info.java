/** A server with real event loops whose sessions, tasks and streams are in slow stores. */
@NullMarked
package io.breakwater.bootstrap.state;

import org.jspecify.annotations.NullMarked;
