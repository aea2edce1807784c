/**
 * Idempotency keys: a repeated call has no second effect. Start at {@link
 * io.breakwater.core.business.idempotency.IdempotencyKeys} for the keys, and at {@link
 * io.breakwater.core.business.idempotency.ClaimedCalls} for calls whose effect is not in the store.
 */
@NullMarked
package io.breakwater.core.business.idempotency;

import org.jspecify.annotations.NullMarked;
