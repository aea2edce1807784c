package io.breakwater.core.business.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.PortException.RefusedException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRequestTest {
    private static final Json USER = Json.of(5);

    private static OrderItem item(String price, long quantity) {
        return new OrderItem("A-1", new BigDecimal(price), quantity);
    }

    private static OrderRequest request(OrderItem... items) {
        return new OrderRequest(USER, List.of(items));
    }

    @ParameterizedTest
    @CsvSource({
        "0.10,3,0.30",
        "19.90,2,39.80",
        "0.0001,1000000,100.0000",
        "1E+3,2,2000",
        "1.000000,1,1.0",
        "1000000000,1000000,1000000000000000"
    })
    void theTotalIsExact(String price, long quantity, String total) {
        assertThat(request(item(price, quantity)).total()).isEqualByComparingTo(total);
    }

    @Test
    void addsWhatBinaryFractionsWouldRound() {
        var request = request(item("0.1", 1), item("0.2", 1), item("33333333.3333", 3));

        assertThat(request.total().toPlainString()).isEqualTo("100000000.2999");
    }

    @Test
    void aPriceKeepsItsDecimalPlacesAndIsWrittenWithoutAnExponent() {
        assertThat(item("19.90", 1).price().toString()).isEqualTo("19.90");
        assertThat(item("1E+3", 1).price().toString()).isEqualTo("1000");
        assertThat(item("0E-9", 1).price().toString()).isEqualTo("0");
        assertThat(item("0E+999999999", 1).price().toString()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "1000000000.01", "0.00001", "1e999999999", "1e-999999999", "-1e999999999"})
    void refusesPricesOutsideTheLimits(String price) {
        assertThatThrownBy(() -> item(price, 1)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_000_001, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesQuantitiesOutsideTheLimits(long quantity) {
        assertThatThrownBy(() -> item("1", quantity)).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesOrdersForNothing() {
        assertThatThrownBy(() -> request(item("0", 5))).hasMessageContaining("total of the order is 0");
        assertThatThrownBy(OrderRequestTest::request).hasMessage("An order must have 1 to 100 items.");
        var many = Collections.nCopies(101, item("1", 1));
        assertThatThrownBy(() -> new OrderRequest(USER, many)).hasMessage("An order must have 1 to 100 items.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.0", "50e-1", "12345678901234567890", "\"5\"", "\"a:b\"", "\"ü\"", "0", "-3"})
    void takesIntegersAndTextsAsIds(String id) {
        assertThat(new OrderRequest(Json.parse(id), List.of(item("1", 1))).userId())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "\".\"",
                "\"..\"",
                "\"...\"",
                "\" .. \"",
                "\"../health\"",
                "\"a/b\"",
                "\"..%2fx\"",
                "\"%2e%2e\"",
                "\"..;\"",
                "\"a?b\"",
                "\"a#b\"",
                "\"a\\\\b\"",
                "\"a\uff0fb\"",
                "\"\u2025\"",
                "\"a\\u0000\"",
                "\"a\\nb\"",
                "1.5",
                "1e999999999",
                "1e-999999999",
                "0e-999999999",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void refusesOtherIds(String id) {
        var json = Json.parse(id);
        assertThatThrownBy(() -> new OrderRequest(json, List.of(item("1", 1))))
                .hasMessageStartingWith("user_id must be");
    }

    @ParameterizedTest
    @CsvSource({"5.0,5", "\"a b:@&+\",a%20b%3A%40%26%2B", "\"a..b\",a..b", "\"ü-._~\",%C3%BC-._~"})
    void anIdIsOneEncodedSegment(String id, String segment) {
        assertThat(EntityId.segment(EntityId.json(Json.parse(id)))).isEqualTo(segment);
    }
}
