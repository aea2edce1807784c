package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.SqlName;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a table is made. */
record TableSchemaResult(
        @Description("Its name as SQL writes it, with its schema.")
        String table,

        @Description("table, view, materialized view, foreign table or partitioned table.")
        String kind,

        @Description("What its owner says about it.") @Nullable
        String comment,

        @Description("How many rows the planner believes it has; absent when nobody has counted.")
        @Name("estimated_rows")
        @Nullable
        Long estimatedRows,

        @Description("Its columns, in order.") List<Column> columns,

        @Description("The columns of its primary key; empty when it has none.") @Name("primary_key")
        List<String> primaryKey,

        @Description("Which of its columns refer to other tables.") @Name("foreign_keys")
        List<ForeignKey> foreignKeys,

        @Description("Its indexes.") List<Index> indexes,

        @Description("Its other constraints.") List<Constraint> constraints) {

    /** What {@code get_table_schema} is called with. */
    record Arguments(
            @Description(
                    "The table's name as SQL writes it: orders, sales.orders, \"Order Items\". Without a schema it is"
                            + " looked for as the database would.")
            @Name("table_name")
            @Length(min = 1, max = 300)
            String tableName) {}

    /** A column. */
    record Column(
            String name,
            @Description("As the database writes it.") String type,
            @Description("Whether it may be null.") boolean nullable,

            @Description("The expression of its default.") @Name("default") @Nullable
            String defaultValue,

            @Description("always or by default for identity columns, stored or virtual for computed ones.") @Nullable
            String generated,

            @Description("What its owner says about it.") @Nullable
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
            @Description("The columns of this table.") List<String> columns,
            @Description("The other table.") String references,

            @Description("The columns of the other table, in the same order.") @Name("referenced_columns")
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

            @Description("The statement that would make it.")
            String definition) {

        static Index of(TableCatalog.Index index) {
            return new Index(index.name(), index.unique(), index.definition());
        }
    }

    /** Another constraint. */
    record Constraint(
            String name,
            @Description("check, unique or exclude.") String kind,
            @Description("As the database writes it.") String definition) {

        static Constraint of(TableCatalog.Constraint constraint) {
            return new Constraint(constraint.name(), constraint.kind(), constraint.definition());
        }
    }

    static TableSchemaResult of(Table table) {
        TableName name = table.name();
        return new TableSchemaResult(
                SqlName.of(name),
                name.kind(),
                name.comment(),
                ListTablesResult.estimate(name),
                table.columns().stream().map(Column::of).toList(),
                table.primaryKey(),
                table.foreignKeys().stream().map(ForeignKey::of).toList(),
                table.indexes().stream().map(Index::of).toList(),
                table.constraints().stream().map(Constraint::of).toList());
    }
}
