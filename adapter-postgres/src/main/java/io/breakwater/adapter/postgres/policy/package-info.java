/** Decides which functions a statement may call and which tables it may read. */
@NullMarked
package io.breakwater.adapter.postgres.policy;

import org.jspecify.annotations.NullMarked;
