/**
 * The documents of the store: JSON values under names. Start at
 * {@link io.breakwater.core.business.documents.Documents}; how loads are gathered is told at
 * {@link io.breakwater.core.business.documents.BatchLoader}.
 */
@NullMarked
package io.breakwater.core.business.documents;

import org.jspecify.annotations.NullMarked;
