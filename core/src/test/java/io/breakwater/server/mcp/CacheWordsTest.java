package io.breakwater.server.mcp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.server.mcp.ToolDefinition.CacheRule;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheWordsTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    record Find(String id) {}

    record Found(String text) {}

    @Test
    void saysHowResultsAreKept() {
        var tool = finder().cacheFor(TTL)
                .cacheTags(args -> Set.of("document:" + args.id()))
                .cacheSource("archive")
                .staleWhileRevalidate(Duration.ofSeconds(1))
                .staleIfError(Duration.ofSeconds(2))
                .handler((args, call) -> new Found("x"));

        assertThat(tool.definition().cache())
                .isEqualTo(new CacheRule(TTL, false, "archive", Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(tool.cacheTags()).isNotNull();
    }

    @Test
    void leavesTheRestToTheServer() {
        var tool = finder().cacheForAll(TTL).handler((args, call) -> new Found("x"));

        assertThat(requireNonNull(tool.definition().cache())).isEqualTo(new CacheRule(TTL, true, "", null, null));
        assertThat(tool.cacheTags()).isNull();
        assertThat(tool.cacheInvalidation()).isNull();
    }

    @Test
    void refusesWordsAboutWhatIsNotKept() {
        assertThatThrownBy(() -> finder().staleIfError(TTL).handler((args, call) -> new Found("x")))
                .hasMessageContaining("find")
                .hasMessageContaining("cacheFor");
        assertThatThrownBy(() -> finder().cacheTags(args -> Set.of(args.id())).handler((args, call) -> new Found("x")))
                .hasMessageContaining("cacheFor");
    }

    private static Tool.Builder<Find, Found> finder() {
        return Tool.named("find")
                .description("Finds.")
                .input(Find.class)
                .output(Found.class)
                .readOnly();
    }
}
