/**
 * The other side of the wire, as far as the command line needs it: asks one server, in this process or at a URL, one
 * thing at a time. Speaks the stateless revision, and falls back to a session with servers that do not.
 */
@NullMarked
package io.breakwater.bootstrap.client;

import org.jspecify.annotations.NullMarked;
