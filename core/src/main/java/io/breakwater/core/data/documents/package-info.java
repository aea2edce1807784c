/** Documents out of the store. */
@NullMarked
package io.breakwater.core.data.documents;

import org.jspecify.annotations.NullMarked;
