package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database that the role of the server may read; views, materialised views, foreign and partitioned
 * tables count as tables. The methods block and raise {@link io.breakwater.port.PortException}. Contract:
 * {@code TableCatalogContract}.
 */
public interface TableCatalog {

    /** Lists all tables, sorted by schema and name. */
    List<TableName> tables(CallContext context);

    /**
     * One table.
     *
     * @param name the name in SQL syntax, quoted or not, with or without a schema; unquoted parts are folded to lower
     *     case, and a name without a schema is resolved in the search path of the role
     * @return empty when the table does not exist, or the role may not read it
     */
    Optional<Table> table(String name, CallContext context);

    /**
     * A table's name.
     *
     * @param schema the schema, such as {@code public}
     * @param name the name without quotes, as in the catalog
     * @param kind {@code table}, {@code view}, {@code materialized view}, {@code foreign table},
     *     {@code partitioned table}
     * @param comment the comment on the table, or null
     * @param rows the number of rows by the estimate of the planner; negative before the first analysis
     */
    record TableName(
            String schema,
            String name,
            String kind,
            @Nullable String comment,
            long rows) {}

    /**
     * One table.
     *
     * @param columns in order
     * @param primaryKey the columns of the primary key; empty when there is none
     */
    record Table(
            TableName name,
            List<TableColumn> columns,
            List<String> primaryKey,
            List<ForeignKey> foreignKeys,
            List<Index> indexes,
            List<Constraint> constraints) {}

    /**
     * A column.
     *
     * @param type the type in the notation of the database: {@code numeric(10,2)}
     * @param defaultValue the default expression, or null
     * @param generated {@code always} or {@code by default} for identity columns, {@code stored} or {@code virtual} for
     *     generated ones, else null
     */
    record TableColumn(
            String name,
            String type,
            boolean nullable,
            @Nullable String defaultValue,
            @Nullable String generated,
            @Nullable String comment) {}

    /** A foreign key: the columns of this table, and the referenced columns in the same order. */
    record ForeignKey(
            String name,
            List<String> columns,
            String referencedSchema,
            String referencedTable,
            List<String> referencedColumns) {}

    /**
     * An index.
     *
     * @param definition the statement that creates it
     */
    record Index(String name, boolean unique, String definition) {}

    /**
     * A constraint other than a key.
     *
     * @param kind {@code check}, {@code unique}, {@code exclude}
     * @param definition the definition in the notation of the database
     */
    record Constraint(String name, String kind, String definition) {}
}
