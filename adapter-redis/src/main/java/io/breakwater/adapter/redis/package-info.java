/** What replicas share in a Redis: the second tier of the cache, events, leases. */
@NullMarked
package io.breakwater.adapter.redis;

import org.jspecify.annotations.NullMarked;
