package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.Accounts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** {@link Accounts} for tests. Replicas share them by sharing the object. Thread-safe. */
public final class MemoryAccounts implements Accounts {
    private final ConcurrentNavigableMap<String, Account> accounts = new ConcurrentSkipListMap<>();
    private final SimulatedLink line;

    /**
     * Creates an empty store.
     *
     * @param line passed by every operation
     */
    public MemoryAccounts(SimulatedLink line) {
        this.line = line;
    }

    @Override
    public Account create(String name, String passwordHash, Set<String> roles, CallContext scope) {
        line.pass();
        synchronized (this) {
            if (accounts.containsKey(name)) {
                throw new PortException.RefusedException(
                        Reason.CONFLICT, "There is an account with this name already.", null);
            }
            var account = new Account(accounts.size() + 1L, name, passwordHash, roles, false, 1, 1);
            accounts.put(name, account);
            return account;
        }
    }

    @Override
    public Optional<Account> find(String name, CallContext scope) {
        line.pass();
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public Optional<Account> update(Account account, CallContext scope) {
        line.pass();
        synchronized (this) {
            return Optional.ofNullable(accounts.get(account.name()))
                    .filter(stored -> stored.id() == account.id() && stored.version() == account.version())
                    .map(stored -> stored(account));
        }
    }

    private Account stored(Account account) {
        var next = new Account(
                account.id(),
                account.name(),
                account.passwordHash(),
                account.roles(),
                account.disabled(),
                account.tokenGeneration(),
                account.version() + 1);
        accounts.put(next.name(), next);
        return next;
    }

    @Override
    public List<Account> listAfter(String name, int limit, CallContext scope) {
        line.pass();
        return accounts.tailMap(name, false).values().stream().limit(limit).toList();
    }
}
