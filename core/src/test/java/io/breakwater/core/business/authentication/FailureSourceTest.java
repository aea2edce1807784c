package io.breakwater.core.business.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureSourceTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2::, 2001:db8:1:2::/64",
        "2001:0DB8:0001:0002:ffff::1, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "2001:db8:1:2::192.0.2.1, 2001:db8:1:2::/64",
        "::1, 0:0:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:192.0.2.1, 192.0.2.1",
        "stdio, stdio"
    })
    void isAnIpv4AddressOrThe64BitNetworkOfAnIpv6Address(String address, String network) {
        assertThat(FailureSource.of(address).network()).isEqualTo(network);
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOneSource() {
        var one = FailureSource.of("2001:db8:1:2::1");

        assertThat(FailureSource.of("2001:db8:1:2:ffff:ffff:ffff:ffff")).isEqualTo(one);
        assertThat(FailureSource.of("2001:db8:1:3::1")).isNotEqualTo(one);
        assertThat(one.withKey("abcd2345")).isNotEqualTo(one);
        assertThat(one.withKey("")).isNotEqualTo(one);
    }

    @Test
    void aTextThatIsNoAddressOccupiesLittleMemory() {
        assertThat(FailureSource.of("x".repeat(100_000)).network()).hasSizeLessThan(100);
        assertThat(FailureSource.of(":".repeat(100_000)).network()).hasSizeLessThan(100);
        assertThat(FailureSource.of("1:2").network()).isEqualTo("1:2");
    }
}
