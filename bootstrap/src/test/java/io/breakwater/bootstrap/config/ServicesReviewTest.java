package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The warnings about services and orders: valid settings that cannot have their effect. */
class ServicesReviewTest {
    private static final String STORE = "store: {url: 'postgresql://a@127.0.0.1/a'}\n";
    private static final String USERS = "  user-service: {urls: ['http://10.0.0.1']}\n";
    private static final String ORDERS = "  order-service: {urls: ['http://10.0.0.2']}\n";
    private static final String PAYMENTS = "  payment-service: {urls: ['http://10.0.0.3']}\n";
    private static final String ALL = "services:\n" + USERS + ORDERS + PAYMENTS;

    @TempDir
    private Path folder = Path.of("");

    private ConfigFolder file(String yaml) {
        return new ConfigFolder(folder).file("breakwater.yaml", yaml);
    }

    private void assertWarning(String yaml, String warning) {
        assertThat(file(yaml).load().warnings()).containsExactly(warning);
    }

    private void assertNoWarning(String yaml) {
        assertThat(file(yaml).load().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "urls: ['http://a'], api-key-header: X-Token | services.a.api-key-header has no effect without services.a.api-key (or API_KEY_A).",
                "urls: ['http://a'], srv-tls: true | services.a.srv-tls has no effect without services.a.srv. Write https in the URLs instead.",
                "urls: ['http://a'], attempt-timeout: 1h | services.a.attempt-timeout is 1h, but a call ends after 30s (limits.deadline).",
                "urls: ['http://169.254.169.254', 'http://10.0.0.1'] | services.a.urls: 169.254.169.254 is a link-local address, which is also where cloud metadata services are, which outbound.allowed does not name, so no request will be sent there.",
                "dns: 'http://10.0.0.1' | services.a.dns: 10.0.0.1 is a private address, which outbound.allowed does not name, so no request will be sent there.",
                "urls: ['http://a'], oauth2: {url: 'https://169.254.0.1/t', client-id: a, client-secret: b} | services.a.oauth2.url: 169.254.0.1 is a link-local address, which is also where cloud metadata services are, which outbound.allowed does not name, so no request will be sent there.",
                "urls: ['http://a'], oauth2: {grant: token-exchange, url: 'https://id.example/t', client-id: a, client-secret: b} | services.a.oauth2.grant is token-exchange, which needs the token of the caller, but the server accepts no tokens, so all calls of the service fail. Configure auth.issuers or auth.jwt-secret."
            })
    void reportsASettingWithoutEffect(String service, String warning) {
        assertWarning("services: {a: {" + service + "}}\n", warning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urls: ['http://127.0.0.1', 'http://localhost', 'http://10.0.0.1', 'http://[fd00::1]', 'http://a']",
                "urls: ['http://a'], api-key: k, api-key-header: X-Token",
                "srv: _http._tcp.a.internal, srv-tls: true",
                "urls: ['http://a'], attempt-timeout: 30s"
            })
    void doesNotReportSettingsWithTheirEffect(String service) {
        assertNoWarning("services: {a: {" + service + "}}\n");
    }

    @Test
    void doesNotReportAnAllowedAddress() {
        assertNoWarning("services: {a: {urls: ['http://169.254.1.1']}}\noutbound: {allowed: [169.254.0.0/16]}\n");
    }

    @Test
    void reportsAFileWithInstancesThatCannotBeRead() throws IOException {
        var file = folder.resolve("instances");
        var yaml = "services: {a: {file: '" + file + "'}}\n";

        assertWarning(
                yaml,
                "services.a.file: there is no file " + file + ", so the service has no instances until there is one.");
        Files.createDirectory(file);
        assertWarning(
                yaml,
                "services.a.file: " + file
                        + " is not a regular file, so the service has no instances until there is one.");
        Files.delete(file);
        Files.writeString(file, "http://10.0.0.7\n");
        assertNoWarning(yaml);
    }

    @Test
    void saysWhyOrdersAreNotOffered() {
        assertWarning(
                ALL, "create_order is not offered, because it needs a store. Set store.url, or packs.orders to false.");
        assertWarning(
                STORE + "services:\n" + USERS + ORDERS,
                "create_order is not offered, because services contains no payment-service. Add it, or set packs.orders"
                        + " to false.");
        assertNoWarning(STORE + "services:\n" + USERS);
        assertNoWarning(STORE + ALL);
        assertNoWarning(ALL + "packs: {orders: false}\n");
    }

    @Test
    void reportsAMisspeltServiceOfOrders() {
        assertWarning(
                STORE + ALL + "orders: {payment-service: paymnt}\npacks: {orders: true}\n",
                "services contains no paymnt, so create_order uses http://paymnt:8080. Did you mean payment-service?");
        assertNoWarning(STORE + "services:\n" + ORDERS + "packs: {orders: true}\n");
    }

    @Test
    void thePackNeedsAService() {
        assertThat(file("packs: {services: true}\n").errors())
                .containsExactly("breakwater.yaml:1:19: packs.services: there are no services; add one to services, or"
                        + " set packs.services to false");
        assertNoWarning("packs: {services: false}\n");
    }
}
