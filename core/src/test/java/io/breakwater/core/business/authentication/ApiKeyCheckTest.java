package io.breakwater.core.business.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyCheckTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final FailureSource SOURCE = FailureSource.of("192.0.2.1");
    private static final Principal ANN = Principal.of("ann").asClient();

    private final Map<String, ApiKey> stored = new HashMap<>();
    private final ApiKeys keys = id -> Optional.ofNullable(stored.get(id));
    private final CountedFailures failures = new CountedFailures();
    private final List<Integer> compared = new ArrayList<>();
    private Instant now = START;
    private final ApiKeyCheck check = new ApiKeyCheck(keys, failures, () -> now, (one, other) -> {
        compared.add(one.length + other.length);
        return MessageDigest.isEqual(one, other);
    });

    private final KeyParts key = ApiKeyFormat.generate();

    private void store(KeyParts parts, @Nullable Instant expires, SecretDigest... secrets) {
        stored.put(parts.id(), new ApiKey(parts.id(), ANN, List.of(secrets), expires));
    }

    private static SecretDigest digest(KeyParts parts, @Nullable Instant expires) {
        return new SecretDigest(ApiKeyFormat.digest(parts.secret()), expires);
    }

    private CredentialResult check(KeyParts parts) {
        compared.clear();
        return check.check(parts.reveal(), SOURCE);
    }

    private static BooleanSupplier assertAccepted(CredentialResult result, @Nullable Instant expires) {
        assertThat(result).isInstanceOf(Accepted.class);
        var accepted = (Accepted) result;
        assertThat(accepted.principal()).isEqualTo(ANN);
        assertThat(accepted.expires()).isEqualTo(expires);
        return accepted.revoked();
    }

    @Test
    void aKeyCountsAsRevokedWhenItIsRemovedOrHasOtherSecretsOrRights() {
        store(key, null, digest(key, null));
        var revoked = assertAccepted(check(key), null);
        var other = ApiKeyFormat.withNewSecret(key.id());

        store(key, null, digest(other, null), digest(key, null));
        assertThat(revoked.getAsBoolean()).isFalse();
        store(key, null, digest(other, null));
        assertThat(revoked.getAsBoolean()).isTrue();
        stored.put(key.id(), new ApiKey(key.id(), ANN.withRoles(Set.of("admin")), List.of(digest(key, null)), null));
        assertThat(revoked.getAsBoolean()).isTrue();
        stored.clear();
        assertThat(revoked.getAsBoolean()).isTrue();
    }

    @Test
    void acceptsTheRightSecret() {
        store(key, null, digest(key, null));

        assertAccepted(check(key), null);
        assertThat(failures.withdrawn).isEmpty();
    }

    @Test
    void aWrongSecretAndAnUnknownIdTakeTheSamePath() {
        store(key, null, digest(key, null));

        var wrong = check(ApiKeyFormat.withNewSecret(key.id()));
        var pathOfWrong = List.copyOf(compared);
        var other = ApiKeyFormat.generate();
        var unknown = check(other);

        assertThat(wrong).isInstanceOf(Refused.class);
        assertThat(unknown).isEqualTo(new Refused(FailureReason.UNKNOWN_KEY, "There is no key bw_" + other.id() + "."));
        assertThat(pathOfWrong).containsExactly(64).isEqualTo(compared);
        assertThat(failures.withdrawn).hasSize(4).filteredOn(SOURCE::equals).hasSize(2);
    }

    @Test
    void productionComparesInConstantTimeOnly() {
        var type = new ClassFileImporter().importClass(ApiKeyCheck.class);

        assertThat(type.getMethodReferencesFromSelf())
                .anyMatch(reference ->
                        reference.getTarget().getFullName().startsWith("java.security.MessageDigest.isEqual("));
        assertThat(type.getAccessesFromSelf())
                .noneMatch(access -> access.getTarget().getFullName().startsWith("java.util.Arrays.")
                        || access.getTarget().getFullName().startsWith("java.lang.String.equals("));
        assertThat(new ApiKeyCheck(keys, failures, () -> now).check(key.reveal(), SOURCE))
                .isInstanceOf(Refused.class);
    }

    @Test
    void bothSecretsAreValidWhileAKeyIsRotatedAndAllAreCompared() {
        var next = ApiKeyFormat.withNewSecret(key.id());
        store(key, null, digest(key, START.plusSeconds(60)), digest(next, null));

        assertAccepted(check(key), START.plusSeconds(60));
        assertThat(compared).hasSize(2);
        assertAccepted(check(next), null);
        now = START.plusSeconds(60);
        assertThat(check(key))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(FailureReason.EXPIRED_KEY));
        assertThat(check(next)).isInstanceOf(Accepted.class);
    }

    @Test
    void endsAtTheExpiryOfTheKey() {
        store(key, START.plusSeconds(10), digest(key, START.plusSeconds(60)));

        assertAccepted(check(key), START.plusSeconds(10));
        now = START.plusSeconds(10);
        assertThat(check(key)).isInstanceOf(Refused.class);
        assertThat(failures.withdrawn).isEmpty();
    }

    @Test
    void aLockedOutPairIsNotCompared() {
        store(key, null, digest(key, null));
        failures.locked.put(SOURCE.withKey(key.id()), Duration.ofSeconds(3));

        assertThat(check(key)).isEqualTo(new Limited(Duration.ofSeconds(3)));
        assertThat(compared).isEmpty();
        assertThat(check.check(key.reveal(), FailureSource.of("192.0.2.2"))).isInstanceOf(Accepted.class);
    }

    @Test
    void aLockedOutAddressGetsTheSameAnswerForEveryWrongKeyAndStillUsesTheRightOne() {
        store(key, null, digest(key, null));
        failures.locked.put(SOURCE, Duration.ofSeconds(3));

        assertThat(check(ApiKeyFormat.generate())).isEqualTo(new Limited(Duration.ofSeconds(3)));
        assertThat(check(ApiKeyFormat.withNewSecret(key.id()))).isEqualTo(new Limited(Duration.ofSeconds(3)));
        assertThat(check(key)).isInstanceOf(Accepted.class);
    }

    @Test
    void theKeyWithoutIdIsAcceptedWhileOthersFromItsAddressAreLockedOut() {
        stored.put("", new ApiKey("", ANN, List.of(new SecretDigest(ApiKeyFormat.digest("some text"), null)), null));
        failures.locked.put(SOURCE.withKey(""), Duration.ofSeconds(3));

        assertAccepted(check.check("some text", SOURCE), null);
        assertThat(check.check("another text", SOURCE)).isEqualTo(new Limited(Duration.ofSeconds(3)));
        assertThat(check.compareWithKeyWithoutId("another text", SOURCE)).isEqualTo(new Limited(Duration.ofSeconds(3)));
    }

    @Test
    void aTextInAnotherFormatIsComparedWithTheKeyWithoutId() {
        assertThat(check.check("some text", SOURCE))
                .isEqualTo(new Refused(
                        FailureReason.UNKNOWN_KEY, "The text is not a complete API key, such as bw_ID.SECRET."));
        assertThat(compared).hasSize(1);

        stored.put("", new ApiKey("", ANN, List.of(new SecretDigest(ApiKeyFormat.digest("some text"), null)), null));
        assertAccepted(check.check("some text", SOURCE), null);
        assertThat(check.check("some texts", SOURCE))
                .isEqualTo(new Refused(
                        FailureReason.WRONG_SECRET,
                        "The text is neither a complete API key, such as bw_ID.SECRET, nor the key without an id."));
        assertThat(check.check("", SOURCE)).isInstanceOf(Refused.class);
    }

    @Test
    void noRefusalRepeatsTheSecret() {
        store(key, null, digest(key, null));
        var wrong = ApiKeyFormat.withNewSecret(key.id());

        assertThat(check(wrong).toString()).doesNotContain(wrong.secret());
    }

    /** Failures that are counted, and sources that are locked out. */
    private static final class CountedFailures implements FailureBudget {
        private final List<FailureSource> withdrawn = new ArrayList<>();
        private final Map<FailureSource, Duration> locked = new HashMap<>();

        @Override
        public Duration remainingLockout(FailureSource source) {
            return locked.getOrDefault(source, Duration.ZERO);
        }

        @Override
        public Duration remainingLockoutOfAll() {
            return Duration.ZERO;
        }

        @Override
        public Duration withdraw(FailureSource source) {
            withdrawn.add(source);
            return remainingLockout(source);
        }

        @Override
        public Reservation reserve(FailureSource source, Duration maxWait) {
            throw new UnsupportedOperationException("A check that costs little reserves nothing.");
        }
    }
}
