package io.breakwater.adapter.postgres.database;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the corpus that a test tries: the tenth of each class of attacks that the test's name chooses, so that
 * tests differ in what they try. With {@code breakwater.corpus=all} it is the whole corpus.
 */
final class Share {
    private static final boolean ALL = "all".equals(System.getProperty("breakwater.corpus"));
    private static final int PART = 10;

    private Share() {}

    /** Whether it is the whole corpus. */
    static boolean isWhole() {
        return ALL;
    }

    /** The attacks to try; at least one of each class. */
    static List<Attack> of(List<Attack> attacks, String test) {
        return ALL ? attacks : part(attacks, test);
    }

    static List<Attack> part(List<Attack> attacks, String test) {
        return attacks.stream().collect(Collectors.groupingBy(Attack::sort)).entrySet().stream()
                .flatMap(sort -> eachTenth(sort.getValue(), test + sort.getKey().name()))
                .toList();
    }

    private static Stream<Attack> eachTenth(List<Attack> attacks, String seed) {
        int first = new Random(seed.hashCode()).nextInt(Math.min(PART, attacks.size()));
        return IntStream.iterate(first, i -> i < attacks.size(), i -> i + PART).mapToObj(attacks::get);
    }
}
