/** Small helpers that several modules of Breakwater share: similar names, pauses between retries. */
@NullMarked
package io.breakwater.port.support;

import org.jspecify.annotations.NullMarked;
