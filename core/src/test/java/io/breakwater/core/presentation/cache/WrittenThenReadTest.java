package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.data.cache.FailingStore;
import io.breakwater.core.data.cache.FailingStore.FailureMode;
import io.breakwater.port.memory.MemoryEventBus;
import io.breakwater.port.memory.MemoryLeases;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that read and write the same few documents at the same time. Whatever they do: a reading that begins after a
 * write has been answered gives what was written, or something newer.
 */
class WrittenThenReadTest {
    private static final int DOCUMENTS = 3;
    private static final int TIMES = 150;

    private final SimulatedLink line = new SimulatedLink();
    private final MemoryStore store = new MemoryStore(line, System::nanoTime);
    private final MemoryLeases leases = new MemoryLeases(line, System::nanoTime);
    private final MemoryEventBus bus = MemoryEventBus.on(line);
    private final DocumentArchive archive = new DocumentArchive();
    private final AtomicLong versions = new AtomicLong(1_000_000);
    private final AtomicLongArray answered = new AtomicLongArray(DOCUMENTS);
    private final List<SampleReplica> replicas = new ArrayList<>();

    static List<Long> seeds() {
        return new SplittableRandom().longs(2).boxed().toList();
    }

    @AfterEach
    void close() {
        replicas.forEach(SampleReplica::close);
    }

    private SampleReplica replica(FailingStore way) {
        var replica = new SampleReplica(
                archive,
                ServerExecutors.standard(),
                plan -> plan.cache(way)
                        .eventBus(bus.another(line))
                        .leases(leases)
                        .cacheSettings(SampleReplica.settings(Duration.ofMillis(5))));
        replicas.add(replica);
        return replica;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onEveryServerWhileAllIsWell(long seed) throws Exception {
        replica(new FailingStore(store));
        replica(new FailingStore(store));

        var wrong = everybody(seed, random -> {});

        assertThat(wrong).isEmpty();
    }

    /** What one server cannot tell the others, they cannot know; but itself it knows. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onTheServerThatWroteItWhileTheTierComesAndGoes(long seed) throws Exception {
        var way = new FailingStore(store);
        replica(way);

        assertThat(everybody(seed, random -> way.become(random.nextInt(3) == 0 ? FailureMode.DOWN : FailureMode.NONE)))
                .isEmpty();
    }

    private List<String> everybody(long seed, Consumer<SplittableRandom> meanwhile) throws Exception {
        var wrong = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < 4 * replicas.size(); i++) {
                work.add(threads.submit(
                        somebody(new SplittableRandom(seed + i), replicas.get(i % replicas.size()), meanwhile)));
            }
            for (var one : work) {
                wrong.addAll(one.get(Eventually.SECONDS, TimeUnit.SECONDS));
            }
        }
        return wrong;
    }

    private Callable<List<String>> somebody(
            SplittableRandom random, SampleReplica replica, Consumer<SplittableRandom> meanwhile) {
        return () -> IntStream.range(0, TIMES)
                .mapToObj(time -> {
                    meanwhile.accept(random);
                    return readOrWrite(random, replica);
                })
                .filter(told -> !told.isEmpty())
                .toList();
    }

    private String readOrWrite(SplittableRandom random, SampleReplica replica) {
        int document = random.nextInt(DOCUMENTS);
        var id = Integer.toString(document);
        if (random.nextInt(4) == 0) {
            long version = versions.incrementAndGet();
            replica.save(id, Long.toString(version));
            answered.accumulateAndGet(document, version, Math::max);
            return "";
        }
        long least = answered.get(document);
        var seen = replica.find(id);
        long version = seen.text().equals("none") ? 0 : Long.parseLong(seen.text());
        return version < least ? "read " + seen + " after " + least + " was answered" : "";
    }
}
