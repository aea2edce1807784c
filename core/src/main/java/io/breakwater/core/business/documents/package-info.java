/**
 * The documents of the store: JSON values under ids. Start at {@link io.breakwater.core.business.documents.Documents};
 * {@link io.breakwater.core.business.documents.BatchLoader} describes how loads are batched.
 */
@NullMarked
package io.breakwater.core.business.documents;

import org.jspecify.annotations.NullMarked;
