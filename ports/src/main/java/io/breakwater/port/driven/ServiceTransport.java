package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to single instances of HTTP services. It connects to exactly the address that it checks, follows no
 * redirect, and limits the response. The method blocks, and is called on virtual threads. Contract:
 * {@code ServiceTransportContract}.
 */
public interface ServiceTransport {

    /**
     * Sends a request once, and waits for the complete response.
     *
     * @param context the call that waits; its end closes the connection
     * @throws io.breakwater.port.PortException.RefusedException with the reason {@code FORBIDDEN} when the endpoint may not
     *     be used: it is invalid, or its address is not allowed. This message and its cause are for the operator. With the
     *     reason {@code OTHER} when the response is not allowed (a redirect, too large, compressed), or there is no
     *     memory for it. With {@code OVERLOADED} when there is no memory for the response to a GET or HEAD request, which
     *     has no effect. With another reason when the request is invalid, and was not sent
     * @throws io.breakwater.port.PortException.DeadlineExceededException when the call ended before the request was sent
     */
    ServiceOutcome send(ServiceRequest request, Endpoint endpoint, Limits limits, CallContext context);

    /**
     * Where an instance listens.
     *
     * @param tls whether the scheme is https
     * @param host the host name or the address, for the field {@code Host} and for the check of the certificate
     * @param port the port, from 1
     * @param address the address to connect to, if discovery has resolved the host; null to resolve it for the request
     * @param label how messages name the instance
     * @param written whether the host stands in the settings of the operator. If it is a loopback or private address, or
     *     {@code localhost}, this is the permission to connect to it
     */
    record Endpoint(
            boolean tls, String host, int port, @Nullable String address, String label, boolean written) {

        /** Creates an endpoint that a file, the DNS or another source names; messages name it by its origin. */
        public Endpoint(boolean tls, String host, int port, @Nullable String address) {
            this(tls, host, port, address, origin(tls, host, port), false);
        }

        /** Creates an endpoint whose host stands in the settings of the operator; messages name it by its origin. */
        public static Endpoint written(boolean tls, String host, int port) {
            return new Endpoint(tls, host, port, null, origin(tls, host, port), true);
        }

        /** Returns the endpoint with another label, such as the name of the service: callers must not see instances. */
        public Endpoint labelled(String other) {
            return new Endpoint(tls, host, port, address, other, written);
        }

        /** Returns scheme, host and port. */
        public String origin() {
            return origin(tls, host, port);
        }

        private static String origin(boolean tls, String host, int port) {
            var shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
            boolean usual = port == (tls ? 443 : 80);
            return (tls ? "https://" : "http://") + shown + (usual ? "" : ":" + port);
        }
    }

    /**
     * The limits of one request.
     *
     * @param timeout the maximum time from now to the end of the response
     * @param bodyBytes the maximum size of the body of the response
     * @param keepAlive whether the connection may be kept for the next request; false for checks, which go to many
     *     instances
     */
    record Limits(Duration timeout, int bodyBytes, boolean keepAlive) {}
}
