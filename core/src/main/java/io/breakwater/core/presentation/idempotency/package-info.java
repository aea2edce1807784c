/**
 * Calls of tools with idempotency keys. Start at {@link
 * io.breakwater.core.presentation.idempotency.IdempotencyService}.
 */
@NullMarked
package io.breakwater.core.presentation.idempotency;

import org.jspecify.annotations.NullMarked;
