package io.breakwater.core.business.database;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class QueryPlanTest {

    @Test
    void findsTheStepThatCostsMostByItself() {
        var explained = json("""
                [{'Plan':{'Node Type':'Sort','Total Cost':130.5,'Plan Rows':7,'Plans':[
                  {'Node Type':'Hash Join','Total Cost':120.25,'Plans':[
                    {'Node Type':'Seq Scan','Relation Name':'orders','Schema':'public','Total Cost':90.0},
                    {'Node Type':'Index Scan','Relation Name':'customers','Total Cost':20}]}]}}]""");

        assertThat(QueryPlan.of(explained))
                .isEqualTo(new QueryPlan(
                        new BigDecimal("130.5"), new BigDecimal("7"), "Seq Scan on public.orders (cost 90.0)"));
    }

    @Test
    void countsWhatIsMissingAsNothing() {
        assertThat(QueryPlan.of(json("[]")))
                .isEqualTo(new QueryPlan(BigDecimal.ZERO, BigDecimal.ZERO, "unknown (cost 0)"));
    }
}
