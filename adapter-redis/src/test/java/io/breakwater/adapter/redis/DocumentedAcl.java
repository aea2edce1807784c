package io.breakwater.adapter.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The rights that {@code docs/redis.md} tells operators to give, read from there, as ACL SETUSER takes them. */
final class DocumentedAcl {
    private static final Path PAGE = Path.of("..", "docs", "redis.md");

    private DocumentedAcl() {}

    /** Of a user of one server, or of a primary and its replicas. */
    static String[] of(String password, String prefix) {
        return rule(0, password, prefix);
    }

    /** Of a user of a cluster, who has to find the nodes. */
    static String[] inCluster(String password, String prefix) {
        return rule(1, password, prefix);
    }

    /** Of a user of Sentinels, who has to find the primary. */
    static String[] ofSentinels(String password) {
        return rule(2, password, "");
    }

    /** That one of the page's rules, without the command and the user's name. */
    private static String[] rule(int index, String password, String prefix) {
        try (var lines = Files.lines(PAGE)) {
            var rule = lines.filter(line -> line.startsWith("ACL SETUSER "))
                    .toList()
                    .get(index)
                    .split(" ");
            return Arrays.stream(rule)
                    .skip(3)
                    .map(word -> word.replace(">secret", ">" + password).replace("shop:", prefix + ":"))
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
