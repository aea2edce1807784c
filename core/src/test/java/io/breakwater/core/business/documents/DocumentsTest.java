package io.breakwater.core.business.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryDocumentStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.settings.DocumentSettings;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {
    private static final Json.Raw CONTENT = new Json.Raw("{}".getBytes(UTF_8));

    private final MemoryDocumentStore store = new MemoryDocumentStore(new SimulatedLink(), InstantSource.system());
    private final Documents documents = new Documents(
            store, new BatchLoader(store, DocumentSettings.standard(), Runnable::run, (delay, task) -> {}));
    private final CallContext scope = ManualCallContext.unhurried();

    static String[] noIds() {
        return new String[] {"", " ", "a b", "a\u0000", "\n", "a\u0085", "x".repeat(201), "x".repeat(100_000)};
    }

    @ParameterizedTest
    @MethodSource("noIds")
    void whatCannotBeAnIdIsNeitherLookedForNorKept(String id) {
        assertThatThrownBy(() -> documents.get(id, scope))
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND))
                .hasMessageContaining("1 to 200 characters");
        assertThatThrownBy(() -> documents.save(id, CONTENT, scope))
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("1 to 200 characters");
        assertThat(store.finds()).isEmpty();
    }

    @Test
    void countsCharactersNotTheirParts() {
        var id = "🙂".repeat(200);

        assertThat(documents.save(id, CONTENT, scope).version()).isEqualTo(1);
        assertThat(documents.get(id, scope).content()).isEqualTo(CONTENT);
    }
}
