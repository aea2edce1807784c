package io.breakwater.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.database.PostgresDatabase;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a named module, and requires the adapter as one. */
@Tag("server")
class NamedModuleTest {
    /** What the adapter needs at run time: the other entries of the class path belong to the tests. */
    private static final Pattern RUNTIME = Pattern.compile(
            ".*(ports/target/classes|breakwater-ports-[^/]*(?<!testkit)\\.jar|adapter-postgres/target/classes"
                    + "|/(postgresql|HikariCP|caffeine|flyway|jackson|slf4j-api|jspecify)-?[^/]*\\.jar)");

    private static final String MODULE = "module shop { requires io.breakwater.adapter.postgres; exports shop; }";

    private static final String SHOP = """
            package shop;

            import io.breakwater.adapter.postgres.ConnectionString;
            import io.breakwater.adapter.postgres.database.DatabaseSettings;
            import io.breakwater.adapter.postgres.database.PostgresDatabase;
            import io.breakwater.adapter.postgres.store.PostgresStore;
            import io.breakwater.adapter.postgres.store.StoreSettings;
            import io.breakwater.port.CallContext;
            import java.time.Duration;
            import java.util.List;

            public class Shop {
                public static List<String> tables(String url) {
                    var address = ConnectionString.of(url);
                    try (var store = PostgresStore.open(StoreSettings.forUrl(address));
                            var database = PostgresDatabase.open(DatabaseSettings.forUrl(address)
                                    .withSearchPath("breakwater"))) {
                        store.users().create("Ann", "ann@example.com", CALL);
                        return database.tables(CALL).stream().map(table -> table.name()).toList();
                    }
                }

                private static final CallContext CALL = new CallContext() {
                    public String requestId() { return "1"; }
                    public String traceParent() { return null; }
                    public Duration remaining() { return Duration.ofMinutes(5); }
                    public boolean cancelled() { return false; }
                    public void onCancel(Runnable action) {}
                };
            }
            """;

    @TempDir
    Path classes;

    @Test
    void migratesTheStoreAndReadsADatabase() throws Exception {
        var server = PostgresServer.newest();
        assertThat(errors(SHOP)).isEmpty();

        var tables =
                shop().getMethod("tables", String.class).invoke(null, server.url(server.newDatabase(), "postgres"));

        assertThat(tables.toString()).contains("users", "documents");
    }

    @Test
    void usesNoPackageThatIsNotExported() {
        assertThat(errors("package shop; class Shop { io.breakwater.adapter.postgres.sql.SqlStatement inside; }"))
                .singleElement()
                .asString()
                .contains("package io.breakwater.adapter.postgres.sql is not visible");
    }

    @Test
    void exportsTheAdaptersAndTheirSettingsOnly() {
        var adapter =
                modules().find("io.breakwater.adapter.postgres").orElseThrow().descriptor();

        assertThat(adapter.exports().stream().filter(export -> !export.isQualified()))
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(
                        ConnectionString.class.getPackageName(),
                        PostgresDatabase.class.getPackageName(),
                        "io.breakwater.adapter.postgres.store");
    }

    private Class<?> shop() throws ClassNotFoundException {
        var finder = ModuleFinder.compose(ModuleFinder.of(classes), modules());
        var boot = ModuleLayer.boot();
        var configuration = boot.configuration().resolveAndBind(finder, ModuleFinder.of(), Set.of("shop"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findLoader("shop")
                .loadClass("shop.Shop");
    }

    private static ModuleFinder modules() {
        return ModuleFinder.of(entries().map(Path::of).toArray(Path[]::new));
    }

    private static Stream<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(RUNTIME.asMatchPredicate());
    }

    /** Compiles the module with this class, and returns the errors. */
    private List<String> errors(String code) {
        var found = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-d",
                classes.toString(),
                "--module-path",
                entries().collect(Collectors.joining(File.pathSeparator)),
                "-proc:none");
        var sources = Map.of("module-info", MODULE, "shop/Shop", code).entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        private Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
