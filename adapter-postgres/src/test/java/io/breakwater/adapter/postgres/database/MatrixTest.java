package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The matrix holds what is asked of it, and would not if one of its cells were another. */
class MatrixTest {
    private static final List<AttackClass> SORTS =
            Attack.all().stream().map(Attack::sort).distinct().toList();

    private final Matrix matrix = Matrix.expected();

    @Test
    void everyClassHasARow() {
        assertThat(SORTS)
                .extracting(AttackClass::name)
                .hasSizeGreaterThan(8)
                .containsExactlyInAnyOrderElementsOf(matrix.rows().keySet());
    }

    @Test
    void whatWritesIsStoppedByTwoLayersAndSideEffectsByOne() {
        assertThat(SORTS).extracting(AttackClass::kind).contains(AttackClass.Kind.values());
        assertThat(matrix.weaknesses(SORTS)).isEmpty();
    }

    @Test
    void aLayerTooFewIsNoticed() {
        var weaker = matrix.with("reading", Layer.ONE_STATEMENT, LayerVerdict.IN_PART)
                .with("reading", Layer.READ_ONLY, LayerVerdict.DOES_NOT)
                .with("reading", Layer.ROLLBACK_AND_RESET, LayerVerdict.IN_PART)
                .with("functions", Layer.FUNCTION_POLICY, LayerVerdict.IN_PART);

        assertThat(weaker.weaknesses(SORTS)).containsExactly("reading", "functions");
    }

    @Test
    void aCellThatIsNotWhatWasMeasuredIsNoticed() {
        var measured = matrix.with("errors", Layer.ROLE, LayerVerdict.STOPS);

        assertThat(matrix.differences(matrix)).isEmpty();
        assertThat(matrix.differences(measured)).containsExactly("ROLE stops errors, where the matrix says: does not");
    }

    @Test
    void aPartOfAClassSaysLessThanTheWhole() {
        assertThat(LayerVerdict.STOPS.agreesWith(LayerVerdict.IN_PART, false)).isTrue();
        assertThat(LayerVerdict.DOES_NOT.agreesWith(LayerVerdict.IN_PART, false))
                .isTrue();
        assertThat(LayerVerdict.STOPS.agreesWith(LayerVerdict.IN_PART, true)).isFalse();
        assertThat(LayerVerdict.IN_PART.agreesWith(LayerVerdict.STOPS, false)).isFalse();
        assertThat(LayerVerdict.DOES_NOT.agreesWith(LayerVerdict.STOPS, false)).isFalse();
        assertThat(LayerVerdict.STOPS.agreesWith(LayerVerdict.DOES_NOT, false)).isFalse();
    }

    @Test
    void oneHitIsNotStopped() {
        assertThat(LayerVerdict.of(0, 3)).isEqualTo(LayerVerdict.STOPS);
        assertThat(LayerVerdict.of(1, 3)).isEqualTo(LayerVerdict.IN_PART);
        assertThat(LayerVerdict.of(3, 3)).isEqualTo(LayerVerdict.DOES_NOT);
    }
}
