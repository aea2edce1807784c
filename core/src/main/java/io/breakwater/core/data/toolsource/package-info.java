/** Tools of tool sources, on the {@code ToolSource} port. */
@NullMarked
package io.breakwater.core.data.toolsource;

import org.jspecify.annotations.NullMarked;
