package io.breakwater.core.business.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.UserStore.User;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private final Users users = new Users(new MemoryUserStore(new SimulatedLink(), InstantSource.system()), 3);
    private final CallContext scope = ManualCallContext.unhurried();

    @Test
    void writesNamesAndAddressesWithoutSpacesAroundAndComposed() {
        var user = users.create("\u00a0 Zoe\u0308 \u2009", "  zoe\u0308@example.com\n", scope);

        assertThat(user.name()).isEqualTo("Zoë");
        assertThat(user.email()).isEqualTo("zoë@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "a\u2028b", "\ud800"})
    void refusesNamesThatAreNone(String name) {
        refused(Reason.INVALID, "A name", () -> users.create(name, "a@example.com", scope));
    }

    @Test
    void countsCharactersNotTheirParts() {
        assertThat(users.create("🙂".repeat(200), "a@example.com", scope).version())
                .isEqualTo(1);
        refused(Reason.INVALID, "200", () -> users.create("🙂".repeat(201), "b@example.com", scope));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "a", "a@", "@b", "a@b@c", "a b@c", "a@b c", "a\u0007@b", "a@b\u200b", "a\u00a0a@b"})
    void refusesAddressesThatAreNone(String email) {
        refused(Reason.INVALID, "email address", () -> users.create("Anna", email, scope));
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        var domain = "@" + "d".repeat(248);
        assertThat(users.create("Anna", "anna1" + domain, scope).email()).hasSize(254);
        refused(Reason.INVALID, "254", () -> users.create("Anna", "anna12" + domain, scope));
    }

    @Test
    void saysThatThereIsNoSuchUser() {
        refused(Reason.NOT_FOUND, "There is no user 7.", () -> users.get(7, scope));
        refused(Reason.NOT_FOUND, "There is no user 7.", () -> users.update(7, "Anna", null, null, scope));
        refused(Reason.NOT_FOUND, "There is no user 7.", () -> users.update(7, "Anna", null, 3L, scope));
    }

    @Test
    void reportsTheCurrentVersionAfterAConflict() {
        var anna = users.create("Anna", "anna@example.com", scope);
        users.update(anna.id(), "Ann", null, 1L, scope);

        refused(
                Reason.CONFLICT,
                "User 1 is now at version 2, but the change is based on version 1. Read the user again, and repeat the"
                        + " change if it still applies.",
                () -> users.update(anna.id(), "Anne", null, 1L, scope));
        assertThat(users.get(anna.id(), scope).name()).isEqualTo("Ann");
    }

    @Test
    void changesWithoutAVersionWhateverThereIs() {
        var anna = users.create("Anna", "anna@example.com", scope);
        users.update(anna.id(), "Ann", null, null, scope);

        assertThat(users.update(anna.id(), null, " ann@example.com", null, scope))
                .extracting(User::name, User::email, User::version)
                .containsExactly("Ann", "ann@example.com", 3L);
    }

    @Test
    void refusesAChangeOfNothing() {
        refused(Reason.INVALID, "Say what to change", () -> users.update(1, null, null, 1L, scope));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "2, 2, false", "3, 3, false", "4, 3, true", "7, 3, true"})
    void knowsWhetherThereAreMore(int many, int shown, boolean goesOn) {
        IntStream.range(0, many).forEach(i -> users.create("User", i + "@example.com", scope));

        var page = users.list(0, scope);

        assertThat(page.users()).hasSize(shown);
        assertThat(page.hasMore()).isEqualTo(goesOn);
    }

    private static void refused(Reason reason, String words, ThrowingCallable call) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(call)
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
