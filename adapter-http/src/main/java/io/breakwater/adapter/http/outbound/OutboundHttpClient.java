package io.breakwater.adapter.http.outbound;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * An HTTP client that a hostile name server, URL or service cannot turn against the operator's network. It connects to
 * exactly the addresses that it checked: public ones, and those that {@link OutboundSettings#allowed()} names. It does
 * not follow redirects, does not decompress, always verifies certificates, and limits size, time and concurrency.
 *
 * <p>The methods block, and are meant for virtual threads. Thread-safe.
 */
public final class OutboundHttpClient implements AutoCloseable {
    private final NameResolver resolver;
    private final AddressPolicy policy;
    private final HostLimiter limiter;
    private final OutboundFailures failures;
    private final Connector connector;

    private OutboundHttpClient(OutboundSettings settings, NameResolver resolver, SettingNames names) {
        this.resolver = resolver;
        this.policy = AddressPolicy.allowing(settings.allowed(), names);
        this.limiter = new HostLimiter(settings.requestsPerHost(), settings.waitingPerHost());
        this.failures = new OutboundFailures(names);
        this.connector = Connector.withOneEventLoop(settings, names);
    }

    /**
     * Creates a client that uses the resolver of the operating system.
     *
     * @param names the names of the settings in messages
     * @throws IllegalArgumentException when {@link OutboundSettings#allowed()} is invalid
     * @throws PortException.RefusedException when the trust store cannot be used
     */
    public static OutboundHttpClient with(OutboundSettings settings, SettingNames names) {
        return with(settings, NameResolver.SYSTEM, names);
    }

    /** Creates a client with another resolver. */
    public static OutboundHttpClient with(OutboundSettings settings, NameResolver resolver, SettingNames names) {
        return new OutboundHttpClient(settings, resolver, names);
    }

    /**
     * Sends a request, and waits for the whole response. Every status except a redirect is a response, also 4xx and
     * 5xx.
     *
     * @param context the call that waits for the response; its end closes the connection
     * @throws PortException.RefusedException when the URL, a field or an address is not allowed, when too many requests
     *     to the host run, or when the response is too large, compressed or a redirect
     * @throws PortException.UnavailableException when there is no connection, or no complete response in time
     * @throws PortException.DeadlineExceededException when the call ends first
     */
    public OutboundResponse send(OutboundRequest request, ResponseLimits limits, CallContext context) {
        var target = Target.of(request.uri());
        var head = RequestHead.options(request);
        var origin = target.label();
        var timer = new CallTimer(context, origin, limits.timeout());
        try (var permit = limiter.acquire(origin)) {
            timer.await(permit.granted());
            var connected = connect(target, head, timer);
            var exchange = new Exchange(connected, origin, new BoundedBody(origin, limits.bodyBytes(), context));
            return receive(exchange, request.body(), timer);
        } catch (ExecutionException e) {
            throw failures.exception(origin, e.getCause());
        }
    }

    /** Tries the addresses in order; only a request that was not sent is tried again. */
    private HttpClientRequest connect(Target target, RequestOptions head, CallTimer timer) throws ExecutionException {
        var addresses = timer.await(addresses(target));
        policy.check(target.host(), addresses);
        for (var address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return connect(target, address, head, timer);
            } catch (ExecutionException unreachable) {
                // the next address may be reachable
            }
        }
        return connect(target, addresses.getLast(), head, timer);
    }

    private HttpClientRequest connect(Target target, InetAddress address, RequestOptions head, CallTimer timer)
            throws ExecutionException {
        var connection = connector.connect(target, address, head);
        try {
            return timer.await(connection);
        } catch (PortException ended) {
            var unused = connection.thenAccept(HttpClientRequest::reset);
            throw ended;
        }
    }

    private CompletableFuture<List<InetAddress>> addresses(Target target) {
        var literal = target.literal();
        return literal == null
                ? connector.lookUp(() -> resolver.addresses(target.host()))
                : CompletableFuture.completedFuture(List.of(literal));
    }

    private static OutboundResponse receive(Exchange exchange, byte[] body, CallTimer timer) throws ExecutionException {
        boolean complete = false;
        try {
            var response = timer.await(exchange.send(body));
            complete = true;
            return response;
        } finally {
            if (!complete) {
                exchange.close();
            }
        }
    }

    /** Closes all connections; requests that still run fail. */
    @Override
    public void close() {
        connector.close();
    }
}
