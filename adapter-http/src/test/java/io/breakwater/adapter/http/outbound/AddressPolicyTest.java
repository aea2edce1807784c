package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "nothing.test, 8.8.8.8",
        "10.1.0.0/16, 10.1.255.1",
        "10.1.0.0/16, ::ffff:10.1.0.1",
        "10.1.2.3, 10.1.2.3",
        "fd12::/16, fd12::5",
        "169.254.10.0/24, 169.254.10.1",
        "0.0.0.0/0, 127.0.0.1",
        "::1, ::1",
        "idp.test, 127.0.0.1",
        "IDP.test, 10.0.0.1",
        "idp.test, 100.64.0.1",
        "idp.test, fd12::5",
    })
    void allows(String allowed, String address) {
        assertThatCode(() -> check(allowed, address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "other.test, 10.0.0.1",
        "10.1.0.0/16, 10.2.0.1",
        "10.1.2.3, 10.1.2.4",
        "fd12::/16, fd13::5",
        "10.0.0.0/8, 64:ff9b::10.0.0.1",
        "0.0.0.0/0, ::1",
        "::/0, 10.0.0.1",
        "idp.test, 169.254.169.254",
        "idp.test, fe80::1",
        "idp.test, fd00:ec2::254",
        "idp.test, 100.100.100.200",
        "idp.test, 0.0.0.0",
        "idp.test, 224.0.0.1",
        "idp.test, 2002:7f00:1::",
    })
    void refuses(String allowed, String address) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> check(allowed, address))
                .withMessageStartingWith("Refusing to connect to idp.test: it is a")
                .withMessageEndingWith(" to OutboundSettings.allowed if this service is intended.");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "::1, ::1, true",
        "10.1.2.3, 10.1.2.3, true",
        "fd12::5, fd12::5, true",
        "100.64.0.1, 100.64.0.1, true",
        "localhost, 127.0.0.1, true",
        "localhost, ::1, true",
        "localhost, 10.1.2.3, false",
        "localhost, 169.254.169.254, false",
        "orders.internal, 127.0.0.1, false",
        "orders.internal, 10.1.2.3, false",
        "169.254.169.254, 169.254.169.254, false",
        "fe80::1, fe80::1, false",
        "100.100.100.200, 100.100.100.200, false",
        "fd00:ec2::254, fd00:ec2::254, false",
        "0.0.0.0, 0.0.0.0, false"
    })
    void toBeWrittenIsAPermissionForAnInternalAddressOnly(String host, String address, boolean allowed) {
        var policy = AddressPolicy.allowing(List.of(), SettingNames.JAVA);
        var addresses = addresses(address);

        if (allowed) {
            policy.checkWritten(host, addresses);
        } else {
            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> policy.checkWritten(host, addresses));
        }
        assertThatExceptionOfType(PortException.RefusedException.class).isThrownBy(() -> policy.check(host, addresses));
    }

    @Test
    void aWrittenHostNeedsNoPermissionThatTheSettingsGive() {
        var policy = AddressPolicy.allowing(List.of("orders.internal", "169.254.0.0/16"), SettingNames.JAVA);

        policy.checkWritten("orders.internal", addresses("10.1.2.3"));
        policy.checkWritten("169.254.1.1", addresses("169.254.1.1"));
        policy.checkWritten("example.com", addresses("8.8.8.8"));
    }

    private static List<InetAddress> addresses(String address) {
        return List.of(IpLiteral.parse(address).orElseThrow());
    }

    private static void check(String allowed, String address) {
        AddressPolicy.allowing(List.of(allowed), SettingNames.JAVA).check("idp.test", addresses(address));
    }

    @ParameterizedTest
    @CsvSource({
        "other.test, http://localhost:9000/realm, localhost is a loopback address",
        "other.test, http://LOCALHOST, localhost is a loopback address",
        "other.test, http://10.0.0.1, 10.0.0.1 is a private address",
        "localhost, 'http://[::1]/realm', ::1 is a loopback address",
    })
    void saysWhyAUrlIsRefusedBeforeItIsUsed(String allowed, URI url, String reason) {
        assertThat(OutboundSettings.defaults().withAllowed(List.of(allowed)).refusal(url))
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost:9000",
        "127.0.0.0/8, http://localhost:9000",
        "10.0.0.0/8, http://10.0.0.1",
        "other.test, https://idp.test",
        "other.test, https://8.8.8.8",
        "other.test, urn:issuer",
    })
    void saysNothingAboutOtherUrls(String allowed, URI url) {
        assertThat(OutboundSettings.defaults().withAllowed(List.of(allowed)).refusal(url))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/x",
                "127.1",
                "http://idp.test",
                "a b",
                "*.test"
            })
    void refusesAnInvalidEntry(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.allowing(List.of(entry), SettingNames.JAVA))
                .withMessageStartingWith("OutboundSettings.allowed must contain networks such as 10.0.0.0/8")
                .withMessageEndingWith("but contains " + entry + ".");
    }
}
