package io.breakwater.adapter.http.outbound.dns;

import io.breakwater.adapter.http.network.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a stub resolver needs to know, as in {@code resolv.conf(5)}.
 *
 * @param servers the name servers, in order
 * @param search the domains that are appended to names
 * @param dots the number of dots from which a name is looked up as it is first
 */
record ResolverConfiguration(List<InetSocketAddress> servers, List<String> search, int dots) {
    static final Path SYSTEM = Path.of("/etc/resolv.conf");

    private static final int PORT = 53;
    private static final String DOTS = "ndots:";

    /** Name servers that the settings name, without a search list. */
    static ResolverConfiguration of(List<InetSocketAddress> servers) {
        return new ResolverConfiguration(servers, List.of(), 1);
    }

    /** Reads a file. One that cannot be read means a name server on this machine, as for the operating system. */
    static ResolverConfiguration read(Path file) {
        try {
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return parse(List.of());
        }
    }

    /** Ignores lines and options that it does not know, and servers with an IPv6 zone. The last search list counts. */
    static ResolverConfiguration parse(List<String> lines) {
        var servers = new ArrayList<InetSocketAddress>();
        List<String> search = List.of();
        int dots = 1;
        for (var line : lines) {
            var words = line.strip().split("\\s+");
            var values = List.of(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" ->
                    values.stream()
                            .limit(1)
                            .map(IpLiteral::parse)
                            .flatMap(Optional::stream)
                            .forEach(address -> servers.add(new InetSocketAddress(address, PORT)));
                case "search", "domain" ->
                    search = values.stream()
                            .map(ResolverConfiguration::withoutDot)
                            .toList();
                case "options" -> dots = dots(values, dots);
                default -> {
                    // a comment, or an option of another resolver
                }
            }
        }
        if (servers.isEmpty()) {
            servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
        }
        return new ResolverConfiguration(List.copyOf(servers), search, dots);
    }

    private static String withoutDot(String domain) {
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }

    private static int dots(List<String> options, int before) {
        return options.stream()
                .filter(option -> option.matches(DOTS + "\\d{1,3}"))
                .map(option -> Integer.parseInt(option.substring(DOTS.length())))
                .reduce(before, (first, last) -> last);
    }

    /** Returns the names to look up for a name, in order. */
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(withoutDot(name));
        }
        var extended = search.stream().filter(domain -> !domain.isEmpty()).map(domain -> name + "." + domain);
        boolean first = name.chars().filter(character -> character == '.').count() >= dots;
        return (first ? Stream.concat(Stream.of(name), extended) : Stream.concat(extended, Stream.of(name))).toList();
    }
}
