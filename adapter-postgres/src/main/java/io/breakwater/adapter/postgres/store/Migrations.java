package io.breakwater.adapter.postgres.store;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of the store, in order, listed by name, so that no jar is scanned for them. A released migration never
 * changes; a change of the schema is a new migration.
 */
final class Migrations implements ResourceProvider {
    /** The version of the last migration. */
    static final String NEWEST = "7";

    private static final List<LoadableResource> ALL = List.of(
            new Script("V1__users_and_documents.sql"),
            new Script("V2__budgets.sql"),
            new Script("V3__accounts.sql"),
            new Script("V4__idempotency.sql"),
            new Script("V5__quotas.sql"),
            new Script("V6__audit_checkpoints.sql"),
            new Script("V7__orders.sql"));

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return ALL.stream()
                .filter(script -> script.getFilename().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return ALL.stream()
                .filter(script -> script.getFilename().startsWith(prefix)
                        && Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith))
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final String name;

        private Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            var stream = Migrations.class.getResourceAsStream(name);
            if (stream == null) {
                throw new IllegalStateException("the jar does not contain " + name);
            }
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
