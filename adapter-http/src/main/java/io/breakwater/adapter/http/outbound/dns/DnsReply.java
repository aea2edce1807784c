package io.breakwater.adapter.http.outbound.dns;

import io.breakwater.port.driven.NameService.Answer;
import io.breakwater.port.driven.NameService.Target;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records of a response that answer its question. Records under other names, which a name server could add to
 * change where other services are, do not count; the additional addresses of a target are under its name.
 */
final class DnsReply {
    /** A longer TTL does not count (RFC 8767, section 4). */
    private static final long MAX_TTL_SECONDS = Duration.ofDays(7).toSeconds();

    private final DnsResponse response;
    private final Set<String> names = new HashSet<>();
    private long ttl = MAX_TTL_SECONDS;

    private DnsReply(String name, DnsResponse response) {
        this.response = response;
        names.add(normalized(name));
    }

    /** Returns the addresses of a host, in one of the two families. */
    static Answer<String> addresses(String name, DnsRecordType type, DnsResponse response) {
        var reply = new DnsReply(name, response);
        var found = reply.answers(type).map(DnsReply::address).toList();
        return reply.answer(found);
    }

    /** Returns the targets of a service. A single target "." means that there is no such service. */
    static Answer<Target> targets(String name, DnsResponse response) {
        var reply = new DnsReply(name, response);
        var found = reply.answers(DnsRecordType.SRV)
                .map(reply::target)
                .filter(target -> !target.host().isEmpty())
                .toList();
        return reply.answer(found);
    }

    private <T> Answer<T> answer(List<T> found) {
        long seconds = found.isEmpty() ? negativeTtl() : ttl;
        return new Answer<>(found, Duration.ofSeconds(seconds));
    }

    /** Returns the records of a type for the name, and for the names of which it is an alias. */
    private Stream<DnsRawRecord> answers(DnsRecordType type) {
        var answers = new ArrayList<DnsRawRecord>();
        for (var each : records(DnsSection.ANSWER).toList()) {
            if (!names.contains(normalized(each.name()))) {
                continue;
            }
            if (each.type().equals(DnsRecordType.CNAME)) {
                names.add(normalized(
                        DefaultDnsRecordDecoder.decodeName(each.content().duplicate())));
                count(each);
            } else if (each.type().equals(type)) {
                answers.add(each);
                count(each);
            }
        }
        return answers.stream();
    }

    private void count(DnsRawRecord used) {
        ttl = Math.min(ttl, used.timeToLive());
    }

    private Stream<DnsRawRecord> records(DnsSection section) {
        return IntStream.range(0, response.count(section))
                .mapToObj(index -> response.recordAt(section, index))
                .filter(DnsRawRecord.class::isInstance)
                .map(DnsRawRecord.class::cast);
    }

    private static String address(DnsRawRecord resolved) {
        var content = resolved.content().duplicate();
        var bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address record has " + bytes.length + " bytes.", e);
        }
    }

    private Target target(DnsRawRecord service) {
        var content = service.content().duplicate();
        int priority = content.readUnsignedShort();
        int weight = content.readUnsignedShort();
        int port = content.readUnsignedShort();
        var host = normalized(DefaultDnsRecordDecoder.decodeName(content));
        return new Target(host, port, priority, weight, additional(host));
    }

    private @Nullable List<String> additional(String host) {
        var found = records(DnsSection.ADDITIONAL)
                .filter(each ->
                        each.type().equals(DnsRecordType.A) || each.type().equals(DnsRecordType.AAAA))
                .filter(each -> normalized(each.name()).equals(host))
                .toList();
        found.forEach(this::count);
        return found.isEmpty() ? null : found.stream().map(DnsReply::address).toList();
    }

    /** RFC 2308, section 5: the TTL of the SOA record in the response, or its last number if that is smaller. */
    private long negativeTtl() {
        return records(DnsSection.AUTHORITY)
                .filter(each -> each.type().equals(DnsRecordType.SOA))
                .mapToLong(each -> Math.min(each.timeToLive(), lastNumber(each.content())))
                .min()
                .orElse(0);
    }

    private static long lastNumber(ByteBuf content) {
        int size = content.readableBytes();
        return size < Integer.BYTES ? 0 : content.getUnsignedInt(content.readerIndex() + size - Integer.BYTES);
    }

    private static String normalized(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
