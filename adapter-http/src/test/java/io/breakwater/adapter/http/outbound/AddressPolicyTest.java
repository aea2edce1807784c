package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import java.util.List;
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
        "127.0.0.1, true",
        "::1, true",
        "10.1.2.3, true",
        "fd12::5, true",
        "localhost, true",
        "orders.internal, false",
        "169.254.169.254, false",
        "0.0.0.0, false",
        "8.8.8.8, false",
        "2130706433, false"
    })
    void allowsInternalAddressesThatTheOperatorWrote(String host, boolean allowed) {
        var settings =
                OutboundSettings.defaults().withAllowed(List.of("10.9.0.0/16")).withWrittenHosts(List.of(host));

        assertThat(settings.allowed()).startsWith("10.9.0.0/16").hasSize(allowed ? 2 : 1);
        assertThat(settings.allowed().contains(host)).isEqualTo(allowed);
    }

    private static void check(String allowed, String address) {
        AddressPolicy.allowing(List.of(allowed), SettingNames.JAVA)
                .check("idp.test", List.of(IpLiteral.parse(address).orElseThrow()));
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
