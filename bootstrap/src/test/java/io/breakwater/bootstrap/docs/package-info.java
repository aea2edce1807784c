/** The documentation, held to what it says. */
@NullMarked
package io.breakwater.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
