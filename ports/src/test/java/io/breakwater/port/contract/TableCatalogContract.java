package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TableCatalog.Constraint;
import io.breakwater.port.driven.TableCatalog.ForeignKey;
import io.breakwater.port.driven.TableCatalog.Index;
import io.breakwater.port.driven.TableCatalog.TableColumn;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.port.memory.ManualCallContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TableCatalog} must do: list the readable tables and no others. */
public abstract class TableCatalogContract {

    /** The tables of the database; the role may read all of them except {@code secret} and {@code hidden.card}. */
    protected static final String[] TABLES = {
        "CREATE TABLE customer (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, email varchar(80) NOT NULL UNIQUE,"
                + " age integer DEFAULT 18 CHECK (age > 0), initial text GENERATED ALWAYS AS (lower(email)) STORED)",
        "COMMENT ON TABLE customer IS 'Who buys.'",
        "COMMENT ON COLUMN customer.age IS 'In years.'",
        "CREATE SCHEMA sales",
        "CREATE TABLE sales.\"Order Lines\" (order_id integer, line integer, customer integer REFERENCES customer,"
                + " price numeric(10,2) NOT NULL, PRIMARY KEY (order_id, line))",
        "CREATE VIEW adult AS SELECT * FROM customer WHERE age > 17",
        "CREATE MATERIALIZED VIEW mailing AS SELECT email FROM customer",
        "CREATE TABLE visit (day date) PARTITION BY RANGE (day)",
        "CREATE TABLE secret (id integer)",
        "CREATE SCHEMA hidden",
        "CREATE TABLE hidden.card (number text)"
    };

    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates a catalog of a database with {@link #TABLES}. */
    protected abstract TableCatalog make();

    @Test
    void listsReadableTables() {
        assertThat(make().tables(scope))
                .extracting(TableName::schema, TableName::name, TableName::kind)
                .containsExactly(
                        tuple("public", "adult", "view"),
                        tuple("public", "customer", "table"),
                        tuple("public", "mailing", "materialized view"),
                        tuple("public", "visit", "partitioned table"),
                        tuple("sales", "Order Lines", "table"));
    }

    @Test
    void describesTheColumnsOfATable() {
        var customer = make().table("customer", scope).orElseThrow();

        assertThat(customer.name().comment()).isEqualTo("Who buys.");
        assertThat(customer.columns())
                .containsExactly(
                        new TableColumn("id", "integer", false, null, "always", null),
                        new TableColumn("email", "character varying(80)", false, null, null, null),
                        new TableColumn("age", "integer", true, "18", null, "In years."),
                        new TableColumn("initial", "text", true, "lower((email)::text)", "stored", null));
        assertThat(customer.primaryKey()).containsExactly("id");
        assertThat(customer.indexes()).extracting(Index::name).contains("customer_pkey", "customer_email_key");
        assertThat(customer.indexes()).allMatch(Index::unique);
        assertThat(customer.constraints()).extracting(Constraint::kind).containsExactlyInAnyOrder("check", "unique");
        assertThat(customer.foreignKeys()).isEmpty();
    }

    @Test
    void describesKeysOfSeveralColumnsAndOfOtherSchemas() {
        var lines = make().table("sales.\"Order Lines\"", scope).orElseThrow();

        assertThat(lines.primaryKey()).containsExactly("order_id", "line");
        assertThat(lines.foreignKeys())
                .singleElement()
                .extracting(
                        ForeignKey::columns,
                        ForeignKey::referencedSchema,
                        ForeignKey::referencedTable,
                        ForeignKey::referencedColumns)
                .containsExactly(List.of("customer"), "public", "customer", List.of("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "CUSTOMER", "\"customer\"", " public . Customer ", "public.\"customer\""})
    void readsNamesAsSqlDoes(String name) {
        assertThat(make().table(name, scope))
                .hasValueSatisfying(table -> assertThat(table.name().name()).isEqualTo("customer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"Customer\"",
                "customer\0",
                "\"\0\"",
                "a.b.c.d",
                "sales.customer",
                "order lines",
                "secret",
                "hidden.card",
                "customer; DROP TABLE customer",
                "nothing'--",
                "16384",
                "."
            })
    void findsNothingElse(String name) {
        assertThat(make().table(name, scope)).isEmpty();
    }

    @Test
    void findsNoTableWithAVeryLongName() {
        assertThat(make().table("x".repeat(10_000), scope)).isEmpty();
        assertThat(make().table("\"\"".repeat(10_000), scope)).isEmpty();
    }
}
