package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Tls;
import io.breakwater.sample.redis.Certificates;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** TLS on both sides, and a user who may do what {@code docs/redis.md} says and nothing else. */
@Tag("server")
class SecuredRedisTest extends PortsOnOneServer {
    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static RedisServer server;

    @BeforeAll
    static void start() {
        certificates = new Certificates(folder);
        server = RedisServer.secured(
                RedisProgram.BUNDLED, certificates, certificates.server(), "yes", "of the administrator");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void letIn() {
        server.tell(jedis -> jedis.aclSetUser("app", DocumentedAcl.of("secret", prefix)));
    }

    @Override
    RedisServer server() {
        return server;
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.single("rediss://app:secret@localhost:" + server.port())
                .withTls(new Tls(
                        certificates.authority(),
                        certificates.client().certificate(),
                        certificates.client().key()));
    }

    @Override
    void restart() {
        super.restart();
        letIn();
    }
}
