/** Verified tokens and failed checks in memory, with limits, and the threads that verify tokens. */
@NullMarked
package io.breakwater.core.data.authentication;

import org.jspecify.annotations.NullMarked;
