/** What a statement may call and read. */
@NullMarked
package io.breakwater.adapter.postgres.policy;

import org.jspecify.annotations.NullMarked;
