/** The buckets of rate limits: in memory, and in a store that the servers of a deployment share. */
@NullMarked
package io.breakwater.core.data.ratelimit;

import org.jspecify.annotations.NullMarked;
