/** The same work without an MCP engine: what the machine and the libraries cost by themselves. */
@NullMarked
package io.breakwater.bootstrap.bench.peer;

import org.jspecify.annotations.NullMarked;
