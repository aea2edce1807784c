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

/** The result of {@code get_table_schema}: the definition of a table. */
record TableSchemaResult(
        @Description("The name of the table in SQL notation, with its schema.")
        String table,

        @Description("table, view, materialized view, foreign table or partitioned table.")
        String kind,

        @Description("The comment in the database.") @Nullable
        String comment,

        @Description("The planner's estimate of the number of rows; absent if there are no statistics.")
        @Name("estimated_rows")
        @Nullable
        Long estimatedRows,

        @Description("The columns, in order.") List<Column> columns,

        @Description("The number of columns.") @Name("column_count")
        int columnCount,

        @Description("The columns of the primary key; empty if there is none.") @Name("primary_key")
        List<String> primaryKey,

        @Description("The foreign keys of the table.") @Name("foreign_keys")
        List<ForeignKey> foreignKeys,

        @Description("The indexes.") List<Index> indexes,

        @Description("The other constraints.") List<Constraint> constraints) {

    static final String TABLE_NAME = "table_name";

    /** The arguments of {@code get_table_schema}. */
    record Arguments(
            @Description("The name of the table in SQL notation, for example orders, sales.orders or"
                    + " \"Order Items\". A name without a schema is resolved with the search path of"
                    + " the database.")
            @Name(TABLE_NAME)
            @Length(min = 1, max = 300)
            String tableName) {}

    /** A column. */
    record Column(
            String name,
            @Description("The type in SQL notation.") String type,
            @Description("True if the column may be null.") boolean nullable,

            @Description("The SQL expression of the default value.") @Name("default") @Nullable
            String defaultValue,

            @Description("always or by default for identity columns, stored or virtual for generated columns.")
            @Nullable
            String generated,

            @Description("The comment in the database.") @Nullable
            String comment) {

        static Column of(TableCatalog.TableColumn column) {
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
            return new ForeignKey(key.name(), key.columns(), other, key.referencedColumns());
        }
    }

    /** An index. */
    record Index(
            String name,
            boolean unique,

            @Description("The statement that creates the index.")
            String definition) {

        static Index of(TableCatalog.Index index) {
            return new Index(index.name(), index.unique(), index.definition());
        }
    }

    /** Another constraint. */
    record Constraint(
            String name,

            @Description("The kind of constraint: check, unique or exclude.")
            String kind,

            @Description("The definition in SQL.") String definition) {

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
                table.columns().size(),
                table.primaryKey(),
                table.foreignKeys().stream().map(ForeignKey::of).toList(),
                table.indexes().stream().map(Index::of).toList(),
                table.constraints().stream().map(Constraint::of).toList());
    }
}
