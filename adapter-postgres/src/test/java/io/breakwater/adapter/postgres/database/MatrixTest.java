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
        var weaker = matrix.with("reading", Layer.ONE_STATEMENT, Verdict.IN_PART)
                .with("reading", Layer.READ_ONLY, Verdict.DOES_NOT)
                .with("reading", Layer.ROLLBACK_AND_RESET, Verdict.IN_PART)
                .with("functions", Layer.FUNCTION_POLICY, Verdict.IN_PART);

        assertThat(weaker.weaknesses(SORTS)).containsExactly("reading", "functions");
    }

    @Test
    void aCellThatIsNotWhatWasMeasuredIsNoticed() {
        var measured = matrix.with("errors", Layer.ROLE, Verdict.STOPS);

        assertThat(matrix.differences(matrix)).isEmpty();
        assertThat(matrix.differences(measured)).containsExactly("ROLE stops errors, where the matrix says: does not");
    }

    @Test
    void aPartOfAClassSaysLessThanTheWhole() {
        assertThat(Verdict.STOPS.agreesWith(Verdict.IN_PART, false)).isTrue();
        assertThat(Verdict.DOES_NOT.agreesWith(Verdict.IN_PART, false)).isTrue();
        assertThat(Verdict.STOPS.agreesWith(Verdict.IN_PART, true)).isFalse();
        assertThat(Verdict.IN_PART.agreesWith(Verdict.STOPS, false)).isFalse();
        assertThat(Verdict.DOES_NOT.agreesWith(Verdict.STOPS, false)).isFalse();
        assertThat(Verdict.STOPS.agreesWith(Verdict.DOES_NOT, false)).isFalse();
    }

    @Test
    void oneHitIsNotStopped() {
        assertThat(Verdict.of(0, 3)).isEqualTo(Verdict.STOPS);
        assertThat(Verdict.of(1, 3)).isEqualTo(Verdict.IN_PART);
        assertThat(Verdict.of(3, 3)).isEqualTo(Verdict.DOES_NOT);
    }
}
