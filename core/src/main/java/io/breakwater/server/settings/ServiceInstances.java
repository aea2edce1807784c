package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where the instances of an HTTP service are. */
public sealed interface ServiceInstances {

    /** Returns instances that do not change. */
    static ServiceInstances of(String... urls) {
        return new Fixed(Arrays.stream(urls).map(ServiceOrigin::parse).toList());
    }

    /**
     * Instances that do not change.
     *
     * @param origins the instances, at least one
     */
    record Fixed(List<ServiceOrigin> origins) implements ServiceInstances {
        /** Refuses an empty list, and an instance that is named twice. */
        public Fixed {
            origins = nonNullCopy(origins, "ServiceInstances.Fixed.origins");
            check(!origins.isEmpty(), "origins must not be empty.");
            check(new HashSet<>(origins).size() == origins.size(), "origins must contain each instance once.");
        }
    }

    /**
     * One instance for each address of a host (A, AAAA). The name is resolved again at the TTL of the answer.
     *
     * @param origin the scheme, the name of the host, and the port of all instances
     */
    record Dns(ServiceOrigin origin) implements ServiceInstances {
        /** Refuses null. */
        public Dns {
            notNull(origin, "ServiceInstances.Dns.origin");
        }
    }

    /**
     * The targets of a service in the DNS (SRV, RFC 2782), which have ports. Calls go to the targets with the lowest
     * priority number that are available; weights do not count. The name is resolved again at the TTL of the answer.
     *
     * @param tls whether the scheme of the instances is https
     * @param name the name, such as {@code _http._tcp.orders.internal}
     */
    record Srv(boolean tls, String name) implements ServiceInstances {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

        /** Refuses a text that is no name. */
        public Srv {
            notNull(name, "ServiceInstances.Srv.name");
            check(NAME.matcher(name).matches(), "name must be a name in the DNS, but is \"" + name + "\".");
        }
    }

    /**
     * Instances that the application supplies, for example those in a file that it watches.
     *
     * @param origins supplies the present instances. It is called once a second, so it must return at once; return the same
     *     list while nothing changes. If it throws, the instances stay as they are
     */
    record Supplied(Supplier<List<ServiceOrigin>> origins) implements ServiceInstances {
        /** Refuses null. */
        public Supplied {
            notNull(origins, "ServiceInstances.Supplied.origins");
        }
    }
}
