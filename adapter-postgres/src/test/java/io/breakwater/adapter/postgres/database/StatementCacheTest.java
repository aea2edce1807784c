package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import org.junit.jupiter.api.Test;

/** Which statements are read once. */
class StatementCacheTest {
    private final StatementCache known = new StatementCache();

    @Test
    void aTextIsReadOnce() {
        var first = known.get("SELECT 1");

        assertThat(known.get(new String("SELECT 1".toCharArray()))).isSameAs(first);
        assertThat(known.get("SELECT 2").sql()).isEqualTo("SELECT 2");
    }

    @Test
    void aLongTextIsReadEachTime() {
        var text = "SELECT '" + "x".repeat(4_000) + "'";

        assertThat(known.get(text)).isNotSameAs(known.get(text)).isEqualTo(known.get(text));
    }

    @Test
    void whatIsRefusedIsRefusedAgain() {
        assertThatThrownBy(() -> known.get("SELECT 1; SELECT 2")).isInstanceOf(PortException.RefusedException.class);
        assertThatThrownBy(() -> known.get("SELECT 1; SELECT 2")).isInstanceOf(PortException.RefusedException.class);
    }
}
