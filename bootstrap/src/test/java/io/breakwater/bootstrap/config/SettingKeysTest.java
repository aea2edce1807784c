package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.adapter.stdio.StdioSettings;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators read the keys of their file where an embedder reads the components of records. */
class SettingKeysTest {

    private static Set<String> keys() {
        var keys = new TreeSet<String>();
        for (var section : Configuration.load(ConfigurationSources.none()).sections()) {
            keys.add(section.path());
            section.settings().forEach(setting -> keys.add(setting.path()));
        }
        return keys;
    }

    static Stream<String> components() {
        return Stream.of(
                        HttpSettings.class,
                        HttpSettings.Limits.class,
                        HttpSettings.Streams.class,
                        HttpSettings.Tls.class,
                        HttpSettings.Proxies.class,
                        HttpSettings.ProxyProtocol.class,
                        StdioSettings.class,
                        RedisSettings.Tls.class,
                        DatabaseSettings.Limits.class,
                        DatabaseSettings.Replicas.class)
                .flatMap(record -> Arrays.stream(record.getRecordComponents())
                        .map(component -> record.getCanonicalName()
                                        .substring(record.getPackageName().length() + 1) + "." + component.getName()));
    }

    @ParameterizedTest
    @MethodSource("components")
    void theFileHasAKeyForEveryComponent(String component) {
        assertThat(keys()).contains(SettingKeys.keyOf(component));
    }

    @ParameterizedTest
    @CsvSource({
        "StandardAuthentication.credential,      auth.credential",
        "HttpSettings.Limits.bodyBytesPerSecond, http.limits.body-bytes-per-second",
        "HttpSettings.proxyProtocol.port,        http.proxy-protocol.port",
        "RedisSettings.tls,                      redis.tls",
        "DatabaseSettings.allowedFunctions,      database.allowed-functions",
        "DatabaseSettings.pool.leakAfter,        database.pool.leak-after",
        "StoreSettings.schema,                   store.schema",
        "StoreSettings.pool.leakAfter,           store.pool.leak-after",
        "Limits.maxResultBytes,                  limits.result-bytes",
        "MemoryLimits.bytes,                     limits.memory",
        "MemoryLimits.share,                     limits.memory-share"
    })
    void hasTheWordsOfTheComponent(String component, String key) {
        assertThat(SettingKeys.keyOf(component)).isEqualTo(key);
        assertThat(keys()).contains(key);
    }

    @Test
    void aComponentWithoutAKeyKeepsItsName() {
        assertThat(SettingKeys.keyOf("ShopSettings.port")).isEqualTo("ShopSettings.port");
    }

    @Test
    void replacesTheComponentsOfTheSectionInAMessage() {
        var keys = Set.of("database.replicas.lag", "database.replicas.check-interval");

        assertThat(SettingKeys.withKeys(
                        " must be longer than checkInterval; otherwise eventLoops", "database.replicas", keys))
                .isEqualTo(" must be longer than database.replicas.check-interval; otherwise eventLoops");
    }

    @Test
    void authenticationBeginsWithAKey() {
        assertThat(SettingKeys.keyOf("BreakwaterBuilder.authenticator"))
                .isEqualTo("'breakwater key new' creates an API key");
    }
}
