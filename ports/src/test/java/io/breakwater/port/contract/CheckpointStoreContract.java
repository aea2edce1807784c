package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.CheckpointStore;
import io.breakwater.port.driven.CheckpointStore.LogCheckpoint;
import io.breakwater.port.memory.ManualCallContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CheckpointStore} must do: keep checkpoints that a log which only grows can have, and no others. */
public abstract class CheckpointStoreContract {
    private static final String LOG = "example.com/log";
    private static final int SERVERS = 8;

    private final CallContext context = ManualCallContext.unhurried();

    /** Creates an empty store. */
    protected abstract CheckpointStore make();

    /** A checkpoint as its log writes it: with line breaks, and a dash that is not ASCII. */
    private static LogCheckpoint checkpoint(String log, long size, String root) {
        return new LogCheckpoint(log, size, log + "\n" + size + "\n" + root + "\n\n— " + log + " c2ln\n");
    }

    private static LogCheckpoint checkpoint(long size) {
        return checkpoint(LOG, size, "root" + size);
    }

    @Test
    void returnsTheCheckpointsOfALogSortedBySize() {
        var store = make();
        assertThat(store.find(LOG, context)).isEmpty();

        for (int size : new int[] {0, 9, 10, 256, 1_000}) {
            assertThat(store.add(checkpoint(size), context)).isEmpty();
        }

        assertThat(store.find(LOG, context))
                .containsExactly(checkpoint(0), checkpoint(9), checkpoint(10), checkpoint(256), checkpoint(1_000));
    }

    @Test
    void keepsTheLogsApart() {
        var store = make();
        var other = checkpoint("'); DROP TABLE audit_checkpoints;--", 3, "other");
        store.add(checkpoint(7), context);

        assertThat(store.add(other, context)).isEmpty();

        assertThat(store.find(LOG, context)).containsExactly(checkpoint(7));
        assertThat(store.find(other.log(), context)).containsExactly(other);
    }

    @Test
    void aCheckpointThatIsSentAgainChangesNothing() {
        var store = make();
        store.add(checkpoint(7), context);

        assertThat(store.add(checkpoint(7), context)).isEmpty();

        assertThat(store.find(LOG, context)).containsExactly(checkpoint(7));
    }

    @Test
    void refusesAnotherCheckpointOfTheSameSize() {
        var store = make();
        store.add(checkpoint(7), context);

        assertThat(store.add(checkpoint(LOG, 7, "rewritten"), context)).contains(checkpoint(7));

        assertThat(store.find(LOG, context)).containsExactly(checkpoint(7));
    }

    @Test
    void refusesACheckpointOfALogThatBecameShorter() {
        var store = make();
        store.add(checkpoint(7), context);
        store.add(checkpoint(9), context);

        assertThat(store.add(checkpoint(8), context)).contains(checkpoint(9));

        assertThat(store.find(LOG, context)).containsExactly(checkpoint(7), checkpoint(9));
    }

    /** It says how far the log had come. */
    @Test
    void returnsTheLargestOfSeveralThatContradict() {
        var store = make();
        store.add(checkpoint(7), context);
        store.add(checkpoint(9), context);
        store.add(checkpoint(12), context);

        assertThat(store.add(checkpoint(LOG, 7, "rewritten"), context)).contains(checkpoint(12));
        assertThat(store.add(checkpoint(8), context)).contains(checkpoint(12));
    }

    /** Two servers with one log, which a copied folder can cause, write different histories: one of them is refused. */
    @Test
    void keepsOneOfDifferentCheckpointsThatServersStoreAtOnce() throws Exception {
        var store = make();

        var refused = ConcurrentRun.run(
                SERVERS,
                server -> store.add(checkpoint(LOG, 5, "root of " + server), context)
                        .isPresent());

        assertThat(store.find(LOG, context)).hasSize(1);
        assertThat(refused).hasSize(SERVERS).containsOnlyOnce(false);
    }

    @Test
    void acceptsOneCheckpointThatIsStoredTwiceAtOnce() throws Exception {
        var store = make();

        var refused = ConcurrentRun.run(
                SERVERS, server -> store.add(checkpoint(5), context).isPresent());

        assertThat(refused).containsOnly(false);
        assertThat(store.find(LOG, context)).isEqualTo(List.of(checkpoint(5)));
    }
}
