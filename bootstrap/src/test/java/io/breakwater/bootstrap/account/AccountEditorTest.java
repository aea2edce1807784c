package io.breakwater.bootstrap.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Accounts.Account;
import io.breakwater.port.driven.RevocationStore.Revocation;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.memory.FastPasswordHasher;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryAccounts;
import io.breakwater.port.memory.MemoryRevocationStore;
import io.breakwater.port.memory.SimulatedLink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEditorTest {
    private final CallContext scope = ManualCallContext.unhurried();
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryAccounts accounts = new MemoryAccounts(line);
    private final MemoryRevocationStore revocations = new MemoryRevocationStore(line);
    private final FastPasswordHasher hasher = new FastPasswordHasher();
    private final AccountEditor editor = new AccountEditor(
            accounts, revocations, hasher, "breakwater", InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));

    private Account account(String name) {
        return accounts.find(name, scope).orElseThrow();
    }

    private List<String> revoked() {
        return revocations.changesSince(0, 100, scope).stream()
                .map(Revocation::token)
                .map(TokenName::id)
                .toList();
    }

    @Test
    void anAccountGetsAGeneratedPasswordThatIsNotStored() {
        var password = editor.create("Ann", Set.of("reader"), scope);

        assertThat(password).matches("([a-z2-9]{4}-){5}[a-z2-9]{4}");
        assertThat(hasher.verify(password, account("ann").passwordHash(), scope))
                .isTrue();
        assertThat(account("ann").passwordHash()).doesNotContain(password);
        assertThat(account("ann").roles()).containsExactly("reader");
        assertThat(editor.create("ben", Set.of(), scope)).isNotEqualTo(password);
    }

    @Test
    void aNameIsUsedOnce() {
        editor.create("ann", Set.of(), scope);

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> editor.create("ANN", Set.of(), scope))
                .withMessage("There is an account 'ann' already. For a new password, use 'breakwater account password"
                        + " ann'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "ünï", "a/b", "a\n"})
    void refusesANameThatNoAccountCanHave(String name) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> editor.create(name, Set.of(), scope))
                .withMessageStartingWith("'" + name + "' is not the name of an account: it has 1 to 100 characters");
    }

    @Test
    void everyChangeOfRightsRevokesTheTokensThatTheAccountHas() {
        editor.create("ann", Set.of("reader"), scope);

        editor.setRoles("ann", Set.of("writer"), scope);
        editor.setDisabled("ann", true, scope);
        editor.setDisabled("ann", false, scope);
        var password = editor.resetPassword("ann", scope);

        assertThat(revoked()).containsExactly("1-1", "1-2", "1-3", "1-4");
        assertThat(account("ann").tokenGroup()).isEqualTo("1-5");
        assertThat(account("ann").roles()).containsExactly("writer");
        assertThat(account("ann").disabled()).isFalse();
        assertThat(hasher.verify(password, account("ann").passwordHash(), scope))
                .isTrue();
        assertThat(revocations.changesSince(0, 1, scope).getFirst().expires())
                .as("longer than any token of the account")
                .isAfter("2026-03-02T12:00:00Z");
    }

    @Test
    void aMissingAccountIsNamed() {
        assertThatThrownBy(() -> editor.setDisabled("ann", true, scope))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("There is no account 'ann'. 'breakwater account list' lists all accounts.");
    }

    @Test
    void listsAllAccounts() {
        Stream.of("c", "a", "b").forEach(name -> editor.create(name, Set.of(), scope));

        assertThat(editor.list(scope)).extracting(Account::name).containsExactly("a", "b", "c");
    }
}
