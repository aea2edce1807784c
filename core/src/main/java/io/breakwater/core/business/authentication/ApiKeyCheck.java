package io.breakwater.core.business.authentication;

import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.Sha256;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks API keys, on the thread of the caller. A wrong secret and an unknown id take the same path: one comparison in
 * constant time for each digest, or with a digest that no secret has. Therefore neither the answer nor its time says
 * whether a key exists.
 *
 * <p>A correct key is accepted even if other credentials from the same address failed too often, because its check
 * costs little. The failures with one id from one address lock out this pair, also for the correct secret of a key with
 * an id.
 */
final class ApiKeyCheck {
    private static final List<SecretDigest> NO_DIGEST = List.of(new SecretDigest(new byte[32], null));

    private static final String NO_KEY = "The text is not a complete API key, such as bw_ID.SECRET.";
    private static final String NOT_THE_KEY =
            "The text is neither a complete API key, such as bw_ID.SECRET, nor the key without an id.";

    private final ApiKeys keys;
    private final FailureBudget budget;
    private final InstantSource clock;
    private final BiPredicate<byte[], byte[]> comparison;

    ApiKeyCheck(ApiKeys keys, FailureBudget budget, InstantSource clock) {
        this(keys, budget, clock, MessageDigest::isEqual);
    }

    /** Creates a check with another comparison, for tests that count its calls. */
    ApiKeyCheck(ApiKeys keys, FailureBudget budget, InstantSource clock, BiPredicate<byte[], byte[]> comparison) {
        this.keys = keys;
        this.budget = budget;
        this.clock = clock;
        this.comparison = comparison;
    }

    /** Returns whether there is a key without an id, whose whole text is the secret. */
    boolean hasKeyWithoutId() {
        return keys.find(ApiKeyFormat.NO_ID).isPresent();
    }

    /** Checks a text that can only be an API key. */
    CredentialResult check(String text, FailureSource source) {
        var parts = ApiKeyFormat.parse(text);
        return parts.isPresent()
                ? check(parts.get().id(), parts.get().secret(), source)
                : counted(ApiKeyFormat.NO_ID, source, compareWithKeyWithoutId(text, source));
    }

    private CredentialResult check(String id, String secret, FailureSource source) {
        var lockout = budget.remainingLockout(source.withKey(id));
        return lockout.isPositive() ? new Limited(lockout) : counted(id, source, compare(id, secret));
    }

    private CredentialResult counted(String id, FailureSource source, CredentialResult result) {
        return result instanceof Refused(var reason, var detail) && reason != FailureReason.EXPIRED_KEY
                ? countFailure(id, source, result)
                : result;
    }

    /**
     * Compares a text with the key that has no id, and counts no failure, because the text may be a token. A lock-out
     * does not include the correct text: others at the same address need no id to cause failures, and the text cannot
     * be guessed.
     */
    CredentialResult compareWithKeyWithoutId(String text, FailureSource source) {
        var result = compare(ApiKeyFormat.NO_ID, text);
        var lockout = result instanceof Accepted
                ? Duration.ZERO
                : budget.remainingLockout(source.withKey(ApiKeyFormat.NO_ID));
        return lockout.isPositive() ? new Limited(lockout) : result;
    }

    /** Counts a text that is neither a token nor the key without an id, and returns the answer to it. */
    CredentialResult countFailureWithoutId(FailureSource source, CredentialResult refusal) {
        return countFailure(ApiKeyFormat.NO_ID, source, refusal);
    }

    /** Every failure costs; when a budget is used up, the answer does not say whether the key exists either. */
    private CredentialResult countFailure(String id, FailureSource source, CredentialResult refusal) {
        var lockout = max(budget.withdraw(source.withKey(id)), budget.withdraw(source));
        return lockout.isPositive() ? new Limited(lockout) : refusal;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private CredentialResult compare(String id, String secret) {
        var key = keys.find(id).orElse(null);
        var digest = Sha256.of(secret);
        SecretDigest match = null;
        for (var stored : key == null || key.secrets().isEmpty() ? NO_DIGEST : key.secrets()) {
            if (comparison.test(digest, stored.sha256())) {
                match = stored;
            }
        }
        if (key == null) {
            return new Refused(FailureReason.UNKNOWN_KEY, id.isEmpty() ? NO_KEY : "There is no key " + name(id) + ".");
        }
        return match == null
                ? new Refused(FailureReason.WRONG_SECRET, key.id().isEmpty() ? NOT_THE_KEY : named(key))
                : accept(key, match);
    }

    private CredentialResult accept(ApiKey key, SecretDigest match) {
        var expires = earlier(key.expires(), match.expires());
        return expires == null || clock.instant().isBefore(expires)
                ? new Accepted(key.principal(), expires, () -> isRevoked(key, match))
                : new Refused(FailureReason.EXPIRED_KEY, named(key));
    }

    /** A key whose rights changed counts as revoked, too. */
    private boolean isRevoked(ApiKey key, SecretDigest secret) {
        return keys
                .find(key.id())
                .filter(current -> current.principal().equals(key.principal()))
                .map(ApiKey::secrets)
                .stream()
                .flatMap(List::stream)
                .noneMatch(current -> comparison.test(secret.sha256(), current.sha256()));
    }

    private static String named(ApiKey key) {
        return key.id().isEmpty() ? "The key has no id." : "The key is " + name(key.id()) + ".";
    }

    private static String name(String id) {
        return ApiKeyFormat.PREFIX + id;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
