package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.SqlName;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Length;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a table is made. */
record TableSchema(
        @Describe("Its name as SQL writes it, with its schema.")
        String table,

        @Describe("table, view, materialized view, foreign table or partitioned table.")
        String kind,

        @Describe("What its owner says about it.") @Nullable String comment,

        @Describe("How many rows the planner believes it has; absent when nobody has counted.")
        @Name("estimated_rows")
        @Nullable
        Long estimatedRows,

        @Describe("Its columns, in order.") List<Column> columns,

        @Describe("The columns of its primary key; empty when it has none.") @Name("primary_key")
        List<String> primaryKey,

        @Describe("Which of its columns refer to other tables.") @Name("foreign_keys")
        List<ForeignKey> foreignKeys,

        @Describe("Its indexes.") List<Index> indexes,

        @Describe("Its other constraints.") List<Constraint> constraints) {

    /** What {@code get_table_schema} is called with. */
    record Arguments(
            @Describe("The table's name as SQL writes it: orders, sales.orders, \"Order Items\". Without a schema it is"
                    + " looked for as the database would.")
            @Name("table_name")
            @Length(min = 1, max = 300)
            String tableName) {}

    /** A column. */
    record Column(
            String name,
            @Describe("As the database writes it.") String type,
            @Describe("Whether it may be null.") boolean nullable,

            @Describe("The expression of its default.") @Name("default") @Nullable
            String defaultValue,

            @Describe("always or by default for identity columns, stored or virtual for computed ones.") @Nullable
            String generated,

            @Describe("What its owner says about it.") @Nullable
            String comment) {

        static Column of(TableCatalog.Column column) {
            return new Column(
                    column.name(),
                    column.type(),
                    column.nullable(),
                    column.defaultValue(),
                    column.generated(),
                    column.comment());
        }
    }

    /** A foreign key. */
    record ForeignKey(
            String name,
            @Describe("The columns of this table.") List<String> columns,
            @Describe("The other table.") String references,

            @Describe("The columns of the other table, in the same order.") @Name("referenced_columns")
            List<String> referencedColumns) {

        static ForeignKey of(TableCatalog.ForeignKey key) {
            var other = SqlName.of(key.referencedSchema(), key.referencedTable());
            return new ForeignKey(key.name(), key.columns(), other, key.referenced());
        }
    }

    /** An index. */
    record Index(
            String name,
            boolean unique,
            @Describe("The statement that would make it.") String definition) {

        static Index of(TableCatalog.Index index) {
            return new Index(index.name(), index.unique(), index.definition());
        }
    }

    /** Another constraint. */
    record Constraint(
            String name,
            @Describe("check, unique or exclude.") String kind,
            @Describe("As the database writes it.") String definition) {

        static Constraint of(TableCatalog.Constraint constraint) {
            return new Constraint(constraint.name(), constraint.kind(), constraint.definition());
        }
    }

    static TableSchema of(Table table) {
        TableName name = table.name();
        return new TableSchema(
                SqlName.of(name),
                name.kind(),
                name.comment(),
                TableList.estimate(name),
                table.columns().stream().map(Column::of).toList(),
                table.primaryKey(),
                table.foreignKeys().stream().map(ForeignKey::of).toList(),
                table.indexes().stream().map(Index::of).toList(),
                table.constraints().stream().map(Constraint::of).toList());
    }
}
