/** The current catalog of a server, with compiled schemas and encoded lists. */
@NullMarked
package io.breakwater.core.presentation.catalog;

import org.jspecify.annotations.NullMarked;
