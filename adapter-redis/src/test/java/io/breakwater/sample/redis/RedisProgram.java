package io.breakwater.sample.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** The ends of the range of versions that we support. */
public enum RedisProgram {
    /** Redis 6.2, from a jar that comes with the build. */
    BUNDLED {
        @Override
        Path path() {
            return Unpacked.PATH;
        }
    },

    /** Redis 7 as Debian installs it. Tests that use it carry the tag {@code debian}. */
    DEBIAN {
        @Override
        Path path() {
            return Path.of("/usr/bin/redis-server");
        }
    };

    abstract Path path();

    private static final class Unpacked {
        private static final Path PATH = unpack();

        private static Path unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
