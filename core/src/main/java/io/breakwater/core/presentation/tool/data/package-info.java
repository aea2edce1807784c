/** The pack {@code data}: JSON processing and the documents in the store. */
@NullMarked
package io.breakwater.core.presentation.tool.data;

import org.jspecify.annotations.NullMarked;
