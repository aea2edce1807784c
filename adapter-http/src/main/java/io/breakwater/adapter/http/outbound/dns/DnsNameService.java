package io.breakwater.adapter.http.outbound.dns;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.adapter.http.outbound.NameResolver;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.NameService;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.HostsFileEntriesProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the names of services with queries to name servers. Names in {@code /etc/hosts} resolve to the addresses
 * there. The configuration of the system is read for each look-up, so that a change counts. Nothing is cached: the TTL of
 * an answer says how long it is valid. Thread-safe.
 */
public final class DnsNameService implements NameService, AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(?!.{254})[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

    private static final Pattern LOCAL = Pattern.compile("(?:.*\\.)?localhost\\.?");

    /** An address in place of a name never changes. */
    private static final Duration LITERAL_TTL = Duration.ofDays(1);

    private static final Duration UNLIMITED = Duration.ofDays(1);

    /** A change of the file counts after this time. */
    private static final Duration HOSTS_TTL = Duration.ofSeconds(30);

    private static final Answer<String> NONE = new Answer<>(List.of(), Duration.ZERO);

    private final DnsSettings settings;
    private final DnsClient client;

    /** Creates a name service. It opens sockets for each query only. */
    public DnsNameService(DnsSettings settings) {
        this.settings = settings;
        this.client = new DnsClient(settings.timeout());
    }

    /**
     * {@inheritDoc}
     *
     * @throws PortException.RefusedException when the text is not a host name
     */
    @Override
    public Answer<String> addresses(String host, CallContext context) {
        var literal = IpLiteral.parse(host);
        if (literal.isPresent()) {
            return new Answer<>(List.of(literal.get().getHostAddress()), LITERAL_TTL);
        }
        return addresses(host, Wait.of(context));
    }

    private Answer<String> addresses(String host, Wait wait) {
        checkName(host);
        var local = local(host);
        return local.isEmpty() ? search(host, wait, this::addresses) : new Answer<>(local, HOSTS_TTL);
    }

    /** Returns a resolver that asks the same name servers. */
    public NameResolver resolver() {
        return host -> {
            try {
                var found = new ArrayList<InetAddress>();
                for (var address : addresses(host, Wait.unlimited()).records()) {
                    found.add(InetAddress.getByName(address));
                }
                return found;
            } catch (PortException failure) {
                var unknown = new UnknownHostException(host);
                unknown.initCause(failure);
                throw unknown;
            }
        };
    }

    /** Returns the addresses in the hosts file. No name server decides about this machine (RFC 6761 section 6.3). */
    private static List<String> local(String host) {
        var key = host.toLowerCase(Locale.ROOT);
        var addresses = hostsFile(key);
        return addresses.isEmpty() && LOCAL.matcher(key).matches() ? List.of("127.0.0.1") : addresses;
    }

    private static List<String> hostsFile(String key) {
        var entries = HostsFileEntriesProvider.parser().parseSilently();
        return Stream.of(entries.ipv4Entries(), entries.ipv6Entries())
                .flatMap(family -> family.getOrDefault(key, List.of()).stream())
                .map(InetAddress::getHostAddress)
                .toList();
    }

    /** Asks for both families at the same time. */
    private CompletableFuture<Answer<String>> addresses(ResolverConfiguration configuration, String name) {
        return family(configuration, name, DnsRecordType.A)
                .thenCombine(family(configuration, name, DnsRecordType.AAAA), Family::with);
    }

    private CompletableFuture<Family> family(ResolverConfiguration configuration, String name, DnsRecordType type) {
        return client.query(configuration.servers(), name, type, response -> DnsReply.addresses(name, type, response))
                .handle((answer, failure) -> failure == null ? new Family(answer, null) : new Family(NONE, failure));
    }

    /** The addresses of one family, or none and a failure. */
    private record Family(Answer<String> answer, @Nullable Throwable failure) {

        /** A family without an answer does not matter if the other one has addresses. */
        Answer<String> with(Family other) {
            var filled = Stream.of(answer, other.answer)
                    .filter(each -> !each.records().isEmpty())
                    .toList();
            var failed = failure == null ? other.failure : failure;
            if (filled.isEmpty() && failed != null) {
                throw new CompletionException(failed);
            }
            return new Answer<>(
                    filled.stream().flatMap(each -> each.records().stream()).toList(),
                    (filled.isEmpty() ? Stream.of(answer, other.answer) : filled.stream())
                            .map(Answer::ttl)
                            .min(Duration::compareTo)
                            .orElse(Duration.ZERO));
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws PortException.RefusedException when the text is not a name
     */
    @Override
    public Answer<Target> targets(String name, CallContext context) {
        checkName(name);
        return search(
                name,
                Wait.of(context),
                (configuration, candidate) -> client.query(
                        configuration.servers(),
                        candidate,
                        DnsRecordType.SRV,
                        response -> DnsReply.targets(candidate, response)));
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches() || IpLiteral.endsInNumber(name)) {
            throw new PortException.RefusedException(
                    Reason.INVALID,
                    "The name of a service in the DNS must be in ASCII (an international one in its xn-- form), and at"
                            + " most 253 characters long.",
                    null);
        }
    }

    /** Looks up the name and, while it has no records, the name with each domain of the search list. */
    private <T> Answer<T> search(
            String name, Wait wait, BiFunction<ResolverConfiguration, String, CompletableFuture<Answer<T>>> query) {
        var configuration = settings.servers().isEmpty()
                ? ResolverConfiguration.read(ResolverConfiguration.SYSTEM)
                : ResolverConfiguration.of(settings.servers());
        var answer = new Answer<T>(List.of(), Duration.ZERO);
        for (var candidate : configuration.candidates(name)) {
            answer = wait.until(query.apply(configuration, candidate), name);
            if (!answer.records().isEmpty()) {
                return answer;
            }
        }
        return answer;
    }

    /** The wait for answers, which ends with a call. */
    private record Wait(CompletableFuture<Void> ended, Supplier<Duration> remaining) {
        static Wait of(CallContext context) {
            var ended = new CompletableFuture<Void>();
            context.onCancel(() -> ended.completeExceptionally(new CancellationException()));
            return new Wait(ended, context::remaining);
        }

        /** A wait that only the time limits of the queries end. */
        static Wait unlimited() {
            return new Wait(new CompletableFuture<>(), () -> UNLIMITED);
        }

        <T> T until(CompletableFuture<T> answer, String name) {
            try {
                CompletableFuture.anyOf(answer, ended).get(remaining.get().toNanos(), TimeUnit.NANOSECONDS);
                return answer.get();
            } catch (ExecutionException e) {
                throw answer.isDone() ? unavailable(name, e.getCause()) : callEnded(name, e);
            } catch (TimeoutException e) {
                throw callEnded(name, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw callEnded(name, e);
            }
        }
    }

    private static PortException unavailable(String name, @Nullable Throwable cause) {
        var failed = cause instanceof CompletionException wrapped ? wrapped.getCause() : cause;
        var what = failed instanceof DnsClient.FailedAnswer answer
                ? "The name servers answered " + answer.code() + " for "
                : "No name server answers for ";
        return new PortException.UnavailableException(
                what + name + ". Check the name servers of this machine, and retry.", null, failed);
    }

    private static PortException callEnded(String name, Exception cause) {
        return new PortException.DeadlineExceededException(
                "The call ended before a name server answered for " + name + ".", cause);
    }

    /** Ends the thread for queries. */
    @Override
    public void close() {
        client.close();
    }
}
