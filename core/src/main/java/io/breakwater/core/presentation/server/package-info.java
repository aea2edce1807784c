/** What a server says of itself, and how its lists stand: shared by both eras. */
@NullMarked
package io.breakwater.core.presentation.server;

import org.jspecify.annotations.NullMarked;
