package io.breakwater.core.business.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
    private final IdempotencyKeys keys = new IdempotencyKeys(Duration.ofHours(3));
    private final Principal anna = Principal.of("anna");

    @Test
    void aKeyBelongsToItsPrincipalItsTenantAndItsTool() {
        var all = List.of(
                digest(anna, "pay", "k"),
                digest(Principal.of("ben"), "pay", "k"),
                digest(Principal.of("https://issuer.example", "anna"), "pay", "k"),
                digest(anna.withTenant("acme"), "pay", "k"),
                digest(anna, "pay2", "k"),
                digest(anna, "pay", "k2"),
                keys.ofTool(anna, "pay", "k", Json.Obj.EMPTY).digest());

        assertThat(new HashSet<>(all)).hasSize(all.size());
    }

    @Test
    void equalArgumentsHaveTheSameFingerprint() {
        assertThat(fingerprint("{\"a\":1,\"b\":[2.50]}"))
                .isEqualTo(fingerprint("{\"b\":[25e-1],\"a\":1.0}"))
                .isNotEqualTo(fingerprint("{\"a\":1,\"b\":[2.51]}"));
    }

    @Test
    void keepsAKeyForTheRetention() {
        IdempotencyKey key = keys.ofCaller(anna, "pay", "k", Json.Obj.EMPTY);

        assertThat(key.retention()).isEqualTo(Duration.ofHours(3));
        assertThat(key.tool()).isEqualTo("pay");
    }

    @Test
    void eachItemOfABatchHasAKeyOfItsOwn() {
        var items = List.of(
                IdempotencyKeys.ofItem("batch", 0),
                IdempotencyKeys.ofItem("batch", 1),
                IdempotencyKeys.ofItem("batch2", 0),
                IdempotencyKeys.ofItem("x".repeat(IdempotencyKeys.MAX_LENGTH), 49));

        assertThat(new HashSet<>(items)).hasSize(items.size());
        items.forEach(IdempotencyKeys::requireForm);
    }

    private String digest(Principal principal, String tool, String text) {
        return keys.ofCaller(principal, tool, text, Json.Obj.EMPTY).digest();
    }

    private String fingerprint(String arguments) {
        return keys.ofCaller(anna, "pay", "k", Json.parse(arguments)).fingerprint();
    }
}
