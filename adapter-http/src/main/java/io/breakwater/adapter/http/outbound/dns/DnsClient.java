package io.breakwater.adapter.http.outbound.dns;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends queries to name servers with Netty: over UDP, with a random id and a socket of its own for each, and over TCP if
 * the answer is truncated. A server that does not answer, or that answers with a failure, is followed by the next one.
 */
final class DnsClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsClient.class);

    /** Larger datagrams could be split, and lost (DNS Flag Day 2020). */
    private static final int MAX_DATAGRAM = 1_232;

    private static final int ROUNDS = 2;
    private static final InetSocketAddress UNUSED = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("breakwater-dns", true), NioIoHandler.newFactory());
    private final DnsNameResolver resolver;

    /** A name server answered with a failure. */
    static final class FailedAnswer extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String code;

        private FailedAnswer(InetSocketAddress server, DnsResponseCode code) {
            super(server + " answered " + code);
            this.code = code.toString();
        }

        /** Returns the name and the number of the failure, such as {@code ServFail(2)}. */
        String code() {
            return code;
        }
    }

    DnsClient(Duration timeout) {
        resolver = new DnsNameResolverBuilder(threads.next())
                .datagramChannelType(NioDatagramChannel.class)
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .socketChannelType(NioSocketChannel.class)
                .queryTimeoutMillis(Math.max(1, timeout.toMillis()))
                .maxPayloadSize(MAX_DATAGRAM)
                .nameServerProvider(host -> DnsServerAddresses.singleton(UNUSED).stream())
                .hostsFileEntriesResolver((host, types) -> null)
                .searchDomains(List.of())
                .ndots(1)
                .build();
    }

    /**
     * Asks the servers in order, twice, until one answers.
     *
     * @param decode reads the answer; it may fail for an answer that makes no sense
     * @return the future answer; it fails when no server answers
     */
    <T> CompletableFuture<T> query(
            List<InetSocketAddress> servers, String name, DnsRecordType type, Function<DnsResponse, T> decode) {
        var answer = new CompletableFuture<T>();
        new Attempts<>(servers, new DefaultDnsQuestion(name, type), decode, answer).attempt(0);
        return answer;
    }

    private final class Attempts<T> {
        private final List<InetSocketAddress> servers;
        private final DnsQuestion question;
        private final Function<DnsResponse, T> decode;
        private final CompletableFuture<T> answer;

        private Attempts(
                List<InetSocketAddress> servers,
                DnsQuestion question,
                Function<DnsResponse, T> decode,
                CompletableFuture<T> answer) {
            this.servers = servers;
            this.question = question;
            this.decode = decode;
            this.answer = answer;
        }

        private void attempt(int number) {
            var server = servers.get(number % servers.size());
            resolver.query(server, question).addListener(result -> {
                try {
                    if (!result.isSuccess()) {
                        throw new IOException("No answer from " + server, result.cause());
                    }
                    answer.complete(decoded(server, result.getNow()));
                } catch (IOException | RuntimeException failed) {
                    LOG.debug("The name server {} failed for {}", server, question.name(), failed);
                    continueAfter(number, failed);
                }
            });
        }

        private void continueAfter(int number, Exception failed) {
            if (number + 1 < ROUNDS * servers.size() && !answer.isDone()) {
                attempt(number + 1);
            } else {
                answer.completeExceptionally(failed);
            }
        }

        @SuppressWarnings("unchecked") // the type that the resolver promises
        private T decoded(InetSocketAddress server, Object result) throws IOException {
            var envelope = (AddressedEnvelope<DnsResponse, InetSocketAddress>) result;
            try {
                var code = envelope.content().code();
                if (!code.equals(DnsResponseCode.NOERROR) && !code.equals(DnsResponseCode.NXDOMAIN)) {
                    throw new FailedAnswer(server, code);
                }
                return decode.apply(envelope.content());
            } finally {
                envelope.release();
            }
        }
    }

    /** Ends the thread; queries that still run fail or stay without an answer. */
    @Override
    public void close() {
        resolver.close();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
