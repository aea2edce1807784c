package io.breakwater.sample.postgres;

import io.breakwater.sample.server.Servers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipFile;

/** PostgreSQL out of a jar: 18 from the class path, older versions from where the build has put their jars. */
final class BundledPostgres extends PostgresServer {
    private static final Map<Integer, PostgresServer> OLDER = new ConcurrentHashMap<>();

    private final EmbeddedPostgres postgres;

    private BundledPostgres(UnaryOperator<EmbeddedPostgres.Builder> binaries) {
        Servers.requireAllowed();
        try {
            postgres = binaries.apply(EmbeddedPostgres.builder().setServerConfig("max_connections", "200"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That major version. */
    static PostgresServer of(int version) {
        var jar = Path.of("target", "postgres", "postgres-" + version + ".jar");
        return OLDER.computeIfAbsent(
                version,
                unseen ->
                        new BundledPostgres(builder -> builder.setPgBinaryResolver((system, machine) -> archive(jar))));
    }

    /** The one archive in a jar. */
    private static InputStream archive(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.stream()
                    .filter(file -> file.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            try (var archive = zip.getInputStream(entry)) {
                return new ByteArrayInputStream(archive.readAllBytes());
            }
        }
    }

    @Override
    public int port() {
        return postgres.getPort();
    }

    static final class Holder {
        static final PostgresServer SERVER = new BundledPostgres(UnaryOperator.identity());

        private Holder() {}
    }
}
