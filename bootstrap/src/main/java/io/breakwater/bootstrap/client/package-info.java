/**
 * The MCP client of the command line. It sends one request at a time to one server, in this process or at a URL. It
 * uses the modern revision, and a session with servers that do not support it.
 */
@NullMarked
package io.breakwater.bootstrap.client;

import org.jspecify.annotations.NullMarked;
