/** What the MCP clients of tests have in common. */
@NullMarked
package io.breakwater.sample.client;

import org.jspecify.annotations.NullMarked;
