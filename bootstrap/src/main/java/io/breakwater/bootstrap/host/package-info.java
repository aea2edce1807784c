/** What belongs to this machine: its load. */
@NullMarked
package io.breakwater.bootstrap.host;

import org.jspecify.annotations.NullMarked;
