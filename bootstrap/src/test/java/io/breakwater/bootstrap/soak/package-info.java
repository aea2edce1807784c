/** The server that {@code bootstrap/soak} is hard on. */
@NullMarked
package io.breakwater.bootstrap.soak;

import org.jspecify.annotations.NullMarked;
