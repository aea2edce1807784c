package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the time and the audience of a token (RFC 7519 section 4.1). */
final class ClaimsCheck {
    /** The end of the year 9999; a later time is probably in milliseconds. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    private static final int MAX_AUDIENCES = 64;

    private final Set<String> audiences;
    private final Duration clockSkew;

    ClaimsCheck(Set<String> audiences, Duration clockSkew) {
        this.audiences = audiences;
        this.clockSkew = clockSkew;
    }

    /** Returns when the token expires, including the tolerated clock skew. */
    Instant expiry(Json.Obj claims, Instant now) throws InvalidTokenException {
        checkAudience(claims);
        check(claims.has("exp"), "The token has no time of expiry (exp).");
        return expiry(claims, now, now);
    }

    /** Returns when the token expires, or the default if it does not say so. */
    Instant expiry(Json.Obj claims, Instant defaultExpiry, Instant now) throws InvalidTokenException {
        var claimed = time(claims, "exp");
        var end = claimed == null ? defaultExpiry : claimed.plus(clockSkew);
        if (!now.isBefore(end)) {
            throw untimely("The token has expired (exp)", end.minus(clockSkew), now);
        }
        checkBegin(time(claims, "nbf"), now, "The token is not valid yet (nbf)");
        checkBegin(time(claims, "iat"), now, "The token was issued in the future (iat)");
        return end;
    }

    private void checkBegin(@Nullable Instant begin, Instant now, String reason) throws InvalidTokenException {
        if (begin != null && now.plus(clockSkew).isBefore(begin)) {
            throw untimely(reason, begin, now);
        }
    }

    /** Names both times, because the clocks may differ. */
    private static InvalidTokenException untimely(String reason, Instant claimed, Instant now) {
        return new InvalidTokenException(reason + ": it says " + claimed + ", and the time here is "
                + now.truncatedTo(ChronoUnit.SECONDS) + ".");
    }

    void checkAudience(Json.Obj claims) throws InvalidTokenException {
        var claimed = claims.get("aud");
        boolean accepted = switch (claimed) {
            case Json.Text(String audience) -> audiences.contains(audience);
            case Json.Arr list ->
                list.items().size() <= MAX_AUDIENCES && list.items().stream().anyMatch(this::isOurs);
            case null, default -> false;
        };
        if (!accepted) {
            throw new InvalidTokenException("The audience of the token (aud) is " + ClaimText.of(claimed)
                    + ", but this server accepts " + ClaimText.of(audiences) + ".");
        }
    }

    private boolean isOurs(Json audience) {
        return audience instanceof Json.Text(String name) && audiences.contains(name);
    }

    /** Returns a claim that is a time; null if it is absent. */
    static @Nullable Instant time(Json.Obj claims, String name) throws InvalidTokenException {
        return switch (claims.get(name)) {
            case null -> null;
            case Json.Decimal(BigDecimal seconds) when isInRange(seconds) -> Instant.ofEpochSecond(seconds.longValue());
            default -> throw new InvalidTokenException("The claim " + name + " is not a time in seconds.");
        };
    }

    /** Compares before it converts: the conversion of a number with a large exponent is expensive. */
    private static boolean isInRange(BigDecimal seconds) {
        return seconds.signum() >= 0 && seconds.compareTo(LAST_SECOND) <= 0;
    }
}
