package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpSettings.ForwardingHeader;
import io.breakwater.port.driving.RemotePeer;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller that a trusted proxy names. The proxies are 10.0.0.0/8 and 2001:db8:a::/48; this one is 10.0.0.1. */
class CallerResolverTest {
    private static final RemotePeer PROXY = new RemotePeer("10.0.0.1");
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8:a::/48");

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final TransportCounters counters = new TransportCounters(1);

    CallerResolverTest() {
        counters.bindMetrics(metrics);
    }

    private String resolve(ForwardingHeader header, String... values) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (var value : values) {
            headers.add(header.fieldName(), value);
        }
        return new CallerResolver(new HttpSettings.Proxies(PROXIES, header), counters)
                .resolve(PROXY, headers)
                .address();
    }

    private long unknown() {
        return metrics.read("mcp_http_unknown_callers_total{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.7                          | 192.0.2.7
                    192.0.2.7:4711                     | 192.0.2.7
                    192.0.2.7 , 10.9.9.9               | 192.0.2.7
                    '	192.0.2.7,	10.9.9.9  '       | 192.0.2.7
                    127.0.0.1, 192.0.2.7               | 192.0.2.7
                    10.6.6.6, 192.0.2.7                | 192.0.2.7
                    garbage, 192.0.2.7                 | 192.0.2.7
                    ', 192.0.2.7'                      | 192.0.2.7
                    10.2.2.2, 10.9.9.9                 | 10.2.2.2
                    2001:db8::7                        | 2001:db8:0:0:0:0:0:7
                    [2001:db8::7]                      | 2001:db8:0:0:0:0:0:7
                    [2001:db8::7]:4711                 | 2001:db8:0:0:0:0:0:7
                    192.0.2.7, 2001:DB8:A::9           | 192.0.2.7
                    ::ffff:192.0.2.7                   | 192.0.2.7
                    192.0.2.7, ::ffff:10.0.0.9         | 192.0.2.7""")
    void takesTheLastAddressThatIsNoProxy(String value, String caller) {
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, value)).isEqualTo(caller);
        assertThat(unknown()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "192.0.2.7,",
                "unknown",
                "_hidden",
                "192.0.2.7, unknown",
                "192.0.2.7, unknown, 10.9.9.9",
                "192.0.2.7 198.51.100.9",
                "192.0.2.7;198.51.100.9",
                "\"192.0.2.7\"",
                "for=192.0.2.7",
                "localhost",
                "127.1",
                "0x7f000001",
                "2130706433",
                "192.0.2.07",
                "192.0.2.256",
                "192.0.2.7:123456",
                "192.0.2.7:_port",
                "192.0.2.7/32",
                "[192.0.2.7",
                "[2001:db8::7",
                "2001:db8::7]:1",
                "fe80::1%eth0",
                "１９２.0.2.7"
            })
    void isTheProxyIfTheElementIsNoAddress(String value) {
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, value)).isEqualTo("10.0.0.1");
        assertThat(unknown()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    for=192.0.2.7                                          | 192.0.2.7
                    FOR=192.0.2.7                                          | 192.0.2.7
                    for="192.0.2.7:4711"                                   | 192.0.2.7
                    for="[2001:db8::7]"                                    | 2001:db8:0:0:0:0:0:7
                    For="[2001:db8::7]:4711"                               | 2001:db8:0:0:0:0:0:7
                    proto=https;for=192.0.2.7;by=10.0.0.1;host="a.example" | 192.0.2.7
                    for=192.0.2.7, for=10.9.9.9                            | 192.0.2.7
                    for="198.51.100.9, for=192.0.2.7                       | 192.0.2.7
                    for=unknown, for=192.0.2.7                             | 192.0.2.7""")
    void readsForwarded(String value, String caller) {
        assertThat(resolve(ForwardingHeader.FORWARDED, value)).isEqualTo(caller);
        assertThat(unknown()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=unknown",
                "for=_hidden",
                "for=\"_gazonk\"",
                "192.0.2.7",
                "by=192.0.2.7",
                "for=192.0.2.7;for=198.51.100.9",
                "for=",
                "for=\"192.0.2.7",
                "for=192.0.2.7\"",
                "for=[2001:db8::7]",
                "for=192.0.2.7:4711",
                "for=\"192.0.2.\\7\"",
                "for = 192.0.2.7",
                "for=192.0.2.7 by=10.0.0.1",
                "for=192.0.2.7;;",
                "host=\"evil, for=198.51.100.9\"",
                "for=192.0.2.7;host=\"evil, for=198.51.100.9\\\""
            })
    void isTheProxyIfForwardedIsMalformed(String value) {
        assertThat(resolve(ForwardingHeader.FORWARDED, value)).isEqualTo("10.0.0.1");
        assertThat(unknown()).isEqualTo(1);
    }

    @Test
    void joinsSeveralFieldsInTheirOrder() {
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "198.51.100.9", "192.0.2.7, 10.3.3.3", "10.9.9.9"))
                .isEqualTo("192.0.2.7");
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "192.0.2.7", "")).isEqualTo("10.0.0.1");
    }

    @Test
    void isTheProxyWithoutAField() {
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR)).isEqualTo("10.0.0.1");
        assertThat(unknown()).isZero();
    }

    @Test
    void followsAtMostSixteenProxies() {
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "192.0.2.7" + ", 10.9.9.9".repeat(15)))
                .isEqualTo("192.0.2.7");
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "192.0.2.7" + ", 10.9.9.9".repeat(16)))
                .isEqualTo("10.0.0.1");
        assertThat(unknown()).isEqualTo(1);
    }

    @Test
    void readsAtMostFourKibibytes() {
        var padding = " ".repeat(2_050);

        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "192.0.2.7," + padding + "10.9.9.9"))
                .isEqualTo("192.0.2.7");
        assertThat(resolve(
                        ForwardingHeader.X_FORWARDED_FOR, "192.0.2.7," + padding + "10.9.9.9," + padding + "10.8.8.8"))
                .isEqualTo("10.0.0.1");
    }

    /** Otherwise a caller could appear as the proxy, and avoid the limits of its own address. */
    @Test
    void aCallerCannotHideBehindALongList() {
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "10.9.9.9, ".repeat(1_000) + "192.0.2.7"))
                .isEqualTo("192.0.2.7");
        assertThat(resolve(ForwardingHeader.X_FORWARDED_FOR, "x".repeat(10_000), "192.0.2.7"))
                .isEqualTo("192.0.2.7");
        assertThat(unknown()).isZero();
    }
}
