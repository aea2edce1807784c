/**
 * A server as a team writes it for the MCP Java SDK: nothing here knows Breakwater. It is served by the SDK and by us
 * in the same tests.
 */
@NullMarked
package io.breakwater.sample.sdk;

import org.jspecify.annotations.NullMarked;
