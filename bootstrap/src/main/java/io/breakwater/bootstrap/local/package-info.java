/** What belongs to this machine: its load. */
@NullMarked
package io.breakwater.bootstrap.local;

import org.jspecify.annotations.NullMarked;
