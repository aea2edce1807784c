/** Registers the tools of tool sources as definitions and handlers, so that the same guard applies to them. */
@NullMarked
package io.breakwater.core.presentation.toolsource;

import org.jspecify.annotations.NullMarked;
