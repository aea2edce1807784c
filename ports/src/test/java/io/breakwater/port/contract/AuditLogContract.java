package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.AuditEntry.AuditedCall;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.driven.AuditLog.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} must do: keep every entry, unchanged and in its order. */
public abstract class AuditLogContract {
    private static final int THREADS = 8;
    private static final int ENTRIES_OF_A_THREAD = 100;

    /** Creates an empty log. */
    protected abstract AuditLog make();

    /** Returns the lines of the log. */
    protected abstract List<String> lines(AuditLog log) throws Exception;

    /** An entry that this text identifies. */
    public static AuditEntry entry(String requestId) {
        var call = AuditedCall.of(requestId, Principal.of("ann"), "tools/call", "echo", null);
        return new AuditEntry.End(Instant.EPOCH, call, "ok", Duration.ofMillis(1));
    }

    private static String line(AuditLog log, AuditEntry entry) {
        return new String(entry.line(log.name()), UTF_8);
    }

    @Test
    void keepsTheLinesInTheirOrder() throws Exception {
        var log = make();
        var entries = IntStream.range(0, 600).mapToObj(i -> entry("call-" + i)).toList();

        log.append(entries.subList(0, 1), Durability.MACHINE);
        log.append(entries.subList(1, 255), Durability.PROCESS);
        log.append(entries.subList(255, 600), Durability.MACHINE);

        assertThat(lines(log))
                .containsExactlyElementsOf(
                        entries.stream().map(entry -> line(log, entry)).toList());
    }

    @Test
    void acceptsAnEmptyListAsACheck() throws Exception {
        var log = make();

        log.append(List.of(), Durability.PROCESS);

        assertThat(lines(log)).isEmpty();
    }

    @Test
    void losesNoEntryOfConcurrentWriters() throws Exception {
        var log = make();

        ConcurrentRun.run(THREADS, thread -> {
            for (int i = 0; i < ENTRIES_OF_A_THREAD; i++) {
                log.append(List.of(entry(thread + "-" + i)), i % 10 == 0 ? Durability.MACHINE : Durability.PROCESS);
            }
            return thread;
        });

        var expected = new ArrayList<String>();
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < ENTRIES_OF_A_THREAD; i++) {
                expected.add(line(log, entry(thread + "-" + i)));
            }
        }
        assertThat(lines(log)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void equalArgumentsHaveEqualDigestsAndOthersDoNot() {
        var log = make();

        assertThat(log.digest("a".getBytes(UTF_8)))
                .isEqualTo(log.digest("a".getBytes(UTF_8)))
                .isNotEqualTo(log.digest("b".getBytes(UTF_8)))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void hasAName() {
        assertThat(make().name()).isNotBlank();
    }
}
