/** The documents in the store. */
@NullMarked
package io.breakwater.core.data.documents;

import org.jspecify.annotations.NullMarked;
