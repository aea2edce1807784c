package io.breakwater.port.driven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.port.Json;
import io.breakwater.port.driven.NamedStatement.Effect;
import io.breakwater.port.driven.NamedStatement.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedStatementTest {
    private static final String SOURCE = "SELECT '𝔘', :long_name, :x + :long_name, y";

    private final NamedStatement named = NamedStatement.of(
            SOURCE, List.of(reference("long_name", 0), reference("x", 0), reference("long_name", 20)), Effect.READS);

    private static Reference reference(String name, int from) {
        return new Reference(name, SOURCE.indexOf(":" + name, from));
    }

    @Test
    void numbersEachNameOnce() {
        assertThat(named.sql()).isEqualTo("SELECT '𝔘', $1, $2 + $1, y");
        assertThat(named.names()).containsExactly("long_name", "x");
    }

    @Test
    void bindsValuesByName() {
        var statement = named.bind(Map.of("x", Json.of(1), "long_name", Json.Null.NULL, "other", Json.of(2)));

        assertThat(statement.sql()).isEqualTo(named.sql());
        assertThat(statement.parameters()).containsExactly(Json.Null.NULL, Json.of(1));
        assertThat(statement.origin()).isSameAs(named);
    }

    @Test
    void refusesAMissingValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named.bind(Map.of("long_name", Json.of(1))))
                .withMessage("The parameter :x has no value.");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1", "9, 9", // the character outside the basic plane is one
        "13, 13", // $1
        "14, 13", "15, 23", // the comma
        "17, 25", // $2
        "18, 25", "20, 28", // +
        "22, 30", // the second $1
        "24, 40", // the comma
        "26, 42", // y
        "27, 43", // the end
        "99, 43", "0, 1"
    })
    void mapsPositionsToTheSource(int position, int inSource) {
        assertThat(named.toSource(position)).isEqualTo(inSource);
    }

    @Test
    void numbersOfTwoDigitsAreLongerThanTheirNames() {
        var source = "SELECT :a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, z";
        var many = NamedStatement.of(
                source,
                "abcdefghijk"
                        .chars()
                        .mapToObj(c -> new Reference(Character.toString(c), source.indexOf(":" + (char) c)))
                        .toList(),
                Effect.READS);

        assertThat(many.sql()).endsWith("$9, $10, $11, z");
        assertThat(many.toSource(many.sql().length())).isEqualTo(source.length());
        assertThat(many.toSource(many.sql().indexOf("$10") + 3)).isEqualTo(source.indexOf(":j") + 1);
    }

    @Test
    void refusesAReferenceThatIsNotInTheText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedStatement.of("SELECT :a", List.of(new Reference("a", 8)), Effect.READS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedStatement.of(
                        "SELECT :a", List.of(new Reference("a", 7), new Reference("a", 7)), Effect.READS));
    }
}
