package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DocumentStore} must do: return the latest saved document unchanged. */
public abstract class DocumentStoreContract {
    private static final int THREADS = 16;

    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates an empty store with an identity of its own. */
    protected abstract DocumentStore make();

    @Test
    void hasAStableIdentity() {
        var documents = make();

        assertThat(documents.identity()).isNotBlank().isEqualTo(documents.identity());
        assertThat(make().identity()).isNotEqualTo(documents.identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "\"text\"",
                "[1,1.0,1.00,1e2,-0,0.1]",
                "123456789012345678901234567890.123456789012345678901234567890",
                "{\"z\":1,\"a\":2,\"m\":{\"z\":1,\"a\":2}}",
                "{\"a b\":\"\\u0000\\ud800\\\"\\\\\",\"ä\":\"👩‍🚀\"}",
                "{\"sql\":\"'); DROP TABLE documents;-- $1 ? {{x}}\"}"
            })
    void givesBackWhatWasSaved(String content) {
        var documents = make();

        var saved = documents.save("id", raw(content), scope);

        assertThat(saved.content()).isEqualTo(raw(content));
        assertThat(documents.find(Set.of("id"), scope)).containsOnlyKeys("id").containsValue(saved);
    }

    @Test
    void storesALargeDocument() {
        var documents = make();
        var large = raw("\"" + "äx".repeat(300_000) + "\"");

        documents.save("large", large, scope);

        assertThat(documents.find(Set.of("large"), scope).get("large"))
                .extracting(Document::content)
                .isEqualTo(large);
    }

    @Test
    void incrementsTheVersionWithEachSave() {
        var documents = make();

        var first = documents.save("id", raw("1"), scope);
        var second = documents.save("id", raw("2"), scope);

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.updatedAt()).isAfterOrEqualTo(first.updatedAt());
        assertThat(documents.find(Set.of("id"), scope)).containsEntry("id", second);
    }

    @Test
    void findsOnlyExistingDocuments() {
        var documents = make();
        var one = documents.save("one", raw("1"), scope);
        var two = documents.save("two", raw("2"), scope);
        documents.save("three", raw("3"), scope);

        assertThat(documents.find(Set.of("one", "two", "none"), scope))
                .hasSize(2)
                .containsEntry("one", one)
                .containsEntry("two", two);
        assertThat(documents.find(Set.of("none"), scope)).isEmpty();
        assertThat(documents.find(Set.of(), scope)).isEmpty();
    }

    @Test
    void distinguishesSimilarIds() {
        var documents = make();
        var ids = Set.of("a", "A", "a ", "ä", "a\u0308", "{a}", "a,b", "\"a\"", "NULL", "a\\", "%", "_", "👩‍🚀");

        ids.forEach(id -> documents.save(id, raw("\"" + ids.hashCode() + "\""), scope));

        var found = documents.find(ids, scope);
        assertThat(found).containsOnlyKeys(ids);
        assertThat(found.values()).allSatisfy(document -> {
            assertThat(document.version()).isEqualTo(1);
            assertThat(found.get(document.id())).isSameAs(document);
        });
    }

    @Test
    void deletesADocument() {
        var documents = make();
        documents.save("id", raw("1"), scope);
        documents.save("id", raw("2"), scope);
        var other = documents.save("other", raw("3"), scope);

        assertThat(documents.delete("id", null, scope)).hasValue(2);

        assertThat(documents.delete("id", null, scope)).isEmpty();
        assertThat(documents.delete("none", null, scope)).isEmpty();
        assertThat(documents.find(Set.of("id", "other"), scope)).isEqualTo(Map.of("other", other));
        assertThat(documents.save("id", raw("4"), scope).version()).isEqualTo(1);
    }

    @Test
    void deletesOnlyTheRevisionThatTheCallerHasRead() {
        var documents = make();
        var first = documents.save("id", raw("1"), scope);
        var second = documents.save("id", raw("2"), scope);

        assertThat(documents.delete("id", first.revision(), scope)).isEmpty();
        assertThat(documents.find(Set.of("id"), scope)).containsValue(second);
        assertThat(documents.delete("id", second.revision(), scope)).hasValue(2);
    }

    @Test
    void aDocumentThatWasSavedAgainAfterItsDeletionHasAnotherRevision() {
        var documents = make();
        var first = documents.save("id", raw("1"), scope);
        documents.delete("id", null, scope);
        Eventually.holds(() -> {
            documents.delete("id", null, scope);
            return documents.save("id", raw("1"), scope).updatedAt().isAfter(first.updatedAt());
        });

        assertThat(documents.delete("id", first.revision(), scope)).isEmpty();
    }

    @Test
    void onlyOneConcurrentDeletionFindsTheDocument() throws Exception {
        var documents = make();
        documents.save("id", raw("1"), scope);

        var deleted = ConcurrentRun.run(THREADS, thread -> documents.delete("id", null, scope));

        assertThat(deleted.stream().filter(OptionalLong::isPresent)).containsExactly(OptionalLong.of(1));
    }

    @Test
    void concurrentSavesGetDistinctVersions() throws Exception {
        var documents = make();

        var saved = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 10)
                        .mapToObj(i -> documents.save("id", raw(thread + "." + i), scope))
                        .toList());

        var byVersion = saved.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Document::version))
                .toList();
        assertThat(byVersion)
                .extracting(Document::version)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, THREADS * 10).boxed().toList());
        assertThat(documents.find(Set.of("id"), scope).get("id"))
                .extracting(Document::content)
                .isEqualTo(byVersion.getLast().content());
    }

    private static Json.Raw raw(String json) {
        return new Json.Raw(json.getBytes(UTF_8));
    }
}
