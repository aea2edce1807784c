package io.breakwater.core.presentation.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.catalog.ToolDefinition.CacheRule;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheWordsTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    record Find(String id) {}

    record Found(String text) {}

    @Test
    void saysHowResultsAreKept() {
        var tool = finder().cachedFor(TTL)
                .tagged(args -> Set.of("document:" + args.id()))
                .from("archive")
                .staleWhileRevalidate(Duration.ofSeconds(1))
                .staleIfError(Duration.ofSeconds(2))
                .handledBy((args, call) -> new Found("x"));

        assertThat(tool.definition().cache())
                .isEqualTo(new CacheRule(TTL, false, "archive", Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(tool.tags()).isNotNull();
    }

    @Test
    void leavesTheRestToTheServer() {
        var tool = finder().cachedForAll(TTL).handledBy((args, call) -> new Found("x"));

        assertThat(requireNonNull(tool.definition().cache())).isEqualTo(new CacheRule(TTL, true, "", null, null));
        assertThat(tool.tags()).isNull();
        assertThat(tool.touched()).isNull();
    }

    @Test
    void refusesWordsAboutWhatIsNotKept() {
        assertThatThrownBy(() -> finder().staleIfError(TTL).handledBy((args, call) -> new Found("x")))
                .hasMessageContaining("find")
                .hasMessageContaining("cachedFor");
        assertThatThrownBy(() -> finder().tagged(args -> Set.of(args.id())).handledBy((args, call) -> new Found("x")))
                .hasMessageContaining("cachedFor");
    }

    @Test
    void refusesTypesThatComeAfterTheWordsMadeOfThem() {
        assertThatThrownBy(() -> Tool.named("find")
                        .invalidates((args, result) -> Set.of("all"))
                        .takes(Find.class))
                .hasMessageContaining("before");
    }

    private static Tool.Builder<Find, Found> finder() {
        return Tool.named("find")
                .describedAs("Finds.")
                .takes(Find.class)
                .gives(Found.class)
                .readOnly();
    }
}
