/**
 * Implements the MCP methods that both eras share: calling tools, reading resources, getting prompts and completing
 * values.
 */
@NullMarked
package io.breakwater.core.presentation.method;

import org.jspecify.annotations.NullMarked;
