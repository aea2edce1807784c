package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.network.IpLiteral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "223.255.255.255, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "10.0.0.0, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, SHARED",
        "100.127.255.255, SHARED",
        "169.254.169.254, LINK_LOCAL",
        "100.100.100.200, METADATA",
        "168.63.129.16, METADATA",
        "192.0.0.192, METADATA",
        "0.0.0.0, UNSPECIFIED",
        "0.1.2.3, UNSPECIFIED",
        "224.0.0.1, MULTICAST",
        "239.255.255.255, MULTICAST",
        "240.0.0.1, RESERVED",
        "255.255.255.255, RESERVED",
        "192.0.0.1, RESERVED",
        "198.19.0.1, RESERVED",
        "192.0.2.1, DOCUMENTATION",
        "198.51.100.1, DOCUMENTATION",
        "203.0.113.1, DOCUMENTATION",
        "192.88.99.1, TRANSITION",
    })
    void knowsTheKindOfIpv4Addresses(String address, AddressKind kind) {
        assertThat(kind(address)).isEqualTo(kind);
        assertThat(kind("::ffff:" + address)).as("mapped").isEqualTo(kind);
        assertThat(kind("64:ff9b::" + address)).as("NAT64").isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "2606:4700:4700::1111, PUBLIC",
        "2a00:1450:4001::1, PUBLIC",
        "::1, LOOPBACK",
        "::, UNSPECIFIED",
        "::2, RESERVED",
        "::127.0.0.1, RESERVED",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, PRIVATE",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "fd00:ec2::254, METADATA",
        "fd20:ce::254, METADATA",
        "ff02::1, MULTICAST",
        "2001:db8::1, DOCUMENTATION",
        "3fff::1, DOCUMENTATION",
        "2002:7f00:1::, TRANSITION",
        "2002:808:808::, TRANSITION",
        "2001::1, TRANSITION",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2, TRANSITION",
        "2001:20::1, RESERVED",
        "64:ff9b:1::1, RESERVED",
        "64:ff9b::7f00:1, LOOPBACK",
        "100::1, RESERVED",
        "4000::1, RESERVED",
        "5f00::1, RESERVED",
    })
    void knowsTheKindOfIpv6Addresses(String address, AddressKind kind) {
        assertThat(kind(address)).isEqualTo(kind);
    }

    private static AddressKind kind(String address) {
        return AddressKind.of(IpLiteral.parse(address).orElseThrow());
    }
}
