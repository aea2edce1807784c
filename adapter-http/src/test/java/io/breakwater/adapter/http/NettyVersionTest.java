package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NettyVersionTest {

    /** When this fails, Vert.x or Netty was changed: then the constant follows. */
    @Test
    void needsWhatTheBuildHasOnItsClassPath() {
        assertThat(NettyVersion.onClassPath().map(NettyVersion::number))
                .hasSizeGreaterThan(5)
                .containsOnly(NettyVersion.NEEDED);
        assertThat(NettyVersion.onClassPath().map(NettyVersion::module))
                .doesNotHaveDuplicates()
                .allMatch(title -> title != null && title.startsWith("Netty/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.12.Final", "4.1.135.Final", "3.10.6.Final", "4.2.17.Final-redhat-00001"})
    void refusesAnOlderOneAndSaysWhatToSet(String old) {
        var found = Stream.of(netty(NettyVersion.NEEDED), netty(old));

        assertThatThrownBy(() -> NettyVersion.check(found))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The class path has Netty/Transport " + old + ", and Vert.x needs Netty 4.2.18.Final or"
                        + " later. With Spring Boot, set the property netty.version to 4.2.18.Final; elsewhere, import"
                        + " the BOM io.netty:netty-bom:4.2.18.Final before other BOMs.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.18.Final", "4.2.19.Final", "4.2.100.Final-SNAPSHOT", "4.3.0.Final", "5.0.0.Alpha1"})
    void acceptsThatOneAndLaterOnes(String later) {
        assertThatCode(() -> NettyVersion.check(Stream.of(netty(later)))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({",", "Netty/Transport,", "My application,1.0.0", "Netty/Transport,unknown", "Netty/Transport,4.2"})
    void acceptsOneThatDoesNotSayWhatItIs(@Nullable String title, @Nullable String number) {
        assertThatCode(() -> NettyVersion.check(Stream.of(new NettyVersion(title, number))))
                .doesNotThrowAnyException();
    }

    private static NettyVersion netty(String number) {
        return new NettyVersion("Netty/Transport", number);
    }
}
