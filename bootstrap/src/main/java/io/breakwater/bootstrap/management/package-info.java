/** The management listener of a running server: its key in a file, and the metrics for Prometheus. */
@NullMarked
package io.breakwater.bootstrap.management;

import org.jspecify.annotations.NullMarked;
