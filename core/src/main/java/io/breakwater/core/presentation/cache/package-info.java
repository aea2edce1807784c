/**
 * Serves results of tools from the cache: {@link io.breakwater.core.presentation.cache.CachedCall} looks a result up, waits
 * for another call that loads it, or loads it; {@code BackgroundRefresher} replaces stale results. The policy is in {@code
 * business.cache}, the tiers are in {@code data.cache}.
 */
@NullMarked
package io.breakwater.core.presentation.cache;

import org.jspecify.annotations.NullMarked;
