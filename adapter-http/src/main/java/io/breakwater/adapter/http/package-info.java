/**
 * MCP over HTTP on Vert.x: the endpoint, its limits, and the HTTP resources of the server.
 *
 * <p>A request passes these classes in this order: {@code ConnectionLimiter} counts its connection, which becomes a
 * {@code ClientConnection} of one {@code HttpEventLoop} and must send its head in time. {@code StrictDecoder} decodes
 * its bytes, and each request is an {@code HttpExchange} until its answer is flushed. {@code RequestRouter} checks the
 * head with {@code OriginFilter} (Host, Origin) and selects {@code McpHandler} or a {@code ResourceHandler}.
 * {@code BodyReader} reads the body within the limits, and {@code McpReply} answers with one body or an
 * {@code EventStream}, whose pieces wait in a {@code StreamQueue}. {@code RequestRejection} lists all refusals; {@code StatusMapping} maps a reply status to an
 * HTTP status.
 *
 * <p>{@code HttpListener} is a listening socket with all this. {@code HttpTransport} has one for clients, and
 * {@code ManagementListener} one for operators, where {@code AccessCheck} requires the {@code ManagementKey}.
 *
 * <p>On an HTTP server that an application owns, {@code McpHttpHandler} receives the requests, {@code MountedEndpoint}
 * checks their heads, and each request is an {@code HttpExchange} on a {@code MountedConnection}.
 */
@NullMarked
package io.breakwater.adapter.http;

import org.jspecify.annotations.NullMarked;
