package io.breakwater.adapter.http.outbound.dns;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.NameService;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.HostsFileEntriesProvider;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
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

    /** An address in place of a name never changes. */
    private static final Duration LITERAL_TTL = Duration.ofDays(1);

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
        checkName(host);
        var local = hostsFile(host);
        return local.isEmpty() ? search(host, context, this::addresses) : new Answer<>(local, HOSTS_TTL);
    }

    private static List<String> hostsFile(String host) {
        var entries = HostsFileEntriesProvider.parser().parseSilently();
        var key = host.toLowerCase(Locale.ROOT);
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
                context,
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
            String name,
            CallContext context,
            BiFunction<ResolverConfiguration, String, CompletableFuture<Answer<T>>> query) {
        var configuration = settings.servers().isEmpty()
                ? ResolverConfiguration.read(ResolverConfiguration.SYSTEM)
                : ResolverConfiguration.of(settings.servers());
        var ended = new CompletableFuture<Void>();
        context.onCancel(() -> ended.completeExceptionally(new CancellationException()));
        var answer = new Answer<T>(List.of(), Duration.ZERO);
        for (var candidate : configuration.candidates(name)) {
            answer = await(query.apply(configuration, candidate), ended, name, context);
            if (!answer.records().isEmpty()) {
                return answer;
            }
        }
        return answer;
    }

    private static <T> T await(
            CompletableFuture<T> answer, CompletableFuture<Void> ended, String name, CallContext context) {
        try {
            CompletableFuture.anyOf(answer, ended).get(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
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

    private static PortException unavailable(String name, @Nullable Throwable cause) {
        return new PortException.UnavailableException(
                "No name server answers for " + name + ". Check the name servers of this machine, and retry.",
                null,
                cause);
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
