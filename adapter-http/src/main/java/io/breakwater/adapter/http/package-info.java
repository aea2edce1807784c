/**
 * MCP over HTTP on Vert.x: the endpoint, its limits, and whatever pages it is handed.
 *
 * <p>A way through the package, in the order a request takes: a connection passes the {@code ConnectionLimiter} (how
 * many, from where) and becomes a {@code ClientConnection} (is its head in time) of one event {@code HttpEventLoop};
 * {@code StrictDecoder} takes its bytes apart, and each request on it is an {@code HttpExchange} until its answer is
 * flushed. {@code RequestRouter} decides by the head: {@code OriginFilter} (Host, Origin), then {@code McpHandler} or a
 * {@code ResourceHandler}. {@code BodyReader} reads within the limits, {@code McpReply} answers, as one body or as an
 * {@code EventStream}. What is turned away is turned away by one table, {@code RequestRejection}; what core says about
 * an answer becomes a status by one table, {@code Answers}.
 */
@NullMarked
package io.breakwater.adapter.http;

import org.jspecify.annotations.NullMarked;
