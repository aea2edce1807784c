package io.breakwater.adapter.http.outbound;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * Sends requests to instances of HTTP services in HTTP/1.1, under the rules of {@link OutboundHttpClient}: it connects to
 * exactly the addresses that it checked, follows no redirect, and decompresses nothing. It tells a request that no
 * instance received from one that an instance may have received.
 *
 * <p>A thread that sends a request waits once: connecting, sending and receiving run on an event loop. Connections are
 * kept for each name and address together, for 10 seconds without a request. Checks open a connection of their own, and
 * close it.
 *
 * <p>{@link OutboundSettings#requestsPerHost()} is the maximum number of connections to one instance, and {@link
 * OutboundSettings#waitingPerHost()} that of further requests that wait for one. Thread-safe.
 */
public final class HttpServiceTransport implements ServiceTransport, AutoCloseable {
    private static final int MAX_CONNECTIONS = 1_024;
    private static final int MAX_EVENT_LOOPS = 8;

    private final NameResolver resolver;
    private final RecentAddresses recent;
    private final AddressPolicy policy;
    private final OutboundFailures failures;
    private final Connector connector;

    private HttpServiceTransport(
            OutboundSettings settings, NameResolver resolver, SettingNames names, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.recent = new RecentAddresses(nanoTime);
        this.policy = AddressPolicy.allowing(settings.allowed(), names);
        this.failures = new OutboundFailures(names);
        this.connector = Connector.withEventLoops(eventLoops(), settings, names);
    }

    /** Half of the processors: the other half runs the calls that wait for the responses. */
    private static int eventLoops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_EVENT_LOOPS);
    }

    /** Returns settings that allow public addresses only, and as many connections as calls may need. */
    public static OutboundSettings defaults() {
        return OutboundSettings.defaults().withRequestsPerHost(MAX_CONNECTIONS, MAX_CONNECTIONS);
    }

    /**
     * Creates a transport that resolves names with the resolver of the operating system.
     *
     * @param names the names of the settings in messages
     * @throws IllegalArgumentException when {@link OutboundSettings#allowed()} is invalid
     * @throws PortException.RefusedException when the trust store cannot be used
     */
    public static HttpServiceTransport with(OutboundSettings settings, SettingNames names) {
        return with(settings, NameResolver.SYSTEM, names);
    }

    /** Creates a transport with another resolver. The addresses of a name are looked up once a second. */
    public static HttpServiceTransport with(OutboundSettings settings, NameResolver resolver, SettingNames names) {
        return with(settings, resolver, names, System::nanoTime);
    }

    static HttpServiceTransport with(
            OutboundSettings settings, NameResolver resolver, SettingNames names, LongSupplier nanoTime) {
        return new HttpServiceTransport(settings, resolver, names, nanoTime);
    }

    @Override
    public ServiceOutcome send(ServiceRequest request, Endpoint endpoint, Limits limits, CallContext context) {
        var target = Target.of(endpoint, request.target());
        var head = RequestHead.options(request);
        var timer = new CallTimer(context, target.label(), limits.timeout());
        List<InetAddress> addresses;
        try {
            addresses = addresses(target, endpoint, timer);
            timer.check();
        } catch (ExecutionException unresolved) {
            return new ServiceOutcome.NotDelivered(failures.message(target.label(), unresolved.getCause()), null);
        } catch (PortException.UnavailableException timedOut) {
            return new ServiceOutcome.NotDelivered(message(timedOut), null);
        }
        if (endpoint.written() && endpoint.address() == null) {
            policy.checkWritten(target.host(), addresses);
        } else {
            policy.check(target.host(), addresses);
        }
        var body = new BoundedBody(target.label(), limits.bodyBytes(), context);
        var exchange = new ServiceExchange(connector, failures, target, head, request.body(), body);
        exchange.start(addresses, limits.keepAlive());
        return outcome(exchange, timer);
    }

    private List<InetAddress> addresses(Target target, Endpoint endpoint, CallTimer timer) throws ExecutionException {
        var discovered = endpoint.address();
        if (discovered != null) {
            return List.of(IpLiteral.parse(discovered).orElseThrow(() -> invalidAddress(target)));
        }
        var literal = target.literal();
        return literal == null ? resolve(target.host(), timer) : List.of(literal);
    }

    private List<InetAddress> resolve(String host, CallTimer timer) throws ExecutionException {
        var known = recent.find(host);
        return known == null ? recent.keep(host, timer.await(connector.lookUp(() -> resolver.addresses(host)))) : known;
    }

    private static PortException.RefusedException invalidAddress(Target target) {
        return Target.unusable("The address that discovery has found for " + target.label() + " is invalid.");
    }

    /** Waits for the outcome. A call that ends meanwhile ends the exchange, whose request may have been sent. */
    private static ServiceOutcome outcome(ServiceExchange exchange, CallTimer timer) {
        try {
            return timer.await(exchange.outcome());
        } catch (PortException.UnavailableException timedOut) {
            return exchange.abandon()
                    ? new ServiceOutcome.Unconfirmed(message(timedOut), true)
                    : new ServiceOutcome.NotDelivered(message(timedOut), null);
        } catch (PortException.DeadlineExceededException ended) {
            if (exchange.abandon()) {
                return new ServiceOutcome.Unconfirmed(message(ended), true);
            }
            throw ended;
        } catch (ExecutionException refused) {
            throw exchange.refusal(refused.getCause());
        }
    }

    private static String message(PortException exception) {
        return String.valueOf(exception.getMessage());
    }

    /** Closes all connections; requests that still run fail. */
    @Override
    public void close() {
        connector.close();
    }
}
