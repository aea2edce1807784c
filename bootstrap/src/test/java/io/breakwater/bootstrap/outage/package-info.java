/** Servers whose dependencies fail: real ones, in the ways in which they do. */
@NullMarked
package io.breakwater.bootstrap.outage;

import org.jspecify.annotations.NullMarked;
