/** Quotas: how much callers and tenants may use in a day, and what a call takes of it. */
@NullMarked
package io.breakwater.core.business.quota;

import org.jspecify.annotations.NullMarked;
