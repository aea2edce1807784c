package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code http.public-url}. */
class PublicUrlTest {
    @TempDir
    private Path folder;

    private BreakwaterSettings settings(@Nullable String url) {
        var yaml = "http: {allowed-hosts: [mcp.example.com]" + (url == null ? "" : ", public-url: '" + url + "'") + "}";
        return new ConfigFolder(folder).file("breakwater.yaml", yaml).load().settings();
    }

    @ParameterizedTest
    @CsvSource({
        "https://tools.example.com/mcp, tools.example.com",
        "https://tools.example.com:8443/a/mcp, tools.example.com",
        "http://my_server:8080/mcp, my_server",
        "https://[2001:db8::1]:8443/mcp, [2001:db8::1]"
    })
    void itsHostIsAllowedOnEveryPort(String url, String host) {
        var settings = settings(url);

        assertThat(settings.http().allowedHosts()).containsExactly("mcp.example.com", host);
        assertThat(settings.auth().publicUrl()).isEqualTo(url);
        assertThat(settings.publicUrl()).hasToString("Optional[" + url + "]");
    }

    @Test
    void anAllowedHostIsNotRepeated() {
        assertThat(settings("https://mcp.example.com/mcp").http().allowedHosts())
                .containsExactly("mcp.example.com");
    }

    @Test
    void withoutItNoFurtherHostIsAllowed() {
        assertThat(settings(null).http().allowedHosts()).containsExactly("mcp.example.com");
        assertThat(settings(null).publicUrl()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://tools.example.com/mcp",
                "https://u:p@tools.example.com/mcp",
                "https://tools.example.com/mcp/",
                "https://tools.example.com/mcp?x=y",
                "https://tools.example.com/{mcp}",
                "https:///mcp",
                "tools.example.com"
            })
    void refusesOtherTexts(String text) {
        assertThat(new PublicUrlType().parse(text)).isNull();
    }
}
