/**
 * What the server remembers of earlier results: under which key a result is kept, for how long, and when it may be
 * given again. Start at {@code ResultCache}.
 */
@NullMarked
package io.breakwater.core.business.cache;

import org.jspecify.annotations.NullMarked;
