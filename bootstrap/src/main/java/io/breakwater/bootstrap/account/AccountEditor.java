package io.breakwater.bootstrap.account;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.Accounts;
import io.breakwater.port.driven.Accounts.Account;
import io.breakwater.port.driven.PasswordHasher;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.support.AccountName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Creates and changes accounts for an operator. A change of the password, the roles or the state revokes all tokens of
 * the account: first the tokens, then the change, so that no token outlives a change that succeeded.
 */
public final class AccountEditor {
    private static final int ATTEMPTS = 5;
    private static final int PAGE = 500;

    /** The tolerance for differences between the clocks of servers. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final RevocationStore revocations;
    private final PasswordHasher hasher;
    private final String issuer;
    private final InstantSource clock;

    /**
     * Creates an editor.
     *
     * @param issuer the issuer of the tokens of accounts
     */
    public AccountEditor(
            Accounts accounts, RevocationStore revocations, PasswordHasher hasher, String issuer, InstantSource clock) {
        this.accounts = accounts;
        this.revocations = revocations;
        this.hasher = hasher;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Creates an account with a generated password, and returns the password, which is not stored. */
    public String create(String name, Set<String> roles, CallContext context) {
        var parsed = parse(name);
        if (accounts.find(parsed, context).isPresent()) {
            throw new PortException.RefusedException(
                    Reason.CONFLICT,
                    "There is an account '" + parsed
                            + "' already. For a new password, use 'breakwater account password " + parsed + "'.",
                    null);
        }
        var password = GeneratedPassword.create();
        var unused = accounts.create(parsed, hasher.hash(password, context), roles, context);
        return password;
    }

    /** Gives an account a new generated password, and returns it. */
    public String resetPassword(String name, CallContext context) {
        var password = GeneratedPassword.create();
        var hash = hasher.hash(password, context);
        change(name, account -> account.withPassword(hash), context);
        return password;
    }

    /** Replaces the roles of an account. */
    public void setRoles(String name, Set<String> roles, CallContext context) {
        change(name, account -> account.withRoles(roles), context);
    }

    /** Enables or disables an account. */
    public void setDisabled(String name, boolean disabled, CallContext context) {
        change(name, account -> account.withDisabled(disabled), context);
    }

    /** Returns all accounts, sorted by name. */
    public List<Account> list(CallContext context) {
        var all = new ArrayList<Account>();
        for (boolean more = true; more; ) {
            var page = accounts.listAfter(all.isEmpty() ? "" : all.getLast().name(), PAGE, context);
            all.addAll(page);
            more = page.size() == PAGE;
        }
        return all;
    }

    private void change(String name, UnaryOperator<Account> change, CallContext context) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var account = accounts.find(parse(name), context).orElseThrow(() -> missing(name));
            var end = clock.instant().plus(Accounts.MAX_TOKEN_LIFETIME).plus(CLOCK_SKEW);
            revocations.revoke(new TokenName(issuer, account.tokenGroup()), end, context);
            if (accounts.update(change.apply(account), context).isPresent()) {
                return;
            }
        }
        throw new PortException.RefusedException(
                Reason.CONFLICT, "The account " + name + " is changed by others at the same time. Try again.", null);
    }

    private static String parse(String name) {
        return AccountName.parse(name)
                .orElseThrow(() -> new PortException.RefusedException(
                        Reason.INVALID,
                        "'" + name + "' is not the name of an account: it has " + AccountName.ALLOWED + ".",
                        null));
    }

    private static NoSuchElementException missing(String name) {
        return new NoSuchElementException(
                "There is no account '" + name + "'. 'breakwater account list' lists all accounts.");
    }
}
