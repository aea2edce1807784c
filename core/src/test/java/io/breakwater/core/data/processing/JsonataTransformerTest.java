package io.breakwater.core.data.processing;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.processing.Documents;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.port.Json;
import io.breakwater.port.memory.ManualCallContext;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonataTransformerTest {
    private final JsonataTransformer transformer = new JsonataTransformer(TransformLimits.defaults(), System::nanoTime);

    @Test
    void reshapesAnOrderList() {
        var expression = """
                orders[paid].{
                  'order': id,
                  'to': customer.name & ', ' & customer.city,
                  'total': $round($sum(lines.(price * quantity)), 2),
                  'skus': [lines.sku]
                }""";

        assertThat(transform(expression, Documents.orders())).isEqualTo(json("""
                [{"order": "A-1001", "to": "Ada, Bremen", "total": 89.98, "skus": ["rope", "hook"]},
                 {"order": "A-1003", "to": "Zoë, Bremen", "skus": []}]"""));
    }

    @Test
    void groupsSortsAndUpdates() {
        assertThat(transform("orders{customer.city: $count($)}", Documents.orders()))
                .isEqualTo(json("{'Bremen':2,'Kiel':1}"));
        assertThat(transform("orders^(>customer.name).customer.name", Documents.orders()))
                .isEqualTo(json("['Zoë','Grace','Ada']"));
        assertThat(transform("$ ~> |orders|{'seen': true}, ['lines','customer','note']|", Documents.orders()))
                .isEqualTo(json("""
                        {"shop": "Harbour", "orders": [
                          {"id": "A-1001", "paid": true, "seen": true},
                          {"id": "A-1002", "paid": false, "seen": true},
                          {"id": "A-1003", "paid": true, "seen": true}]}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 + 2                                              | 3",
                "nothing                                            | null",
                "null                                               | null",
                "[1..5][$ > 3]                                      | [4,5]",
                "$substring('hello', 1, 3)                          | 'ell'",
                "$substring('😀é', 1)                               | 'é'",
                "$substring('hello', -3)                            | 'llo'",
                "$substring('😀😀', 0, 3)                           | '😀😀'",
                "($first2 := $substring(?, 0, 2); $first2('hello')) | 'he'",
                "['ab','cd'].$uppercase()                           | ['AB','CD']",
                "$pad('x', -3, '01')                                | '01x'",
                "$pad('x', 4)                                       | 'x   '",
                "$join(['a','b'], '-')                              | 'a-b'",
                "$split('a,b,c', ',', 2)                            | ['a','b']",
                "$split('abc', '')                                  | ['a','b','c']",
                "$split('a1b22c', /[0-9]+/)                         | ['a','b','c']",
                "$contains('hello', /L+/i)                          | true",
                "$contains('hello', /^L/)                           | false",
                "$contains('a.b', '.')                              | true",
                "$match('ab12cd3', /([a-z])[0-9]/).groups           | ['b','d']",
                "$match('a1b2', /[0-9]/, 1).match                   | '1'",
                "$replace('Ada Lovelace', /(\\w+) (\\w+)/, '$2, $1')| 'Lovelace, Ada'",
                "$replace('a.b.c', '.', '-', 1)                     | 'a-b.c'",
                "$replace('abc', /b/, function($m){$m.match & '!'}) | 'ab!c'",
                "$replace('price 5', /\\d/, '$$$0')                 | 'price $5'",
                "/b+/('abbc').match                                 | 'bb'",
                "'abbc' ~> /b+/ ~> $lookup('end')                   | 3",
                "(/b/('abcb').next()).start                         | 3",
                "$sort([3, 1.5, 2])                                 | [1.5,2,3]",
                "$sort(['b','a'])                                   | ['a','b']",
                "$sort([3,1,2], function($a,$b){$a < $b})           | [3,2,1]",
                "$round(2.345, 2)                                   | 2.34",
                "$round(125, -1)                                    | 120",
                "$formatNumber(1234.5, '#,##0.00')                  | '1,234.50'",
                "$formatInteger(1999, 'I')                          | 'MCMXCIX'",
                "$parseInteger('twelve', 'w')                       | 12",
                "$toMillis('2020-01-01T00:00:00')                   | 1577836800000",
                "$toMillis('2020-01-01T01:00:00+0100')              | 1577836800000",
                "$toMillis('2020-01-01')                            | 1577836800000",
                "$toMillis('2020')                                  | 1577836800000",
                "$toMillis('01/02/2020','[D01]/[M01]/[Y0001]')      | 1580515200000",
                "$fromMillis(0)                                     | '1970-01-01T00:00:00.000Z'",
                "$fromMillis(0, '[D1] [MNn] [Y]')                   | '1 January 1970'",
                "$string({'a':[1,null]})                            | '{\\\"a\\\":[1,null]}'",
                "$number('0x1f')                                    | 31",
                "$map([1,2], function($v,$i){$v*$i})                | [0,2]",
                "$reduce([1,2,3], function($a,$b){$a+$b})           | 6",
                "$sift({'a':1,'b':2}, function($v){$v>1})           | {'b':2}",
                "$merge([{'a':1},{'b':2}])                          | {'a':1,'b':2}",
                "$distinct([1,1.0,'1'])                             | [1,'1']",
                "(missing ?: 'x') & (null ?? 'y')                   | 'xnull'",
                "6 / 3 /* not a /regex/ */ / 2                      | 1",
                "{'f': function($x){$x}, 'a': 1}                    | {'a':1}",
                "($f := function($n){$n < 2 ? 1 : $n * $f($n-1)}; $f(20)) | 2432902008176640000",
                "($f := function($n,$s){$n = 0 ? $s : $f($n-1,$s+$n)}; $f(2000,0)) | 2001000",
            })
    void speaksTheLanguage(String expression, String result) {
        assertThat(transform(expression, Json.Obj.EMPTY)).isEqualTo(json(result.replace("\\\"", "\\\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "2147483648",
                "9007199254740993",
                "123456789012345678901234567890",
                "0.1",
                "12345678901234567890.12345678901234567890",
                "1e400",
                "-1e-400",
                "1e999999999",
                "3.14159",
            })
    void movesNumbersAboutWithoutLosingADigit(String number) {
        var moved = transform("{'b': a, 'c': [a, a]}", json("{'a':" + number + "}"));

        assertThat(moved).isEqualTo(json("{'b':%s,'c':[%s,%s]}".formatted(number, number, number)));
    }

    @Test
    void calculatesInDoubles() {
        assertThat(transform("0.1 + 0.2", Json.Null.NULL)).isEqualTo(json("0.30000000000000004"));
        assertThat(transform("a + 1", json("{'a':9007199254740993}"))).isEqualTo(json("9007199254740992"));
        assertThat(transform("1e20 * 10", Json.Null.NULL)).isEqualTo(json("1E+21"));
        assertThatThrownBy(() -> transform("a + 1", json("{'a':1e400}")))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("out of range");
        assertThatThrownBy(() -> transform("$floor(a)", json("{'a':1e999999999}")))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too large to calculate with");
    }

    @Test
    void keepsNullsApartFromWhatIsMissing() {
        assertThat(transform("{'a': a, 'b': b, 'list': list, 'all': $count(list)}", json("{'a':null,'list':[1,null]}")))
                .isEqualTo(json("{'a':null,'list':[1,null],'all':2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a[               | Expected",
                "$uppercas('a')   | uses $uppercas, which is neither a function nor assigned (did you mean 'uppercase'?)",
                "($total := 1; $totl) | did you mean 'total'",
                "sum(a)           | 'sum' is followed by a parenthesis but is not a function; names of functions begin with $ (did you mean 'sum'?)",
                "'a'(1)           | is not a function",
                "$formatNumber(1, '#,,#') | must not contain two adjacent",
                "'a' + 1          | left side of the \"+\" operator must evaluate to a number",
                "$now()           | a result must depend on the data alone",
                "$random()        | a result must depend on the data alone",
                "$millis()        | a result must depend on the data alone",
                "$shuffle([1,2])  | a result must depend on the data alone",
                "$map([1], $random) | a result must depend on the data alone",
                "$eval('1')       | write the expression directly",
                "$error('no stock')| no stock",
                "$sort([1,'a'])   | give it a function",
                "$sort([{},{}])   | give it a function",
                "$pad('a','b')    | does not match",
                "$merge([1])      | The expression fails",
                "$toMillis('soon')| ISO 8601",
                "$toMillis('12:00','[H]:[m]') | needs the year",
                "$contains('a', 5) | does not match",
                "$replace('a', '', 'b') | must not be empty",
                "$split('a', 'a', -1) | must not be negative",
                "1 / 0            | out of range",
                "function($x)<n:n>{$x}(1) | Function signatures are not supported",
                "/a{2,1}/         | is invalid",
            })
    void tellsWhatIsWrong(String expression, String reason) {
        assertThatThrownBy(() -> transform(expression, Json.Obj.EMPTY))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void worksOnAfterAFailureOnTheSameThread() {
        assertThatThrownBy(() -> transform("(".repeat(60) + "-".repeat(3000), Json.Null.NULL))
                .isInstanceOf(ProcessingException.class);

        assertThat(transform("1 + 1", Json.Null.NULL)).isEqualTo(Json.of(2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesAnyDocumentBackUnchanged(long seed) {
        var document = Json.object()
                .put("data", Documents.random(new SplittableRandom(seed), 5))
                .build();

        assertThat(canonical(transform("$", document))).isEqualTo(canonical(document));
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(60).boxed().toList();
    }

    /** Numbers by value, because trailing zeros are not kept. */
    private static Json canonical(Json value) {
        return switch (value) {
            case Json.Obj(var members) -> {
                var copy = Json.object();
                members.forEach((name, member) -> copy.put(name, canonical(member)));
                yield copy.build();
            }
            case Json.Arr(var items) ->
                new Json.Arr(
                        items.stream().map(JsonataTransformerTest::canonical).toList());
            case Json.Decimal(var number) -> Json.of(number.stripTrailingZeros());
            default -> value;
        };
    }

    private Json transform(String expression, Json document) {
        return transformer.transform(expression, document, ManualCallContext.unhurried());
    }
}
