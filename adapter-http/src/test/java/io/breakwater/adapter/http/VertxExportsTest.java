package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import org.junit.jupiter.api.Test;

class VertxExportsTest {
    private static final Module JDK = Object.class.getModule();
    private static final Module TEST = VertxExportsTest.class.getModule();

    @Test
    void acceptsEveryPackageOnTheClassPath() {
        assertThatCode(() -> VertxExports.check(VertxExports.DECODER, VertxExports.UPGRADE, VertxExports.NET))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsPackagesThatAModuleExports() {
        assertThatCode(() -> VertxExports.check(JDK, TEST, "java.lang", "java.util"))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheFlagForEachPackageThatAModuleDoesNotExport() {
        assertThatThrownBy(() -> VertxExports.check(JDK, TEST, "java.lang", "sun.hidden", "sun.inner"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The module java.base does not export packages that the HTTP adapter needs. Start Java with"
                        + " --add-exports java.base/sun.hidden=ALL-UNNAMED"
                        + " --add-exports java.base/sun.inner=ALL-UNNAMED");
    }
}
