package io.breakwater.core.business.processing;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {

    @Test
    void readsEachOperation() {
        assertThat(read("transform", "{}")).isEqualTo(new Operation.Flatten());
        assertThat(read("transform", "{'expression':null}")).isEqualTo(new Operation.Flatten());
        assertThat(read("transform", "{'expression':'a.b'}")).isEqualTo(new Operation.Transform("a.b"));
        assertThat(read("validate", "{'schema':{'type':'object'}}"))
                .isEqualTo(new Operation.Validate(json("{'type':'object'}")));
        assertThat(read("analyze", "{}")).isEqualTo(new Operation.Analyze(Operation.Analyze.USUAL_PERCENTILES, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "validat   | {}                        | There is no operation 'validat' (did you mean 'validate'?).",
                "transform | {'expresion':'a'}         | transform has no option 'expresion' (did you mean 'expression'?); it takes expression.",
                "analyze   | {'zebra':1}               | analyze has no option 'zebra'; it takes percentiles and max_paths.",
                "validate  | {}                        | validate needs options.schema, a JSON Schema as an object.",
                "validate  | {'schema':[]}             | validate needs options.schema, a JSON Schema as an object.",
                "transform | {'expression':5}          | options.expression must be a string with a JSONata expression; omit it to flatten the data.",
                "transform | {'expression':' '}        | options.expression must be a string with a JSONata expression; omit it to flatten the data.",
                "analyze   | {'percentiles':[101]}     | options.percentiles must hold numbers from 0 to 100 with at most 6 decimals.",
                "analyze   | {'percentiles':50}        | options.percentiles must be an array of at most 20 numbers.",
                "analyze   | {'max_paths':0.5}         | options.max_paths must be a whole number from 1 to 10000.",
                "analyze   | {'max_paths':1e999999999} | options.max_paths must be a whole number from 1 to 10000.",
            })
    void tellsHowToPutAWrongOptionRight(String name, String options, String sentence) {
        assertThatThrownBy(() -> read(name, options))
                .isInstanceOf(ProcessingException.class)
                .hasMessage(sentence);
    }

    private static Operation read(String name, String options) {
        return Operation.read(name, (Json.Obj) json(options));
    }
}
