package io.breakwater.core.business.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedDatabase;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDirectoryTest {
    private static final CallContext SCOPE = ManualCallContext.unhurried();

    private final ManualExecutors executors = new ManualExecutors();
    private final ScriptedDatabase scripted = new ScriptedDatabase(AccessMode.READ_ONLY)
            .has("public", "customers")
            .has("public", "orders")
            .has("public", "order_items")
            .has("sales", "customers_2025")
            .has("sales", "Order Lines");
    private final TableDirectory tables = new TableDirectory(scripted, executors::nanoTime);

    @Test
    void findsATable() {
        assertThat(tables.find("orders", SCOPE))
                .hasValueSatisfying(table -> assertThat(table.name().schema()).isEqualTo("public"));
        assertThat(tables.find("nothing", SCOPE)).isEmpty();
        assertThat(scripted.listings()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "custmers|public.customers",
                "public.custmers|public.customers",
                "shop.customers|public.customers, sales.customers_2025",
                "customer|public.customers, sales.customers_2025",
                "ORDERS|public.orders",
                "\"Order Line\"|sales.\"Order Lines\"",
            })
    void namesTablesNearAnUnknownOne(String written, String near) {
        assertThat(tables.unknown(written, any -> true, SCOPE))
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(PortException.RefusedException.Reason.NOT_FOUND))
                .hasMessage("There is no table " + written + " that may be read. Did you mean " + near + "?");
    }

    @Test
    void pointsToTheListWhenNothingIsNear() {
        assertThat(tables.unknown("invoices_of_the_year", any -> true, SCOPE))
                .hasMessageEndingWith("Call list_tables to see all tables.");
        assertThat(tables.unknown("x".repeat(300), any -> true, SCOPE))
                .hasMessage("There is no table " + "x".repeat(127)
                        + "... that may be read. Call list_tables to see all tables.");
    }

    private List<String> proposals(String typed) {
        return tables.proposals(typed, any -> true, SCOPE).stream()
                .map(SqlName::of)
                .toList();
    }

    @Test
    void proposesNamesThatGoOnFromWhatWasTyped() {
        assertThat(proposals("cust")).containsExactly("public.customers", "sales.customers_2025");
        assertThat(proposals("SALES.")).containsExactly("sales.customers_2025", "sales.\"Order Lines\"");
        assertThat(proposals("items")).containsExactly("public.order_items");
        assertThat(proposals("")).hasSize(5);
        assertThat(proposals("nothing")).isEmpty();
    }

    @Test
    void queriesOnceInAFewSecondsForManyCompletions() {
        for (var typed : new String[] {"", "o", "or", "ord"}) {
            proposals(typed);
        }
        assertThat(scripted.listings()).isOne();

        executors.pass(TableDirectory.CACHE_TTL.minus(Duration.ofNanos(1)));
        proposals("orde");
        assertThat(scripted.listings()).isOne();

        executors.pass(Duration.ofNanos(1));
        scripted.has("public", "orderings");
        assertThat(proposals("orderi")).containsExactly("public.orderings");
    }

    @Test
    void listsAsOfNow() {
        tables.list(SCOPE);
        scripted.has("public", "new");

        assertThat(tables.list(SCOPE)).hasSize(6);
    }
}
