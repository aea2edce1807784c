package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ApiKeys} must do: find the present keys by id, with what each of them gives, and no others. */
public abstract class ApiKeysContract {
    private static final Instant END = Instant.parse("2040-01-31T12:00:00Z");
    private static final byte[] DIGEST = ApiKeyFormat.digest("first");
    private static final byte[] OTHER = ApiKeyFormat.digest("second");

    /** Creates a source without keys. */
    protected abstract ApiKeys make() throws Exception;

    /** Stores these keys in place of all present ones. */
    protected abstract void store(List<GivenKey> keys) throws Exception;

    /** Returns when the condition holds, and fails when it does not hold in time. */
    protected abstract void await(BooleanSupplier condition);

    /** The rights and secrets of a key, of which a source makes its own principal. */
    public record GivenKey(
            String id,
            String name,
            Set<String> roles,
            Set<String> scopes,
            String tenant,
            @Nullable Instant expires,
            List<SecretDigest> secrets) {
        /** Copies the collections. */
        public GivenKey {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
            secrets = List.copyOf(secrets);
        }
    }

    private static GivenKey key(String id, String name) {
        return new GivenKey(id, name, Set.of(), Set.of(), "", null, List.of(new SecretDigest(DIGEST, null)));
    }

    private static ApiKey found(ApiKeys keys, String id) {
        return keys.find(id).orElseThrow();
    }

    @Test
    void findsAKeyWithWhatItGives() throws Exception {
        var keys = make();
        store(List.of(new GivenKey(
                "abcd2345",
                "reports",
                Set.of("reader", "auditor"),
                Set.of("tools:read"),
                "acme",
                END,
                List.of(new SecretDigest(OTHER, null), new SecretDigest(DIGEST, END)))));
        await(() -> keys.find("abcd2345").isPresent());

        var key = found(keys, "abcd2345");
        assertThat(key.id()).isEqualTo("abcd2345");
        assertThat(key.expires()).isEqualTo(END);
        assertThat(key.principal().kind()).isEqualTo(Principal.Kind.CLIENT);
        assertThat(key.principal().roles()).containsExactlyInAnyOrder("reader", "auditor");
        assertThat(key.principal().scopes()).containsExactly("tools:read");
        assertThat(key.principal().tenant()).isEqualTo("acme");
        assertThat(key.secrets()).extracting(SecretDigest::sha256).containsExactly(OTHER, DIGEST);
        assertThat(key.secrets()).extracting(SecretDigest::expires).containsExactly(null, END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcd2346", "ABCD2345", "abcd234", "abcd23456", " abcd2345", "../etc", "\0", "ä", "*"})
    void findsNoOtherId(String id) throws Exception {
        var keys = make();
        assertThat(keys.find(id)).isEmpty();

        store(List.of(key("abcd2345", "reports")));
        await(() -> keys.find("abcd2345").isPresent());

        assertThat(keys.find(id)).isEmpty();
        assertThat(keys.find(id.repeat(100_000))).isEmpty();
    }

    @Test
    void doesNotFindARevokedKey() throws Exception {
        var keys = make();
        store(List.of(key("abcd2345", "reports"), key("bcde2345", "other")));
        await(() -> keys.find("abcd2345").isPresent());

        store(List.of(key("bcde2345", "other")));
        await(() -> keys.find("abcd2345").isEmpty());

        assertThat(keys.find("bcde2345")).isPresent();
    }

    @Test
    void aRotatedKeyHasTheNewSecretAndTheSamePrincipal() throws Exception {
        var keys = make();
        store(List.of(key("abcd2345", "reports")));
        await(() -> keys.find("abcd2345").isPresent());
        var principal = found(keys, "abcd2345").principal();

        store(List.of(new GivenKey(
                "abcd2345", "reports", Set.of(), Set.of(), "", null, List.of(new SecretDigest(OTHER, null)))));
        await(() -> ApiKeyFormat.matches("second", digests(found(keys, "abcd2345"))));

        assertThat(found(keys, "abcd2345").principal()).isEqualTo(principal);
        assertThat(ApiKeyFormat.matches("first", digests(found(keys, "abcd2345"))))
                .isFalse();
    }

    @Test
    void differentKeysHaveDifferentPrincipals() throws Exception {
        var keys = make();
        store(List.of(key("abcd2345", "reports"), key("bcde2345", "other")));
        await(() -> keys.find("abcd2345").isPresent());

        assertThat(found(keys, "abcd2345").principal().id())
                .isNotEqualTo(found(keys, "bcde2345").principal().id());
        assertThat(found(keys, "abcd2345").principal().isAnonymous()).isFalse();
    }

    private static List<byte[]> digests(ApiKey key) {
        return key.secrets().stream().map(SecretDigest::sha256).toList();
    }
}
