package io.breakwater.core.business.authentication;

import io.breakwater.core.business.authentication.FailureBudget.Reservation.Granted;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.LockedOut;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.Occupied;
import io.breakwater.core.business.authentication.LoginAttempts.Attempt;
import io.breakwater.core.business.authentication.LoginOutcome.LoggedIn;
import io.breakwater.core.business.authentication.LoginOutcome.WrongCredentials;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Accounts.Account;
import io.breakwater.port.driven.TokenIssuer.TokenRequest;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.port.support.AccountName;
import io.breakwater.port.support.Sha256;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Logs in with a password. The answer and the work are the same for an unknown account, a disabled one and a wrong
 * password: every name has a counter of failures and can be locked, and a password is hashed in any case.
 *
 * <p>A login counts as a failure before its password is checked, and no longer when it succeeded or could not be checked. Therefore guesses that
 * are sent at the same time, also to several servers, do not exceed the limits. Thread-safe; blocks.
 */
@OutageBehavior(
        guard = "login",
        dependency = GuardDependency.STORE,
        failure = "down or frozen",
        effect = OutageEffect.DENY,
        behavior =
                "No login succeeds. The tool fails with `EXTERNAL_ERROR`, or with `TIMEOUT` at its deadline if the store "
                        + "is frozen, and the failure does not count for the lock-out.",
        recovery = "Logins succeed again when the store answers.",
        signal = "health cause `store`; `mcp_errors_total{error_type=\"external_error\"}`",
        details = "accounts.md#when-the-store-is-not-available")
public final class PasswordLogin {
    private final LoginPorts ports;
    private final FailureBudget addresses;
    private final Duration tokenLifetime;
    private final LoginAttempts attempts;

    /**
     * Creates a login.
     *
     * @param addresses the budget of failed logins for each address
     */
    public PasswordLogin(LoginPorts ports, FailureBudget addresses, Duration tokenLifetime, InstantSource clock) {
        this.ports = ports;
        this.addresses = addresses;
        this.tokenLifetime = tokenLifetime;
        this.attempts = new LoginAttempts(ports.failures(), clock);
    }

    /**
     * Checks a password and issues a token.
     *
     * @param address the network address of the caller
     * @throws PortException.ExhaustedException after too many failures, for the name or for the address
     * @throws PortException.RefusedException with the reason {@code OVERLOADED} while too many passwords are checked
     */
    public LoginOutcome login(String name, String password, String address, CallContext context) {
        return switch (addresses.reserve(FailureSource.of(address), Duration.ZERO)) {
            case LockedOut(var remaining) -> throw LoginAttempts.locked(remaining);
            case Occupied ignored -> throw LoginAttempts.overloaded("from this address");
            case Granted reservation -> login(name, password, reservation, context);
        };
    }

    private LoginOutcome login(String name, String password, Granted reservation, CallContext context) {
        LoginOutcome outcome = null;
        try {
            outcome = login(name, password, context);
            return outcome;
        } finally {
            if (outcome instanceof WrongCredentials) {
                reservation.fail();
            } else {
                reservation.release();
            }
        }
    }

    /** Only a wrong password is a failure: whatever else ends the login undoes its count. */
    private LoginOutcome login(String name, String password, CallContext context) {
        // some callers type their password where the name belongs, so the text is not stored
        var key = Sha256.hex(AccountName.parse(name).orElse(name));
        var attempt = attempts.begin(key, context);
        LoginOutcome outcome = null;
        try {
            outcome = check(name, password, attempt, context);
            return outcome;
        } finally {
            if (outcome == null) {
                attempts.undo(attempt, context);
            }
        }
    }

    private LoginOutcome check(String name, String password, Attempt attempt, CallContext context) {
        var account = AccountName.parse(name).flatMap(parsed -> ports.accounts().find(parsed, context));
        if (!verify(password, account, context)) {
            return new WrongCredentials();
        }
        attempts.succeed(attempt, context);
        return issue(renewHash(account.orElseThrow(), password, context));
    }

    private boolean verify(String password, Optional<Account> account, CallContext context) {
        var hash = account.map(Account::passwordHash).orElse(null);
        boolean matches = ports.hasher().verify(password, hash, context);
        return matches && account.isPresent() && !account.get().disabled();
    }

    /** Hashes the password again if the parameters have changed; if that is not possible now, the next login does it. */
    private Account renewHash(Account account, String password, CallContext context) {
        if (!ports.hasher().isOutdated(account.passwordHash())) {
            return account;
        }
        try {
            var renewed = account.withHash(ports.hasher().hash(password, context));
            return ports.accounts().update(renewed, context).orElse(account);
        } catch (PortException notNow) {
            return account;
        }
    }

    private LoggedIn issue(Account account) {
        var token = ports.tokens()
                .issue(new TokenRequest(
                        account.name(),
                        Long.toString(account.id()),
                        account.roles(),
                        account.tokenGroup(),
                        tokenLifetime));
        return new LoggedIn(account.name(), account.roles(), token);
    }
}
