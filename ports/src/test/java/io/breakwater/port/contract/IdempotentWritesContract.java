package io.breakwater.port.contract;

import static io.breakwater.port.contract.SampleKeys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What stores must do that record idempotency keys: a write with a key happens once, and always has its first result. */
public abstract class IdempotentWritesContract {
    private static final int THREADS = 64;

    private final CallContext scope = ManualCallContext.unhurried();
    private final IdempotencyKey key = key("first", "{}");

    /** Creates empty stores. */
    protected abstract RecordingStores make();

    /** The stores of one place, and where their keys are found. */
    public record RecordingStores(UserStore users, DocumentStore documents, IdempotencyStore keys) {}

    @Test
    void statesThatItRecordsKeys() {
        var stores = make();

        assertThat(stores.users().recordsIdempotencyKeys()).isTrue();
        assertThat(stores.documents().recordsIdempotencyKeys()).isTrue();
    }

    @Test
    void aRepeatedCreationReturnsTheFirstUser() {
        var users = make().users();
        var first = ManualCallContext.writing(key);
        var repeated = ManualCallContext.writing(key);

        var anna = users.create("Anna", "anna@example.com", first);
        var again = users.create("Anna", "anna@example.com", repeated);

        assertThat(again).isEqualTo(anna);
        assertThat(replayed(first)).isFalse();
        assertThat(replayed(repeated)).isTrue();
        assertThat(users.listAfter(0, 10, scope)).containsExactly(anna);
    }

    @Test
    void aRepeatedUpdateReturnsTheFirstResultAndOverwritesNothing() {
        var users = make().users();
        var anna = users.create("Anna", "anna@example.com", scope);
        var change = new Change("Ann", null, null);
        var first = users.update(anna.id(), change, ManualCallContext.writing(key));
        users.update(anna.id(), new Change("Later", null, null), scope);

        var repeated = users.update(anna.id(), change, ManualCallContext.writing(key));

        assertThat(repeated).isEqualTo(first).map(User::version).contains(2L);
        assertThat(users.find(anna.id(), scope)).map(User::name).contains("Later");
    }

    @Test
    void aRepeatedSaveReturnsTheFirstResultAndOverwritesNothing() {
        var documents = make().documents();
        var first = documents.save("order", raw("{\"a\":1.50}"), ManualCallContext.writing(key));
        var later = documents.save("order", raw("2"), scope);

        var repeated = documents.save("order", raw("{\"a\":1.50}"), ManualCallContext.writing(key));

        assertThat(repeated.version()).isEqualTo(1);
        assertThat(repeated.updatedAt()).isEqualTo(first.updatedAt());
        assertThat(repeated.content().utf8()).isEqualTo(first.content().utf8());
        assertThat(later.version()).isEqualTo(2);
    }

    @Test
    void aRepeatedDeletionReturnsTheFirstResult() {
        var users = make().users();
        var anna = users.create("Anna", "anna@example.com", scope);
        var repeated = ManualCallContext.writing(key);

        assertThat(users.delete(anna.id(), 1L, ManualCallContext.writing(key))).contains(anna);
        assertThat(users.delete(anna.id(), 1L, repeated)).contains(anna);

        assertThat(replayed(repeated)).isTrue();
    }

    @Test
    void aRepeatedDeletionOfADocumentDeletesNoLaterOne() {
        var documents = make().documents();
        documents.save("order", raw("1"), scope);
        documents.save("order", raw("2"), scope);
        assertThat(documents.delete("order", null, ManualCallContext.writing(key)))
                .hasValue(2);
        documents.save("order", raw("3"), scope);
        var repeated = ManualCallContext.writing(key);

        assertThat(documents.delete("order", null, repeated)).hasValue(2);

        assertThat(replayed(repeated)).isTrue();
        assertThat(documents.find(Set.of("order"), scope)).containsKey("order");
    }

    @Test
    void aDeletionWithoutEffectLeavesItsKeyFree() {
        var stores = make();
        var documents = stores.documents();
        assertThat(documents.delete("order", null, ManualCallContext.writing(key)))
                .isEmpty();

        assertThat(stores.keys().find(key, scope)).isEmpty();
        documents.save("order", raw("1"), scope);
        assertThat(documents.delete("order", null, ManualCallContext.writing(key)))
                .hasValue(1);
    }

    @Test
    void aRecordedWriteIsFoundByItsKey() {
        var stores = make();
        assertThat(stores.keys().find(key, scope)).isEmpty();

        stores.users().create("Anna", "anna@example.com", ManualCallContext.writing(key));

        assertThat(stores.keys().find(key, scope)).get().isInstanceOf(Claim.Finished.class);
        assertThat(stores.keys().find(key("first", "other"), scope)).contains(new Claim.OtherArguments());
        assertThat(stores.keys().find(key("second", "{}"), scope)).isEmpty();
    }

    @Test
    void aReplayReturnsTheRecordedResult() {
        var users = make().users();
        var anna = users.create("Anna", "anna@example.com", ManualCallContext.writing(key));

        assertThat(users.create("Anna", "anna@example.com", ManualCallContext.replaying(key)))
                .isEqualTo(anna);
    }

    @Test
    void aReplayNeverWrites() {
        var users = make().users();
        var anna = users.create("Anna", "anna@example.com", scope);

        fails(
                () -> users.delete(anna.id(), null, ManualCallContext.replaying(key)),
                IdempotencyException.Problem.RESULT_NOT_KEPT);

        assertThat(users.find(anna.id(), scope)).contains(anna);
    }

    @Test
    void aKeyBelongsToItsArguments() {
        var users = make().users();
        users.create("Anna", "anna@example.com", ManualCallContext.writing(key));

        fails(
                () -> users.create("Ben", "ben@example.com", ManualCallContext.writing(key("first", "other"))),
                IdempotencyException.Problem.OTHER_ARGUMENTS);

        assertThat(users.listAfter(0, 10, scope)).hasSize(1);
    }

    @Test
    void otherKeysAreIndependent() {
        var users = make().users();

        users.create("Anna", "anna@example.com", ManualCallContext.writing(key));
        users.create("Ben", "ben@example.com", ManualCallContext.writing(key("second", "{}")));

        assertThat(users.listAfter(0, 10, scope)).hasSize(2);
    }

    @Test
    void aWriteThatFailsLeavesItsKeyFree() {
        var users = make().users();
        users.create("Anna", "anna@example.com", scope);
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> users.create("Other", "anna@example.com", ManualCallContext.writing(key)));

        var other = users.create("Other", "other@example.com", ManualCallContext.writing(key("first", "other")));

        assertThat(users.find(other.id(), scope)).contains(other);
    }

    @Test
    void aWriteWithoutEffectLeavesItsKeyFree() {
        var users = make().users();
        var anna = users.create("Anna", "anna@example.com", scope);
        assertThat(users.update(anna.id(), new Change("Ann", null, 7L), ManualCallContext.writing(key)))
                .isEmpty();

        assertThat(users.update(anna.id(), new Change("Ann", null, null), ManualCallContext.writing(key)))
                .map(User::name)
                .contains("Ann");
    }

    @Test
    void anExpiredKeyIsFree() {
        var documents = make().documents();
        var brief = key("first", "{}", Duration.ofMillis(1));
        documents.save("order", raw("1"), ManualCallContext.writing(brief));

        Eventually.holds(() -> documents
                        .save("order", raw("1"), ManualCallContext.writing(brief))
                        .version()
                == 2);
    }

    @Test
    void oneCallWritesOnce() {
        var users = make().users();
        var call = ManualCallContext.writing(key);
        users.create("Anna", "anna@example.com", call);

        assertThatIllegalStateException().isThrownBy(() -> users.create("Ben", "ben@example.com", call));

        assertThat(users.listAfter(0, 10, scope)).hasSize(1);
    }

    @Test
    void manyConcurrentRepetitionsCreateOneUser() throws Exception {
        var users = make().users();

        var made = ConcurrentRun.run(THREADS, thread -> created(users));

        var known = made.stream().flatMap(Optional::stream).distinct().toList();
        assertThat(known).hasSize(1);
        assertThat(users.listAfter(0, 10, scope)).isEqualTo(known);
        assertThat(created(users)).contains(known.getFirst());
    }

    @Test
    void manyConcurrentRepetitionsDeleteOneUser() throws Exception {
        var users = make().users();
        var anna = users.create("Anna", "anna@example.com", scope);

        var deleted = ConcurrentRun.run(
                THREADS, thread -> unlessInProgress(() -> users.delete(anna.id(), 1L, ManualCallContext.writing(key))));

        assertThat(deleted.stream().flatMap(Optional::stream)).isNotEmpty().containsOnly(Optional.of(anna));
        assertThat(users.find(anna.id(), scope)).isEmpty();
        assertThat(users.delete(anna.id(), 1L, ManualCallContext.writing(key))).contains(anna);
    }

    private Optional<User> created(UserStore users) {
        return unlessInProgress(() -> users.create("Anna", "anna@example.com", ManualCallContext.writing(key)));
    }

    private static <T> Optional<T> unlessInProgress(Supplier<T> write) {
        try {
            return Optional.of(write.get());
        } catch (IdempotencyException running) {
            assertThat(running.problem()).isEqualTo(IdempotencyException.Problem.IN_PROGRESS);
            assertThat(running.retryAfter()).isPositive();
            return Optional.empty();
        }
    }

    private static boolean replayed(CallContext call) {
        var write = call.idempotentWrite();
        return write != null && write.isReplayed();
    }

    private static void fails(ThrowingCallable call, IdempotencyException.Problem problem) {
        assertThatExceptionOfType(IdempotencyException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static Json.Raw raw(String json) {
        return new Json.Raw(json.getBytes(StandardCharsets.UTF_8));
    }
}
