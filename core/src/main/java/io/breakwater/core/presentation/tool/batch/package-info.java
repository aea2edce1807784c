/**
 * The pack {@code batch}: one call that makes calls of several tools. Start at {@link
 * io.breakwater.core.presentation.tool.batch.BatchPack}.
 */
@NullMarked
package io.breakwater.core.presentation.tool.batch;

import org.jspecify.annotations.NullMarked;
