package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import io.breakwater.port.support.AccountName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the accounts that can log in with a password. An account is never deleted, only disabled, so that its name,
 * which tokens and rules contain, never belongs to another person. The methods block and raise
 * {@link io.breakwater.port.PortException}: {@code RefusedException} with the reason {@code CONFLICT} when a name is in
 * use, {@code UnavailableException} when the store cannot be reached. Contract: {@code AccountsContract}.
 */
public interface Accounts {
    /** The longest lifetime of a token that an account gets, after which the revocation of its group may be forgotten. */
    Duration MAX_TOKEN_LIFETIME = Duration.ofDays(1);

    /**
     * Creates an account with version 1 and token generation 1.
     *
     * @param name a valid {@link AccountName}
     * @param passwordHash the hash of the password in PHC format
     */
    Account create(String name, String passwordHash, Set<String> roles, CallContext context);

    /** Returns the account with that name, also a disabled one. */
    Optional<Account> find(String name, CallContext context);

    /**
     * Stores the hash, the roles, the state and the token generation of an account, if it still has the version of the
     * given one; the version then increases by one. The operation is atomic.
     *
     * @return the account as it is stored; empty if it has another version or does not exist
     */
    Optional<Account> update(Account account, CallContext context);

    /** Lists accounts with larger names than this one, sorted by name, up to the limit. */
    List<Account> listAfter(String name, int limit, CallContext context);

    /**
     * An account. Its text form does not contain the hash.
     *
     * @param id from 1
     * @param name a valid {@link AccountName}
     * @param passwordHash the hash of the password in PHC format
     * @param roles the roles that a token of the account gives
     * @param disabled whether the account cannot log in
     * @param tokenGeneration from 1; see {@link #tokenGroup}
     * @param version from 1, increased by one with each change
     */
    record Account(
            long id,
            String name,
            String passwordHash,
            Set<String> roles,
            boolean disabled,
            int tokenGeneration,
            long version) {
        /** Refuses null and an invalid name, and copies the roles. */
        public Account {
            requireNonNull(passwordHash, "Account.passwordHash must not be null.");
            roles = Set.copyOf(roles);
            if (!AccountName.isValid(name)) {
                throw new IllegalArgumentException("The name of an account has " + AccountName.ALLOWED + ".");
            }
        }

        /**
         * Returns the first part of the ids of all tokens that the account gets until its rights or its password
         * change. One revocation of the group revokes all of them.
         */
        public String tokenGroup() {
            return id + "-" + tokenGeneration;
        }

        /** Returns this account with another hash of the same password. */
        public Account withHash(String hash) {
            return new Account(id, name, hash, roles, disabled, tokenGeneration, version);
        }

        /** Returns this account with another password; its tokens belong to a new group. */
        public Account withPassword(String hash) {
            return new Account(id, name, hash, roles, disabled, tokenGeneration + 1, version);
        }

        /** Returns this account with other roles; its tokens belong to a new group. */
        public Account withRoles(Set<String> roles) {
            return new Account(id, name, passwordHash, roles, disabled, tokenGeneration + 1, version);
        }

        /** Returns this account enabled or disabled; its tokens belong to a new group. */
        public Account withDisabled(boolean disabled) {
            return new Account(id, name, passwordHash, roles, disabled, tokenGeneration + 1, version);
        }

        @Override
        public String toString() {
            return "Account[id=" + id + ", name=" + name + ", roles=" + roles + ", disabled=" + disabled + "]";
        }
    }
}
