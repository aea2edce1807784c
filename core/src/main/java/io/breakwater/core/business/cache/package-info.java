/**
 * The cache of tool results: how a result's key is computed, how long a result may be used, and which call loads it.
 * Start at {@code ResultCache}.
 */
@NullMarked
package io.breakwater.core.business.cache;

import org.jspecify.annotations.NullMarked;
