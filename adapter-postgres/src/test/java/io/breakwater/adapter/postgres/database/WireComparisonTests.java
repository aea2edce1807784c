package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server receives is our frame and the statement that the lexer read, byte for byte and nothing else: for all
 * attacks, for what analysts ask, and for random soups of SQL's hard parts.
 *
 * <p>A relay between us and the server records every Parse, Bind, Query and Sync message. Each text is a part of the
 * frame from a closed list, one of our own questions, which is the same for every statement, or the caller's statement
 * byte for byte. The seed of the soups is printed; {@code breakwater.seed} repeats a run, {@code breakwater.soups} says
 * how many there are.
 */
@Tag("server")
abstract class WireComparisonTests {
    private static final int CALLERS = 4;

    private final Map<String, Integer> words = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private long compared;

    abstract PostgresServer server();

    @Test
    void attacksAreSentAsTheyWereRead(@TempDir Path folder) throws SQLException, IOException {
        try (var stage = new AttackStage(server(), folder);
                var wired = new WiredDatabase(server(), stage.aimed("{database}"), Databases.READER)) {
            for (var attack : Attack.all()) {
                var texts = attack.texts().stream().map(stage::aimed).toList();
                for (var way : AttackTarget.Way.values()) {
                    wired.call(way, texts);
                }
            }
            add(wired);
        }
        show("attacks");
    }

    @Test
    void questionsAreSentAsTheyWereRead() {
        var databases = new Databases(server());
        databases.prepare(TextSection.resource("shop.sql"));
        try (var wired = new WiredDatabase(server(), databases.name(), Databases.READER)) {
            for (var inquiry : AnalystQuestion.all()) {
                for (var way : AttackTarget.Way.values()) {
                    wired.call(way, List.of(inquiry.sql()));
                }
            }
            add(wired);
        }
        show("questions");
    }

    @Test
    void soupsAreSentAsTheyWereRead() throws InterruptedException, ExecutionException {
        int soups = Integer.getInteger("breakwater.soups", 5_000);
        long seed = Long.getLong("breakwater.seed", new Random().nextLong());
        System.out.printf("wire: soups of the seed %d%n", seed);
        var name = new Databases(server()).name();
        var next = new AtomicInteger();
        int sent = 0;
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var callers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> eat(name, seed, next, soups)));
            }
            for (var caller : callers) {
                sent += caller.get();
            }
        }
        show(soups + " soups, " + sent + " of which reached the server, seed " + seed);
        assertThat(sent).as("soups that reached the server").isGreaterThan(soups / 5);
    }

    /** Each soup is made from its own number, so that it is the same however callers share them. */
    private int eat(String name, long seed, AtomicInteger next, int soups) {
        int sent = 0;
        try (var wired = new WiredDatabase(server(), name, Databases.READER)) {
            for (int i = next.getAndIncrement(); i < soups; i = next.getAndIncrement()) {
                var random = new Random(seed + i);
                var maker = new Soups(random);
                sent += switch (random.nextInt(10)) {
                            case 0 -> wired.call(AttackTarget.Way.ALL, List.of("SELECT 1", maker.next(), maker.next()));
                            case 1 -> wired.call(AttackTarget.Way.EXPLAIN, List.of(maker.next()));
                            default -> wired.call(AttackTarget.Way.EACH, List.of(maker.next()));
                        }
                        ? 1
                        : 0;
            }
            add(wired);
        }
        return sent;
    }

    private synchronized void add(WiredDatabase wired) {
        compared += wired.wire().compared();
        differences.addAll(wired.wire().differences());
        wired.wire().words().forEach((word, times) -> words.merge(word, times, Integer::sum));
    }

    private void show(String what) {
        System.out.printf("wire: %d messages compared, %d differ (%s)%n", compared, differences.size(), what);
        assertThat(differences).isEmpty();
        assertThat(words).as("messages of one statement").containsKeys("BDFRP", "BDF", "BX");
    }
}
