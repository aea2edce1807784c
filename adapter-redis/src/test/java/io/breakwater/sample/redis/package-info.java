/** Real Redis servers for tests. */
@NullMarked
package io.breakwater.sample.redis;

import org.jspecify.annotations.NullMarked;
