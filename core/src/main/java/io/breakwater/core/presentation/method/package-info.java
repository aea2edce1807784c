/**
 * What the MCP methods do, the same for both eras: tools are called, resources read, prompts written, values proposed.
 */
@NullMarked
package io.breakwater.core.presentation.method;

import org.jspecify.annotations.NullMarked;
