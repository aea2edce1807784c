/** The pages that core itself serves beside the MCP endpoint: those that probes ask. */
@NullMarked
package io.breakwater.core.presentation.page;

import org.jspecify.annotations.NullMarked;
