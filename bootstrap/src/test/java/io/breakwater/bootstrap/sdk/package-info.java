/** Servers written for the MCP Java SDK, served by Breakwater, and the SDK as judge of what we send. */
@NullMarked
package io.breakwater.bootstrap.sdk;

import org.jspecify.annotations.NullMarked;
