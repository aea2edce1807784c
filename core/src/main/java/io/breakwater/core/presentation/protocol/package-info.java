/** MCP itself: {@link io.breakwater.core.presentation.protocol.McpServer} tells the eras apart and hands on. */
@NullMarked
package io.breakwater.core.presentation.protocol;

import org.jspecify.annotations.NullMarked;
