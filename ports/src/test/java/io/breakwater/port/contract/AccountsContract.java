package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.Accounts;
import io.breakwater.port.driven.Accounts.Account;
import io.breakwater.port.memory.ManualCallContext;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Accounts} must do: require distinct names, and lose no update. */
public abstract class AccountsContract {
    private static final int THREADS = 16;

    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates an empty store. */
    protected abstract Accounts make();

    private Account create(Accounts accounts, String name) {
        return accounts.create(name, "$hash$1", Set.of("reader"), scope);
    }

    @Test
    void storesAnAccount() {
        var accounts = make();

        var ann = create(accounts, "ann@example.com");

        assertThat(ann).isEqualTo(new Account(ann.id(), "ann@example.com", "$hash$1", Set.of("reader"), false, 1, 1));
        assertThat(ann.id()).isPositive();
        assertThat(accounts.find("ann@example.com", scope)).contains(ann);
        assertThat(accounts.find("ben", scope)).isEmpty();
    }

    @Test
    void storesRolesAsTheyAre() {
        var accounts = make();
        var roles = Set.of("a b", "comma,brace}", "quote\"'\\", "NULL", "ünï", "$1");

        accounts.create("ann", "h", roles, scope);
        accounts.create("ben", "h", Set.of(), scope);

        assertThat(accounts.find("ann", scope)).map(Account::roles).contains(roles);
        assertThat(accounts.find("ben", scope)).map(Account::roles).contains(Set.of());
    }

    @Test
    void refusesANameThatIsInUse() {
        var accounts = make();
        var ann = create(accounts, "ann");

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> accounts.create("ann", "other", Set.of(), scope))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(refused).hasMessage("There is an account with this name already.");
                });
        assertThat(accounts.find("ann", scope)).contains(ann);
    }

    @Test
    void updatesEverythingExceptTheNameAndIncreasesTheVersion() {
        var accounts = make();
        var ann = create(accounts, "ann");

        var changed = accounts.update(
                ann.withPassword("$hash$2").withRoles(Set.of("admin", "writer")).withDisabled(true), scope);

        assertThat(changed).contains(new Account(ann.id(), "ann", "$hash$2", Set.of("admin", "writer"), true, 4, 2));
        assertThat(accounts.find("ann", scope)).isEqualTo(changed);
    }

    @Test
    void rejectsAnUpdateOfAnotherVersion() {
        var accounts = make();
        var ann = create(accounts, "ann");
        var changed = accounts.update(ann.withHash("$hash$2"), scope);

        assertThat(accounts.update(ann.withDisabled(true), scope)).isEmpty();
        assertThat(accounts.update(new Account(ann.id() + 1, "ben", "h", Set.of(), false, 1, 1), scope))
                .isEmpty();

        assertThat(accounts.find("ann", scope)).isEqualTo(changed);
    }

    @Test
    void listsAccountsByNameInPages() {
        var accounts = make();
        var all = Stream.of("a", "a-b", "a.b", "ab", "b", "b@a", "z9")
                .map(name -> create(accounts, name))
                .toList();

        assertThat(accounts.listAfter("", 3, scope)).isEqualTo(all.subList(0, 3));
        assertThat(accounts.listAfter("a.b", 10, scope)).isEqualTo(all.subList(3, 7));
        assertThat(accounts.listAfter("z9", 10, scope)).isEmpty();
    }

    @Test
    void losesNoConcurrentUpdate() throws Exception {
        var accounts = make();
        create(accounts, "ann");

        ConcurrentRun.run(THREADS, thread -> {
            while (accounts.update(next(accounts), scope).isEmpty()) {
                Thread.onSpinWait();
            }
            return true;
        });

        assertThat(accounts.find("ann", scope)).map(Account::tokenGeneration).contains(THREADS + 1);
    }

    private Account next(Accounts accounts) {
        return accounts.find("ann", scope).orElseThrow().withDisabled(false);
    }
}
