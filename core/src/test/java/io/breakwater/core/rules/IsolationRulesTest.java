package io.breakwater.core.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every rule on code that keeps it, and on code that does not. */
class IsolationRulesTest {

    private final IsolationRules shop = IsolationRules.under("com.acme.shop");

    @Test
    void aDependencyThatIsNotOnTheListIsFound() {
        var stranger = in("com.acme.shop.orders", "org.slf4j.Logger log;");

        assertThatThrownBy(() -> shop.dependsOnlyOn("java..").check(Plant.of(stranger)))
                .hasMessageContaining("org.slf4j.Logger");
        assertThatCode(() -> shop.dependsOnlyOn("java..", "org.slf4j..").check(Plant.of(stranger)))
                .doesNotThrowAnyException();
    }

    @Test
    void everyKindOfInputAndOutputIsFound() {
        assertEachIsFound(
                shop.doesNoInputOrOutput(),
                "java.sql.Connection field;",
                "java.net.Socket field;",
                "java.net.InetAddress field;",
                "java.net.http.HttpClient field;",
                "java.nio.file.Path field;",
                "java.nio.channels.FileChannel field;",
                "void run() throws Exception { new java.io.FileInputStream(\"orders\").close(); }",
                "void run() throws Exception { new ProcessBuilder(\"sh\").start(); }",
                "Object run() throws Exception { return java.net.URI.create(\"http://a\").toURL().openStream(); }");
    }

    @Test
    void bytesInMemoryAreNoInputOrOutput() {
        var sound =
                in("com.acme.shop.orders", "java.io.InputStream in = new java.io.ByteArrayInputStream(new byte[0]);");

        assertThatCode(() -> shop.doesNoInputOrOutput().check(Plant.of(sound))).doesNotThrowAnyException();
    }

    @Test
    void everyWayToAThreadIsFound() {
        assertEachIsFound(
                shop.createsThreadsOnlyIn("runtime"),
                "Thread make() { return new Thread(() -> {}); }",
                "Thread make() { return Thread.startVirtualThread(() -> {}); }",
                "Object make() { return Thread.ofPlatform(); }",
                "Object make() { return java.util.concurrent.Executors.newCachedThreadPool(); }",
                "Object make() { return new java.util.concurrent.ForkJoinPool(); }",
                "Object make() { return java.util.concurrent.ForkJoinPool.commonPool(); }",
                "Object make() { return new java.util.Timer(); }",
                "Object make() { return java.lang.ref.Cleaner.create(); }",
                "Object make() { return java.util.concurrent.CompletableFuture.runAsync(() -> {}); }",
                "Object make() { return java.util.stream.Stream.of(1).parallel(); }",
                "java.util.function.Function<Runnable, Thread> make = Thread::new;");
    }

    @Test
    void threadsAreCreatedInOnePackageAndUsedAnywhere() {
        var maker = in("com.acme.shop.runtime", "Thread make() { return new Thread(() -> {}); }");
        var user = in("com.acme.shop.orders", """
                Object use(java.util.concurrent.Executor mode) {
                    Thread.currentThread().interrupt();
                    return java.util.concurrent.CompletableFuture.runAsync(() -> {}, mode);
                }""");

        assertThatCode(() -> shop.createsThreadsOnlyIn("runtime").check(Plant.of(maker, user)))
                .doesNotThrowAnyException();
    }

    @Test
    void aLibraryOutsideItsPackageIsFound() {
        var inside = in("com.acme.shop.json", "tools.jackson.databind.JsonNode node;");
        var outside = in("com.acme.shop.orders", "tools.jackson.databind.JsonNode node;");
        var rule = shop.usesLibraryOnlyIn("tools.jackson..", "json");

        assertThatCode(() -> rule.check(Plant.of(inside, in("com.acme.shop.orders", ""))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check(Plant.of(inside, outside)))
                .hasMessageContaining("com.acme.shop.orders.Planted");
    }

    @Test
    void theRootPackageAloneIsAllowed() {
        var root = in("com.acme.shop", "org.slf4j.Logger log;");
        var below = in("com.acme.shop.orders", "org.slf4j.Logger log;");
        var rule = shop.usesLibraryOnlyIn("org.slf4j..", IsolationRules.ROOT_PACKAGE_ONLY);

        assertThatCode(() -> rule.check(Plant.of(root, in("com.acme.shop.orders", ""))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check(Plant.of(root, below)))
                .hasMessageContaining("com.acme.shop.orders.Planted");
    }

    @Test
    void anUnusedLibraryIsFound() {
        var known = Plant.of(in("com.acme.shop.orders", "org.slf4j.Logger log;"));

        assertThatCode(() -> shop.usesLibraries("org.slf4j..").check(known)).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        shop.usesLibraries("org.slf4j..", "tools.jackson..").check(known))
                .hasMessageContaining("a class of the code in com.acme.shop uses tools.jackson..");
    }

    @Test
    void severalRootsAreOne() {
        var rules = IsolationRules.under("com.acme.shop", "com.acme.api");
        var inside = in("com.acme.api.json", "tools.jackson.databind.JsonNode node;");
        var other = in("com.acme.shop.json", "tools.jackson.databind.JsonNode node;");
        var outside = in("com.acme.api.orders", "tools.jackson.databind.JsonNode node;");
        var rule = rules.usesLibraryOnlyIn("tools.jackson..", "json");

        assertThatCode(() -> rule.check(Plant.of(inside, other, in("com.acme.api", ""))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check(Plant.of(inside, outside)))
                .hasMessageContaining("com.acme.api.orders.Planted");
        assertThatThrownBy(() ->
                        rules.doesNoInputOrOutput().check(Plant.of(in("com.acme.api", "java.sql.Connection field;"))))
                .hasMessageContaining("com.acme.api.Planted");
    }

    /** Plants every piece of code in a package of its own and wants each of them named. */
    private static void assertEachIsFound(ArchRule rule, String... codes) {
        var sources = IntStream.range(0, codes.length)
                .mapToObj(i -> in("com.acme.shop.plot" + i, codes[i]))
                .toArray(String[]::new);
        var names = IntStream.range(0, codes.length)
                .mapToObj(i -> "com.acme.shop.plot" + i + ".Planted")
                .toArray(String[]::new);

        assertThatThrownBy(() -> rule.check(Plant.of(sources))).hasMessageContainingAll(names);
    }

    private static String in(String room, String code) {
        return "package " + room + ";\nclass Planted {\n" + code + "\n}";
    }
}
