package io.breakwater.core.business.processing;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlatteningTest {

    @Test
    void namesEveryLeafByItsPath() {
        assertThat(flat("{'user':{'name':'Ada','tags':['a','b']},'age':36}"))
                .isEqualTo(json("{'user.name':'Ada','user.tags[0]':'a','user.tags[1]':'b','age':36}"));
    }

    @Test
    void keepsPlacesApartThatDottedNamesWouldMerge() {
        assertThat(flat("{'a.b':1,'a':{'b':2},'in':3,'unit price':4}"))
                .isEqualTo(json("{'`a.b`':1,'a.b':2,'`in`':3,'`unit price`':4}"));
        assertThat(((Json.Obj) flat("{'`':1}")).members()).containsKey("\"`\"");
    }

    @Test
    void keepsEmptyContainersAndSingleValues() {
        assertThat(flat("{'a':{},'b':[],'c':null}")).isEqualTo(json("{'a':{},'b':[],'c':null}"));
        assertThat(flat("5")).isEqualTo(json("{'$':5}"));
        assertThat(flat("[[1]]")).isEqualTo(json("{'$[0][0]':1}"));
    }

    @Test
    void refusesADocumentWhosePathsWouldFillTheMemory() {
        var deep = json("[".repeat(50) + "1,2,3" + "]".repeat(50));

        assertThatThrownBy(() -> Flattening.of(deep, 400))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too large");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNoLeafOfARandomDocument(long seed) {
        var document = Documents.random(new SplittableRandom(seed), 5);

        var flat = Flattening.of(document, Long.MAX_VALUE);

        assertThat(flat.members()).hasSize(leaves(document));
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(50).boxed().toList();
    }

    private static int leaves(Json value) {
        return switch (value) {
            case Json.Obj(var members)
            when !members.isEmpty() ->
                members.values().stream().mapToInt(FlatteningTest::leaves).sum();
            case Json.Arr(var items)
            when !items.isEmpty() ->
                items.stream().mapToInt(FlatteningTest::leaves).sum();
            default -> 1;
        };
    }

    private static Json flat(String document) {
        return Flattening.of(json(document), 10_000);
    }
}
