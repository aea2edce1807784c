/**
 * The client's side of MCP over HTTP, on the HTTP client of the JDK, which starts faster than Vert.x.
 * {@link io.breakwater.adapter.http.client.HttpClientTransport} carries the messages of an MCP client.
 */
@NullMarked
package io.breakwater.adapter.http.client;

import org.jspecify.annotations.NullMarked;
