/**
 * Requests to other services: key sets, token introspection, webhooks, and the HTTP services that tools call. This is the
 * only package of the adapter that opens connections to services; an architecture rule enforces it. The package {@code
 * client} is the exception, because its connections lead to a server that the user names on the command line.
 *
 * <p>{@link io.breakwater.adapter.http.outbound.OutboundHttpClient} sends a request in these steps, and each step can
 * end it:
 *
 * <ol>
 *   <li>{@code Target} parses the URL strictly, and {@code RequestHead} checks the method and the header fields.
 *   <li>{@code HostLimiter} limits the concurrent requests to a host.
 *   <li>The {@link io.breakwater.adapter.http.outbound.NameResolver} resolves the name, and {@code AddressPolicy} checks
 *       every address. One address that is not allowed ends the request.
 *   <li>{@code Connector} connects to exactly the addresses that were checked. The name stays in the {@code Host} field
 *       and in TLS (server name and certificate check). Connections are reused only for the same name and address.
 *   <li>{@code Exchange} sends the request and collects the response, up to a limit. It neither follows redirects nor
 *       decompresses.
 * </ol>
 *
 * <p>{@code CallTimer} limits the time of all steps together, and ends them when the call is cancelled.
 *
 * <p>{@link io.breakwater.adapter.http.outbound.HttpServiceTransport} sends a request to one instance of a service in the
 * same steps, with three differences. Its caller has found the instance, so an address of discovery takes the place of
 * the look-up, and is checked in the same way. Its caller limits the calls, so the pool of connections takes the place of
 * {@code HostLimiter}. And {@code ServiceExchange}, which runs on an event loop from the connection to the response, takes
 * the place of {@code Exchange}: it knows whether the request may have been sent.
 */
@NullMarked
package io.breakwater.adapter.http.outbound;

import org.jspecify.annotations.NullMarked;
