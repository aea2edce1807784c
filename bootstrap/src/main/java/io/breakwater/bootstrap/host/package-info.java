/** The load of this machine. */
@NullMarked
package io.breakwater.bootstrap.host;

import org.jspecify.annotations.NullMarked;
