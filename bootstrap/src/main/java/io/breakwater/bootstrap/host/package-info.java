/** The machine: its load, and its files. */
@NullMarked
package io.breakwater.bootstrap.host;

import org.jspecify.annotations.NullMarked;
