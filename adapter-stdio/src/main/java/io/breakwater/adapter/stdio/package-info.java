/** MCP over standard input and output: one message a line, nothing else on stdout. */
@NullMarked
package io.breakwater.adapter.stdio;

import org.jspecify.annotations.NullMarked;
