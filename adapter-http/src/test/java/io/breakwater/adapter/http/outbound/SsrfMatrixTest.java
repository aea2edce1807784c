package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.adapter.http.outbound.dns.DnsNameService;
import io.breakwater.adapter.http.outbound.dns.DnsSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.network.DnsResponder;
import io.breakwater.sample.service.ScriptedService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way known to us to make a client connect into the operator's network, or send what it should not: as a host, as
 * the answer of discovery, as the answer of a name server, in a path and in a header field. None may reach the service
 * that waits on the loopback address, and each has its reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SsrfMatrixTest {
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(2), 10_000, false);
    private static final Duration TTL = Duration.ofSeconds(1);

    /** Other notations of an IPv4 address, which programs read in different ways. */
    private static final List<String> NOTATIONS = List.of(
            "2130706433",
            "0x7f000001",
            "0X7F000001",
            "0x7f.0.0.1",
            "0x7f.0x0.0x0.0x1",
            "0177.0.0.1",
            "0177.0.0.01",
            "00000177.0.0.1",
            "017700000001",
            "127.1",
            "127.0.1",
            "127.0.0.01",
            "127.0.0.1.",
            "127.0.0.1..",
            "127.0.0.0x1",
            "127.0.0.256",
            "127.0.0.1.5",
            "0",
            "2852039166",
            "0xa9fea9fe",
            "0xa9.0xfe.0xa9.0xfe",
            "0251.0376.0251.0376",
            "169.16689662",
            "[::1]",
            "[127.0.0.1]",
            "::1%lo",
            "fe80::1%eth0",
            "fe80::1%25eth0",
            "::ffff:0x7f000001",
            "::ffff:127.1",
            "::ffff:0177.0.0.1",
            ":::1",
            "0:0:0:0:0:0:0:0:1",
            "\uff11\uff12\uff17.0.0.1",
            "\u2460\u2461\u2466.0.0.1",
            "127\u30020\u30020\u30021");

    /** Addresses in their usual notation that no service on the internet has. */
    private static final List<String> SPECIAL = List.of(
            "127.0.0.1",
            "127.255.255.254",
            "::1",
            "0:0:0:0:0:0:0:1",
            "::ffff:127.0.0.1",
            "::ffff:7f00:1",
            "0.0.0.0",
            "0.1.2.3",
            "::",
            "::127.0.0.1", // IPv4-compatible
            "::ffff:0:127.0.0.1", // SIIT
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "::ffff:10.0.0.1",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "100.64.0.1", // carrier-grade NAT
            "100.127.255.255",
            "169.254.169.254", // metadata: AWS, Azure, Google
            "169.254.170.2", // metadata: AWS ECS
            "::ffff:169.254.169.254",
            "::ffff:a9fe:a9fe",
            "fd00:ec2::254",
            "fd20:ce::254",
            "100.100.100.200", // metadata: Alibaba
            "168.63.129.16", // Azure
            "192.0.0.192", // metadata: Oracle
            "fe80::1",
            "febf::1",
            "2002:7f00:1::", // 6to4 of 127.0.0.1
            "2002:a9fe:a9fe::1",
            "2002:a00:1::",
            "192.88.99.1",
            "2001:0:7f00:1::", // Teredo
            "2001:0:4136:e378:8000:63bf:5601:5601",
            "64:ff9b::127.0.0.1", // NAT64
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::a9fe:a9fe",
            "64:ff9b:1::7f00:1",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "2001:db8::1",
            "3fff::1",
            "198.18.0.1",
            "192.0.0.1",
            "2001:10::1",
            "100::1",
            "5f00::1",
            "224.0.0.1",
            "239.255.255.255",
            "ff02::1",
            "ff0e::1",
            "240.0.0.1",
            "255.255.255.255");

    /** Hosts that are no host names, or that hide another host. */
    private static final List<String> HOSTS = List.of(
            "",
            " ",
            ".",
            "..",
            "user@127.0.0.1",
            "user:secret@localhost",
            "good.test@127.0.0.1",
            "good.test:80@127.0.0.1",
            "good.test#@127.0.0.1",
            "good.test\\@127.0.0.1",
            "good.test/127.0.0.1",
            "good.test?127.0.0.1",
            "good.test#127.0.0.1",
            "good.test%00.127.0.0.1",
            "good.test\0.127.0.0.1",
            "localhost%2e",
            "localhost\t",
            "localhost\r\nHost: other.test",
            "local host",
            "b\u00fccher.example",
            "\u24db\u24de\u24d2alhost",
            "loc\u0430lhost",
            "localhost\u3002",
            "a_b.example",
            "*.example",
            "-a.example",
            "http://127.0.0.1",
            "file:///etc/passwd",
            "127.0.0.1:80");

    private static final List<String> PATHS = List.of(
            "/a b",
            "/a\tb",
            "/a\r\nX-Injected: 1",
            "/a\nb",
            "/a\rb",
            "/a\0b",
            "/a\u007fb",
            "/caf\u00e9",
            "/a\u2028b",
            "/a#b",
            "/ HTTP/1.1\r\nHost: other.test\r\n\r\nGET /admin");

    private static final List<String> VALUES = List.of(
            "a\r\nX-Injected: 1",
            "a\nb",
            "a\rb",
            "a\0b",
            "a\u0001b",
            "a\u007fb",
            "a\u0085b",
            "a\u2028b",
            "caf\u00e9",
            "a\r\n\r\nGET /admin HTTP/1.1",
            "a\u560d\u560ab");

    private static final List<String> NAMES = List.of(
            "",
            "X Y",
            "X:Y",
            "X\r\nY",
            "X\0",
            "X\u00e9",
            "Host",
            "host",
            "Content-Length",
            "Transfer-Encoding",
            "TRANSFER-ENCODING",
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authorization",
            "Upgrade",
            "TE",
            "Trailer",
            "Expect",
            "Accept-Encoding");

    private final ScriptedService internal = ScriptedService.saying(ScriptedService.ok("secret"));
    private final ScriptedService internalV6 = ScriptedService.on(
            "::1", internal.port(), (request, out) -> out.write(ScriptedService.bytes(ScriptedService.ok("secret"))));
    private final DnsResponder server = new DnsResponder();
    private final DnsNameService names =
            new DnsNameService(DnsSettings.defaults().withServers(List.of(server.address())));
    private final HttpServiceTransport strict =
            HttpServiceTransport.with(HttpServiceTransport.defaults(), this::resolve, SettingNames.JAVA);
    private final HttpServiceTransport open = HttpServiceTransport.with(
            HttpServiceTransport.defaults().withAllowed(List.of("127.0.0.0/28")),
            this::resolve,
            SettingNames.JAVA,
            this::nanoTime);
    private long now;
    private final Map<String, Integer> counts = new TreeMap<>();

    private long nanoTime() {
        return now;
    }

    private List<InetAddress> resolve(String host) {
        return names.addresses(host, ManualCallContext.unhurried()).records().stream()
                .map(IpLiteral::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    @AfterAll
    void closeAndPrintCounts() {
        strict.close();
        open.close();
        names.close();
        server.close();
        internal.close();
        internalV6.close();
        counts.forEach((what, count) -> System.out.println("SSRF matrix: " + what + ": " + count + " refused"));
    }

    private static ServiceRequest request(String target, Map<String, String> fields) {
        return new ServiceRequest("GET", target, fields, null, new byte[0], null);
    }

    private ServiceOutcome send(
            HttpServiceTransport transport, ServiceRequest request, String host, @Nullable String address) {
        return send(transport, request, discovered(host, address));
    }

    private static ServiceOutcome send(HttpServiceTransport transport, ServiceRequest request, Endpoint endpoint) {
        return transport.send(request, endpoint, LIMITS, ManualCallContext.unhurried());
    }

    private void assertRefused(
            String what,
            HttpServiceTransport transport,
            ServiceRequest request,
            String host,
            @Nullable String address,
            Reason reason) {
        assertRefused(what, transport, request, discovered(host, address), reason);
    }

    private void assertRefused(
            String what, HttpServiceTransport transport, ServiceRequest request, Endpoint endpoint, Reason reason) {
        int before = internal.connections() + internalV6.connections();

        var refused =
                catchThrowableOfType(PortException.RefusedException.class, () -> send(transport, request, endpoint));

        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(internal.connections() + internalV6.connections()).isEqualTo(before);
        counts.merge(what, 1, Integer::sum);
    }

    static Stream<String> notations() {
        return NOTATIONS.stream();
    }

    static Stream<String> specialAddresses() {
        return SPECIAL.stream();
    }

    static Stream<String> hosts() {
        return HOSTS.stream();
    }

    static Stream<String> paths() {
        return PATHS.stream();
    }

    @ParameterizedTest
    @MethodSource("notations")
    void anotherNotationOfAnAddressIsNoHost(String host) {
        assertRefused("notation as the host", open, request("/", Map.of()), host, null, Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("notations")
    void anotherNotationOfAnAddressIsNoResultOfDiscovery(String address) {
        assertRefused(
                "notation as a discovered address",
                open,
                request("/", Map.of()),
                "orders.test",
                address,
                Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("specialAddresses")
    void aSpecialAddressIsNotAllowedAsTheHost(String host) {
        assertRefused("special address as the host", strict, request("/", Map.of()), host, null, Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("specialAddresses")
    void aSpecialAddressIsNotAllowedAsAResultOfDiscovery(String address) {
        assertRefused(
                "special address as a discovered address",
                strict,
                request("/", Map.of()),
                "orders.test",
                address,
                Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("specialAddresses")
    void aNameWithASpecialAddressIsRefused(String address) {
        var host = "special" + Math.abs((long) address.hashCode()) + ".test";
        server.answerAddresses(host, TTL, address);

        assertRefused("special address of a name", strict, request("/", Map.of()), host, null, Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("specialAddresses")
    void onePublicAddressDoesNotHelp(String address) {
        var host = "mixed" + Math.abs((long) address.hashCode()) + ".test";
        server.answerAddresses(host, TTL, "93.184.216.34", address);

        assertRefused(
                "special address beside a public one", strict, request("/", Map.of()), host, null, Reason.FORBIDDEN);
    }

    private Endpoint discovered(String host, @Nullable String address) {
        return new Endpoint(false, host, internal.port(), address);
    }

    private Endpoint written(String host) {
        return Endpoint.written(false, host, internal.port());
    }

    /** Endpoints of services beside one whose settings contain the addresses of the internal service. */
    Stream<Arguments> besideAWrittenAddress() {
        return Stream.of(
                        discovered("127.0.0.1", null), // a line of a file
                        discovered("::1", null),
                        discovered("localhost", null),
                        discovered("localhost", "127.0.0.1"),
                        discovered("orders.test", "127.0.0.1"), // an address of a name, or of a target
                        discovered("orders.test", "::1"),
                        discovered("inside.test", null), // a target without addresses
                        written("inside.test"), // the URL of another service
                        new Endpoint(false, "127.0.0.1", internal.port(), "::1", "orders", true))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("besideAWrittenAddress")
    void aWrittenAddressIsAPermissionForNoOtherEndpoint(Endpoint endpoint) {
        server.answerAddresses("inside.test", TTL, "127.0.0.1");
        for (var host : List.of("127.0.0.1", "::1", "localhost")) {
            assertThat(send(strict, request("/", Map.of()), written(host))).isInstanceOf(ServiceOutcome.Response.class);
        }

        assertRefused("beside a written address", strict, request("/", Map.of()), endpoint, Reason.FORBIDDEN);
    }

    Stream<String> specialAddressesOfNoOperator() {
        var internal = Set.of(AddressKind.LOOPBACK, AddressKind.PRIVATE, AddressKind.SHARED);
        return SPECIAL.stream()
                .filter(address -> !internal.contains(
                        AddressKind.of(IpLiteral.parse(address).orElseThrow())));
    }

    @ParameterizedTest
    @MethodSource("specialAddressesOfNoOperator")
    void aSpecialAddressThatIsWrittenIsRefusedUnlessItIsInternal(String host) {
        assertRefused("special address, written", strict, request("/", Map.of()), written(host), Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("notations")
    void anotherNotationOfAnAddressIsNoHostAlsoIfItIsWritten(String host) {
        assertRefused("notation, written", strict, request("/", Map.of()), written(host), Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void anInvalidHostIsRefused(String host) {
        assertRefused("host that is no host", open, request("/", Map.of()), host, null, Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPathThatChangesTheRequestIsRefused(String path) {
        assertRefused("path", open, request(path, Map.of()), "127.0.0.1", null, Reason.INVALID);
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                        NAMES.stream().map(name -> request("/", Map.of(name, "a"))),
                        VALUES.stream().map(value -> request("/", Map.of("X-Key", value))),
                        VALUES.stream().map(value -> request("/", Map.of("Authorization", "Bearer " + value))),
                        VALUES.stream().map(type -> new ServiceRequest("POST", "/", Map.of(), type, new byte[0], null)),
                        VALUES.stream().map(key -> new ServiceRequest("POST", "/", Map.of(), null, new byte[0], key)))
                .flatMap(each -> each)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldThatChangesTheRequestIsRefused(ServiceRequest request) {
        assertRefused("header field", open, request, "127.0.0.1", null, Reason.INVALID);
    }

    @Test
    void aNameThatChangesBetweenCheckAndConnectionDoesNotChangeTheConnection() {
        server.answerAddresses("rebinding.test", TTL, "127.0.0.1");
        server.answerAddresses("rebinding.test", TTL, "127.0.0.99");
        int before = internal.connections();

        assertThat(send(open, request("/", Map.of()), "rebinding.test", null))
                .isInstanceOf(ServiceOutcome.Response.class);
        assertThat(internal.connections()).isEqualTo(before + 1);
        assertThat(server.queriedNames().stream().filter("rebinding.test"::equals))
                .hasSize(2); // A and AAAA, once
        now += RecentAddresses.AGE.toNanos();
        assertRefused("rebinding", open, request("/", Map.of()), "rebinding.test", null, Reason.FORBIDDEN);
    }

    @Test
    void aTrailingDotDoesNotEvadeTheCheck() {
        server.answerAddresses("dotted.test", TTL, "169.254.169.254");

        assertRefused("trailing dot", strict, request("/", Map.of()), "dotted.test.", null, Reason.FORBIDDEN);
        assertRefused("trailing dot", strict, request("/", Map.of()), "DOTTED.test.", null, Reason.FORBIDDEN);
    }
}
