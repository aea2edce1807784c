/** The life cycle of a server: signals, and a shutdown that loses no accepted request. */
@NullMarked
package io.breakwater.bootstrap.lifecycle;

import org.jspecify.annotations.NullMarked;
