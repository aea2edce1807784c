package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static final URI ANYWHERE = URI.create("http://127.0.0.1/");

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nHost: evil", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "caf\u00e9", "a\u2028b", "a\u560ab"})
    void refusesValuesThatCouldChangeTheMessage(String value) {
        refuses("GET", "X-Key", value).withMessageStartingWith("The value of the header field X-Key contains");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "caf\u00e9"})
    void refusesInvalidNames(String name) {
        refuses("GET", name, "x").withMessage("A header field for a service has a name that HTTP does not allow.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "Upgrade",
                "Accept-Encoding",
                "Expect"
            })
    void refusesFieldsOfTheClient(String name) {
        refuses("GET", name, "x").withMessageStartingWith("The header field " + name + " must not be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "get", "", "GET / HTTP/1.1\r\nX: ", "OPTIONS"})
    void refusesOtherMethods(String method) {
        refuses(method, "X-Key", "x").withMessageStartingWith("The method of a request to a service must be");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<PortException.RefusedException> refuses(
            String method, String name, String value) {
        return assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() ->
                        RequestHead.options(new OutboundRequest(method, ANYWHERE, Map.of(name, value), new byte[0])));
    }
}
