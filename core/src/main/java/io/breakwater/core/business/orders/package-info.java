/**
 * Orders that several services create together. Start at {@link io.breakwater.core.business.orders.Orders}; {@code
 * OrderRun} has the steps, and {@link io.breakwater.core.business.orders.OrderRecovery} continues orders without a call.
 */
@NullMarked
package io.breakwater.core.business.orders;

import org.jspecify.annotations.NullMarked;
