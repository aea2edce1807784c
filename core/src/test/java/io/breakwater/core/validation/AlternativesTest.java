package io.breakwater.core.validation;

import static io.breakwater.core.validation.ValueSchemaTest.check;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlternativesTest {
    private static final String SHAPE = """
            {'properties':{'shape':{'oneOf':[
              {'type':'object','properties':{'type':{'const':'circle'},'r':{'type':'integer'}},
               'required':['type','r'],'additionalProperties':false},
              {'type':'object','properties':{'type':{'const':'square'},'side':{'type':'integer'}},
               'required':['type','side'],'additionalProperties':false}]}}}""";

    @Test
    void tellOnlyOfTheOneThatWasMeant() {
        assertThat(check(SHAPE, "{'shape':{'type':'square','r':1}}"))
                .containsExactly("/shape/side: is required", "/shape/r: is not known; the known names are type, side");
    }

    @Test
    void listTheKindsWhenNoneWasMeant() {
        assertThat(check(SHAPE, "{'shape':{'type':'cube','r':1}}"))
                .containsExactly("/shape/type: must be one of \"circle\", \"square\"");
    }

    @Test
    void tellWhatIsWrongUnderAllOfThem() {
        assertThat(check(SHAPE, "{'shape':{'x':1}}")).contains("/shape/type: is required");
        assertThat(check(SHAPE, "{'shape':5}")).containsExactly("/shape: must be an object, was 5");
    }

    @Test
    void mergeTheirTypes() {
        assertThat(check("{'anyOf':[{'type':'integer'},{'type':'array'},{'type':'null'}]}", "'x'"))
                .containsExactly("must be an integer or an array or null, was a string");
    }

    @Test
    void tellOfTheOnlyOneOfTheRightType() {
        assertThat(check("{'anyOf':[{'type':'object','required':['a']},{'type':'null'}]}", "{}"))
                .containsExactly("/a: is required");
    }

    @Test
    void areAllToldWhenNothingSetsThemApart() {
        assertThat(check("{'anyOf':[{'required':['a']},{'required':['b']}]}", "{}"))
                .containsExactly("matches none of the alternatives", "/a: is required", "/b: is required");
    }

    @Test
    void nest() {
        assertThat(check(
                        "{'anyOf':[{'type':'null'},{'type':'array','items':{'anyOf':[{'type':'string'},{'type':'null'}]}}]}",
                        "[1]"))
                .containsExactly("/0: must be a string or null, was 1");
    }
}
