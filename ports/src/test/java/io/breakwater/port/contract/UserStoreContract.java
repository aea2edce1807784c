package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import io.breakwater.port.memory.ManualCallContext;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link UserStore} must do: require distinct addresses, and lose no update. */
public abstract class UserStoreContract {
    private static final int THREADS = 64;

    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates an empty store. */
    protected abstract UserStore make();

    @Test
    void storesAUser() {
        var users = make();

        var anna = users.create("Anna", "Anna@Example.com", scope);

        assertThat(anna.id()).isPositive();
        assertThat(anna.name()).isEqualTo("Anna");
        assertThat(anna.email()).isEqualTo("Anna@Example.com");
        assertThat(anna.version()).isEqualTo(1);
        assertThat(anna.updatedAt()).isEqualTo(anna.createdAt());
        assertThat(users.find(anna.id(), scope)).contains(anna);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Жанна д'Арк",
                "Robert'); DROP TABLE users;--",
                "a\\b\"c",
                "$1 ? :x {{y}}",
                "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍🚀",
                " "
            })
    void keepsEveryNameAsItIs(String name) {
        var users = make();

        var user = users.create(name, "user@example.com", scope);

        assertThat(users.find(user.id(), scope)).map(User::name).contains(name);
    }

    @Test
    void laterUsersGetLargerIds() {
        var users = make();

        var first = users.create("A", "a@example.com", scope);
        var second = users.create("B", "b@example.com", scope);

        assertThat(second.id()).isGreaterThan(first.id());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void findsNoUserUnderAnotherId(long id) {
        var users = make();
        users.create("Anna", "anna@example.com", scope);

        assertThat(users.find(id, scope)).isEmpty();
        assertThat(users.update(id, new Change("B", null, null), scope)).isEmpty();
    }

    @Test
    void updatesOnlyTheGivenFields() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);

        var renamed = users.update(anna.id(), new Change("Ann", null, null), scope);
        assertThat(renamed).hasValueSatisfying(user -> {
            assertThat(user.name()).isEqualTo("Ann");
            assertThat(user.email()).isEqualTo("anna@example.com");
            assertThat(user.version()).isEqualTo(2);
            assertThat(user.createdAt()).isEqualTo(anna.createdAt());
            assertThat(user.updatedAt()).isAfterOrEqualTo(anna.createdAt());
        });

        var moved = users.update(anna.id(), new Change(null, "ann@example.com", 2L), scope);
        assertThat(moved).map(User::name).contains("Ann");
        assertThat(moved).map(User::email).contains("ann@example.com");
        assertThat(users.find(anna.id(), scope)).isEqualTo(moved);
    }

    @Test
    void rejectsAnUpdateOfAnotherVersion() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);

        assertThat(users.update(anna.id(), new Change("B", null, 2L), scope)).isEmpty();
        assertThat(users.update(anna.id(), new Change("B", null, 0L), scope)).isEmpty();

        assertThat(users.find(anna.id(), scope)).contains(anna);
    }

    @Test
    void rejectsADuplicateAddressIgnoringCase() {
        var users = make();
        users.create("Anna", "anna@example.com", scope);
        var ben = users.create("Ben", "ben@example.com", scope);

        refuses(() -> users.create("Other", "ANNA@Example.COM", scope));
        refuses(() -> users.update(ben.id(), new Change("Other", "Anna@example.com", 1L), scope));

        assertThat(users.find(ben.id(), scope)).contains(ben);
    }

    @Test
    void aUserCanChangeTheCaseOfItsAddress() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);

        var changed = users.update(anna.id(), new Change(null, "Anna@Example.com", null), scope);

        assertThat(changed).map(User::email).contains("Anna@Example.com");
    }

    @Test
    void anAbandonedAddressCanBeUsedAgain() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);
        users.update(anna.id(), new Change(null, "new@example.com", null), scope);

        assertThat(users.create("Ben", "anna@example.com", scope).name()).isEqualTo("Ben");
    }

    @Test
    void deletesAUser() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);
        var ben = users.create("Ben", "ben@example.com", scope);

        assertThat(users.delete(anna.id(), null, scope)).contains(anna);

        assertThat(users.find(anna.id(), scope)).isEmpty();
        assertThat(users.delete(anna.id(), null, scope)).isEmpty();
        assertThat(users.update(anna.id(), new Change("B", null, null), scope)).isEmpty();
        assertThat(users.listAfter(0, 10, scope)).containsExactly(ben);
    }

    @Test
    void deletesOnlyTheGivenVersion() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);

        assertThat(users.delete(anna.id(), 2L, scope)).isEmpty();
        assertThat(users.delete(anna.id(), 0L, scope)).isEmpty();
        assertThat(users.find(anna.id(), scope)).contains(anna);

        assertThat(users.delete(anna.id(), 1L, scope)).contains(anna);
    }

    @Test
    void anIdIsNotUsedAgainAfterADeletion() {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);
        users.delete(anna.id(), null, scope);

        var next = users.create("Ann", "anna@example.com", scope);

        assertThat(next.id()).isGreaterThan(anna.id());
        assertThat(next.version()).isEqualTo(1);
    }

    @Test
    void onlyOneConcurrentDeletionSucceeds() throws Exception {
        var users = make();
        var anna = users.create("Anna", "anna@example.com", scope);

        var deleted = ConcurrentRun.run(THREADS, thread -> users.delete(anna.id(), 1L, scope));

        assertThat(deleted.stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    void listsUsersByIdInPages() {
        var users = make();
        var all = IntStream.range(0, 5)
                .mapToObj(i -> users.create("User " + i, i + "@example.com", scope))
                .toList();

        assertThat(users.listAfter(0, 2, scope)).isEqualTo(all.subList(0, 2));
        assertThat(users.listAfter(all.get(1).id(), 2, scope)).isEqualTo(all.subList(2, 4));
        assertThat(users.listAfter(all.get(3).id(), 2, scope)).isEqualTo(all.subList(4, 5));
        assertThat(users.listAfter(all.get(4).id(), 2, scope)).isEmpty();
        assertThat(users.listAfter(Long.MAX_VALUE, 2, scope)).isEmpty();
    }

    @Test
    void onlyOneConcurrentUserGetsAnAddress() throws Exception {
        var users = make();

        var made = ConcurrentRun.run(THREADS, thread -> created(users, "User " + thread));

        assertThat(made.stream().filter(Optional::isPresent)).hasSize(1);
        assertThat(users.listAfter(0, 10, scope)).hasSize(1);
    }

    @Test
    void losesNoConcurrentUpdate() throws Exception {
        var users = make();
        var anna = users.create("0", "anna@example.com", scope);

        ConcurrentRun.run(THREADS, thread -> {
            for (var done = false; !done; ) {
                done = countedUp(users, anna.id());
            }
            return true;
        });

        assertThat(users.find(anna.id(), scope)).hasValueSatisfying(user -> {
            assertThat(user.name()).isEqualTo(Integer.toString(THREADS));
            assertThat(user.version()).isEqualTo(THREADS + 1);
        });
    }

    private Optional<User> created(UserStore users, String name) {
        try {
            return Optional.of(users.create(name, "same@example.com", scope));
        } catch (PortException.RefusedException e) {
            assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
            return Optional.empty();
        }
    }

    private boolean countedUp(UserStore users, long id) {
        var read = users.find(id, scope).orElseThrow();
        var next = Integer.toString(Integer.parseInt(read.name()) + 1);
        return users.update(id, new Change(next, null, read.version()), scope).isPresent();
    }

    private static void refuses(ThrowingCallable call) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(call)
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(e.getMessage()).doesNotContainIgnoringCase("anna");
                });
    }
}
