/**
 * Look-ups of services in the DNS. {@link io.breakwater.adapter.http.outbound.dns.DnsNameService} is a stub resolver: it
 * sends queries to the name servers of the settings or of {@code /etc/resolv.conf}, which resolve them. Unlike the
 * resolver of the operating system it reports the TTL of an answer, and distinguishes a name that does not exist from
 * name servers that do not answer.
 *
 * <p>An answer says only where a service could be. Which addresses are allowed is checked for each connection.
 */
@NullMarked
package io.breakwater.adapter.http.outbound.dns;

import org.jspecify.annotations.NullMarked;
