/** The HTTP resources of the core beside the MCP endpoint: the endpoints for probes. */
@NullMarked
package io.breakwater.core.presentation.page;

import org.jspecify.annotations.NullMarked;
