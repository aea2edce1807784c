/** The services that replicas share through Redis: the shared tier of the cache, events, leases and rate limits. */
@NullMarked
package io.breakwater.adapter.redis;

import org.jspecify.annotations.NullMarked;
