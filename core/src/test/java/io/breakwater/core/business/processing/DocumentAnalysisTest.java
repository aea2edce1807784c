package io.breakwater.core.business.processing;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.server.settings.ProcessingLimits;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentAnalysisTest {
    private static final Operation.Analyze USUAL = (Operation.Analyze) Operation.read("analyze", Json.Obj.EMPTY);

    @Test
    void describesEachPathOfAnOrderList() {
        var orders = paths(Documents.orders());

        assertThat(orders.members().keySet())
                .containsExactly(
                        "$",
                        "shop",
                        "orders",
                        "orders[]",
                        "orders[].id",
                        "orders[].customer",
                        "orders[].customer.name",
                        "orders[].customer.city",
                        "orders[].paid",
                        "orders[].note",
                        "orders[].lines",
                        "orders[].lines[]",
                        "orders[].lines[].sku",
                        "orders[].lines[].price",
                        "orders[].lines[].quantity");
        assertThat(orders.get("orders[].customer.city")).isEqualTo(json("""
                {"count":3,"types":{"string":3},"nulls":0,"distinct":2,"text_lengths":{"min":4,"max":6,"mean":5.333333333333333}}
                """));
        assertThat(orders.get("orders[].paid")).isEqualTo(json("""
                {"count":3,"types":{"boolean":3},"nulls":0,"distinct":2}"""));
        assertThat(orders.get("orders[].note")).isEqualTo(json("""
                {"count":1,"types":{"null":1},"nulls":1}"""));
        assertThat(orders.get("orders[].lines")).isEqualTo(json("""
                {"count":3,"types":{"array":3},"nulls":0,"array_lengths":{"min":0,"max":2,"mean":1}}"""));
    }

    /** Reference values from Python: decimal sums, statistics.stdev, linear interpolation between ranks. */
    @Test
    void agreesWithIndependentStatistics() {
        var options = (Operation.Analyze)
                Operation.read("analyze", (Json.Obj) json("{'percentiles':[0,25,50,95,99,99.9,100]}"));

        var numbers = numbers("[19.99,5.00,0.10,0.20,249.5,19.99,1000,-3.75]", options);

        assertThat(numbers).isEqualTo(json("""
                {"min":-3.75,"max":1000,"sum":1291.03,"mean":161.37875,"stddev":%s,
                 "p0":-3.75,"p25":0.175,"p50":12.495,"p95":737.325,"p99":947.465,"p99.9":994.7465,"p100":1000}
                """.formatted(figure(numbers, "stddev"))));
        assertThat(figure(numbers, "stddev")).isCloseTo(349.43704830310384, within(1e-10));
    }

    @Test
    void addsDecimalsExactly() {
        assertThat(numbers("[0.1,0.2]", USUAL).get("sum")).isEqualTo(json("0.3"));
        assertThat(numbers("[0.1,0.2]", USUAL).get("mean")).isEqualTo(json("0.15"));
        assertThat(numbers("[90071992547409931234567890.25,0.5]", USUAL).get("max"))
                .isEqualTo(json("90071992547409931234567890.25"));
    }

    @Test
    void givesNoDeviationForASingleNumber() {
        assertThat(numbers("[7]", USUAL)).isEqualTo(json("""
                {"min":7,"max":7,"sum":7,"mean":7,"p50":7,"p95":7,"p99":7}"""));
    }

    @Test
    void leavesAstronomicNumbersOutOfSums() {
        assertThat(numbers("[1,3,1e999999999,1e-999999999]", USUAL)).isEqualTo(json("""
                {"min":1e-999999999,"max":1e999999999,"sum":4,"mean":2,"stddev":1.4142135623731,
                 "p50":2,"p95":2.9,"p99":2.98,"out_of_range":2}"""));
    }

    @Test
    void countsEqualNumbersOnceHoweverTheyAreWritten() {
        var path = paths(json("[1,1.0,1e0,10e-1,2,'1']")).object("$[]");

        assertThat(path.get("distinct")).isEqualTo(Json.of(3));
        assertThat(path.get("types")).isEqualTo(json("{'number':5,'string':1}"));
    }

    @Test
    void stopsTellingValuesApartAtTheLimit() {
        var items = IntStream.range(0, 12).mapToObj(Json::of).toArray(Json[]::new);
        var limits = new ProcessingLimits(10_000, 64, 10_000, 10, 10);

        var path = DocumentAnalysis.of(Json.array(items), USUAL, limits)
                .object("paths")
                .object("$[]");

        assertThat(path.get("distinct")).isEqualTo(Json.of(10));
        assertThat(path.get("distinct_capped")).isEqualTo(Json.of(true));
    }

    @Test
    void saysHowManyPathsItLeftOut() {
        var options = (Operation.Analyze) Operation.read("analyze", (Json.Obj) json("{'max_paths':2}"));

        var result = DocumentAnalysis.of(json("{'a':1,'b':2,'c':{'d':3}}"), options, ProcessingLimits.defaults());

        assertThat(result.object("paths").members().keySet()).containsExactly("$", "a");
        assertThat(result.get("paths_omitted")).isEqualTo(Json.of(3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTwoPassStatisticsOnRandomColumns(long seed) {
        var random = new SplittableRandom(seed);
        var values = random.doubles(random.nextInt(2, 200), -1e6, 1e6).boxed().toList();
        double mean = values.stream().mapToDouble(d -> d).average().orElseThrow();
        double squares =
                values.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
        var items = values.stream().map(Json::of).toArray(Json[]::new);

        var numbers = paths(Json.array(items)).object("$[]").object("numbers");

        assertThat(figure(numbers, "mean")).isCloseTo(mean, within(1e-6));
        assertThat(figure(numbers, "stddev")).isCloseTo(Math.sqrt(squares / (values.size() - 1)), within(1e-6));
        var sorted = values.stream().sorted().toList();
        assertThat(figure(numbers, "min")).isEqualTo(sorted.getFirst());
        assertThat(figure(numbers, "max")).isEqualTo(sorted.getLast());
        assertThat(sorted.stream().filter(v -> v <= figure(numbers, "p95")).count())
                .isBetween((long) (0.95 * (sorted.size() - 1)), (long) (0.95 * (sorted.size() - 1)) + 1);
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(20).boxed().toList();
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    private static double figure(Json.Obj numbers, String name) {
        return numbers.get(name) instanceof Json.Decimal(var value) ? value.doubleValue() : Double.NaN;
    }

    private static Json.Obj numbers(String array, Operation.Analyze options) {
        var result = DocumentAnalysis.of(json(array), options, ProcessingLimits.defaults());
        return result.object("paths").object("$[]").object("numbers");
    }

    private static Json.Obj paths(Json data) {
        return DocumentAnalysis.of(data, USUAL, ProcessingLimits.defaults()).object("paths");
    }
}
