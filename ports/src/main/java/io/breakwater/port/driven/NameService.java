package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the names of services in the DNS. The methods block. They raise {@link
 * io.breakwater.port.PortException.UnavailableException} when no name server answers in time, or the answer is a failure
 * other than that the name does not exist.
 */
public interface NameService {

    /** Returns the IPv4 and IPv6 addresses of a host (A, AAAA); none if the name does not exist or has none. */
    Answer<String> addresses(String host, CallContext context);

    /** Returns the targets of a service (SRV, RFC 2782); none if the name does not exist or has none. */
    Answer<Target> targets(String name, CallContext context);

    /**
     * Records of one kind.
     *
     * @param ttl the time for which the answer is valid: the smallest TTL of its records
     */
    record Answer<T>(List<T> records, Duration ttl) {
        /** Copies the records. */
        public Answer {
            records = List.copyOf(records);
        }
    }

    /**
     * A target of a service.
     *
     * @param host the name of its host
     * @param priority targets with a higher number are for when no other is available
     * @param weight the share of the calls among targets of the same priority
     * @param addresses the addresses of the host that the answer contains; null if it contains none
     */
    record Target(
            String host,
            int port,
            int priority,
            int weight,
            @Nullable List<String> addresses) {}
}
