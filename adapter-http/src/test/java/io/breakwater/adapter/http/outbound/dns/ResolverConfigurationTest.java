package io.breakwater.adapter.http.outbound.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverConfigurationTest {

    private static ResolverConfiguration parse(String... lines) {
        return ResolverConfiguration.parse(List.of(lines));
    }

    @Test
    void parsesServersSearchListAndOptions() {
        var parsed = parse(
                "# a comment",
                "; another",
                "",
                "nameserver 10.96.0.10",
                "  nameserver\t2001:db8::53 ",
                "search shop.svc.cluster.local svc.cluster.local. cluster.local",
                "options timeout:1 ndots:5 rotate");

        assertThat(parsed.servers())
                .containsExactly(new InetSocketAddress("10.96.0.10", 53), new InetSocketAddress("2001:db8::53", 53));
        assertThat(parsed.search()).containsExactly("shop.svc.cluster.local", "svc.cluster.local", "cluster.local");
        assertThat(parsed.dots()).isEqualTo(5);
    }

    @Test
    void ignoresLinesThatMakeNoSense() {
        var parsed = parse("nameserver", "nameserver fe80::1%eth0", "nameserver host", "options ndots:x", "search");

        assertThat(parsed).isEqualTo(parse());
    }

    @Test
    void withoutAServerTheOneOfThisMachineCounts() {
        assertThat(parse().servers()).containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
        assertThat(ResolverConfiguration.read(Path.of("/missing/resolv.conf"))).isEqualTo(parse());
    }

    @Test
    void looksUpANameWithFewDotsInTheSearchListFirst() {
        var parsed = parse("search a.test b.test", "options ndots:2");

        assertThat(parsed.candidates("orders")).containsExactly("orders.a.test", "orders.b.test", "orders");
        assertThat(parsed.candidates("orders.shop.test"))
                .containsExactly("orders.shop.test", "orders.shop.test.a.test", "orders.shop.test.b.test");
        assertThat(parsed.candidates("orders.")).containsExactly("orders");
    }
}
