/**
 * The log of the running server. Lines go to standard error and, on request, to rotating files; standard output is
 * never used, since it belongs to the protocol of stdio.
 */
@NullMarked
package io.breakwater.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
