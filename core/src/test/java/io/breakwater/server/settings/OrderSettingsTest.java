package io.breakwater.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.server.settings.OrderSettings.Endpoint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderSettingsTest {

    @Test
    void shipsWithTheseRequests() {
        var settings = OrderSettings.standard();

        assertThat(settings.user()).isEqualTo(new Endpoint("user-service", "/users/{id}", true));
        assertThat(settings.order()).isEqualTo(new Endpoint("order-service", "/orders", true));
        assertThat(settings.payment()).isEqualTo(new Endpoint("payment-service", "/payments", true));
        assertThat(settings.cancellation()).isEqualTo(new Endpoint("order-service", "/orders/{id}/cancel", true));
        assertThat(settings.abandonedAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.retryFor()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "/",
                "//orders",
                "/orders?x=1",
                "/orders#x",
                "/or ders",
                "/orders/..",
                "/./orders",
                "/%2e%2e",
                "/{id}/{id}",
                "/{name}",
                "/a\\b",
                "/ü",
                "http://host/orders",
                "/orders\n"
            })
    void refusesPathsThatAreNone(String path) {
        assertThatThrownBy(() -> new Endpoint("order-service", path, true)).hasMessageStartingWith("path must");
    }

    @Test
    void refusesAMissingOrAnUnusedId() {
        var settings = OrderSettings.standard();

        assertThatThrownBy(() -> new OrderSettings(
                        settings.order(),
                        settings.order(),
                        settings.payment(),
                        settings.cancellation(),
                        settings.abandonedAfter(),
                        settings.retryFor()))
                .hasMessage("user.path must contain {id}, but is \"/orders\".");
        assertThatThrownBy(() -> new OrderSettings(
                        settings.user(),
                        settings.user(),
                        settings.payment(),
                        settings.cancellation(),
                        settings.abandonedAfter(),
                        settings.retryFor()))
                .hasMessage("order.path must not contain {id}, but is \"/users/{id}\".");
    }
}
