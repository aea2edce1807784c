package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.01/",
                "http://127.0.0.256/",
                "http://1.2.3.4.5/",
                "http://127.0.0.1./",
                "http://127.0.0.1../",
                "http://[::ffff:0177.0.0.1]/",
                "http://host.0x1/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://\uff11\uff12\uff17.0.0.1/",
                "http://\u2460\u2461\u2466.0.0.1/",
                "http://b\u00fccher.example/",
                "http://localhost%2e/",
                "http://a_b.example/",
                "http:///path",
                "http://./",
                "http:path",
                "http://:80/",
                "http://host:99999999999/",
            })
    void refusesHostsInOtherNotations(String url) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Target.of(URI.create(url)))
                .matches(refused -> refused.reason() == PortException.RefusedException.Reason.INVALID)
                .withMessageStartingWith("The URL of a service needs a host: ");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/, 127.0.0.1",
        "http://[::ffff:127.0.0.1]/, 127.0.0.1",
        "http://[::ffff:7f00:1]/, 127.0.0.1",
        "http://[::1]/, 0:0:0:0:0:0:0:1",
        "http://[2001:DB8::1]/, 2001:db8:0:0:0:0:0:1",
        "https://LOCALHOST./, localhost",
        "https://xn--bcher-kva.example/, xn--bcher-kva.example",
    })
    void parsesHosts(String url, String host) {
        assertThat(Target.of(URI.create(url)).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://host/", "jar:http://host!/", "ftp://host/", "//host/", "x"})
    void refusesOtherSchemes(String url) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Target.of(URI.create(url)))
                .withMessage("The URL of a service must begin with https:// or http://.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user@host/",
                "https://user:secret@host/",
                "https://good.example@127.0.0.1/",
                "http://@host/"
            })
    void refusesUserInfoWithoutRepeatingIt(String url) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Target.of(URI.create(url)))
                .withMessageStartingWith("The URL of a service must not contain a user name or a password.")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:0/", "http://host:65536/"})
    void refusesOtherPorts(String url) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Target.of(URI.create(url)))
                .withMessageContaining("between 1 and 65535");
    }

    @Test
    void refusesAPathOutsideAscii() {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Target.of(URI.create("http://host/caf\u00e9")))
                .withMessageContaining("must be in ASCII");
    }

    @ParameterizedTest
    @CsvSource({
        "http://host/secret?token=1, http://host",
        "https://host:443/, https://host",
        "https://host:80/, https://host:80",
        "http://[::1]:8080/, http://[0:0:0:0:0:0:0:1]:8080",
    })
    void messagesShowTheOriginOnly(String url, String origin) {
        assertThat(Target.of(URI.create(url)).label()).isEqualTo(origin);
    }
}
