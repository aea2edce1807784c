package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class CallerAddressTest {

    @Test
    void eachAddressIsACaller() throws Exception {
        assertThat(caller("192.0.2.1")).isEqualTo("192.0.2.1").isNotEqualTo(caller("192.0.2.2"));
        assertThat(caller("::1")).isNotEqualTo(caller("127.0.0.1"));
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneCaller() throws Exception {
        assertThat(caller("2001:db8:1:2::3")).isEqualTo(caller("2001:db8:1:2:ffff::4"));
        assertThat(caller("2001:db8:1:2::3")).isNotEqualTo(caller("2001:db8:1:3::3"));
    }

    private static String caller(String address) throws UnknownHostException {
        return CallerAddress.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    }
}
