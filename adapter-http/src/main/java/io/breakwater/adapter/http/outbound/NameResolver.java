package io.breakwater.adapter.http.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names. Thread-safe. */
@FunctionalInterface
public interface NameResolver {
    /** The resolver of the operating system, which also reads {@code /etc/hosts}. */
    NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Returns all addresses of a host in the order in which to try them. May block.
     *
     * @throws UnknownHostException when the name has no address
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * Returns at least one address.
     *
     * @throws UnknownHostException also when {@link #resolve} returns none
     */
    default List<InetAddress> addresses(String host) throws UnknownHostException {
        var addresses = List.copyOf(resolve(host));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }
}
