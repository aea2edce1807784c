/** Helpers that several modules of Breakwater share: suggestions of names, checks of settings, pauses between retries. */
@NullMarked
package io.breakwater.port.support;

import org.jspecify.annotations.NullMarked;
