/** MCP over standard input and output: one message per line, and nothing else on stdout. */
@NullMarked
package io.breakwater.adapter.stdio;

import org.jspecify.annotations.NullMarked;
