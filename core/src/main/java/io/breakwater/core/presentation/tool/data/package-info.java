/** The pack {@code data}: the tool {@code process_data}. */
@NullMarked
package io.breakwater.core.presentation.tool.data;

import org.jspecify.annotations.NullMarked;
