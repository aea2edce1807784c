/** The entry point: {@code Breakwater} and its builder, which create a server from the components of every layer. */
@NullMarked
package io.breakwater.server;

import org.jspecify.annotations.NullMarked;
