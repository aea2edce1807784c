/**
 * The usages of quotas: counted in memory, and settled with a store that the servers of a deployment share. Start at
 * {@link io.breakwater.core.data.quota.UsageLedger}.
 */
@NullMarked
package io.breakwater.core.data.quota;

import org.jspecify.annotations.NullMarked;
