/** Rate limits: the levels at which calls are limited, and the tokens that a call takes. */
@NullMarked
package io.breakwater.core.business.ratelimit;

import org.jspecify.annotations.NullMarked;
