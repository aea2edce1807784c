package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds, as far as our role may read it; views, materialised views, foreign and partitioned tables
 * count as tables. The methods block and raise {@link io.breakwater.port.PortException}. Contract: {@code
 * TableCatalogContract}.
 */
public interface TableCatalog {

    /** All tables, by schema and name. */
    List<TableName> tables(CallContext scope);

    /**
     * One table.
     *
     * @param name as SQL would write it, quoted or not, with its schema or without; folded to lower case where it is
     *     not quoted, and looked for in the role's search path where it names no schema
     * @return empty when there is none, or our role may not read it
     */
    Optional<Table> table(String name, CallContext scope);

    /**
     * A table's name.
     *
     * @param schema such as {@code public}
     * @param name without quotes, as the catalogue holds it
     * @param kind {@code table}, {@code view}, {@code materialized view}, {@code foreign table}, {@code partitioned
     *     table}
     * @param comment what its owner says about it, or null
     * @param rows how many rows the planner believes it has; negative when nobody counted yet
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
     * @param primaryKey the columns of its primary key; empty when it has none
     */
    record Table(
            TableName name,
            List<Column> columns,
            List<String> primaryKey,
            List<ForeignKey> foreignKeys,
            List<Index> indexes,
            List<Constraint> constraints) {}

    /**
     * A column.
     *
     * @param type as the database writes it: {@code numeric(10,2)}
     * @param defaultValue the expression of its default, or null
     * @param generated {@code always} or {@code by default} for identity columns, {@code stored} or {@code virtual} for
     *     generated ones, else null
     */
    record Column(
            String name,
            String type,
            boolean nullable,
            @Nullable String defaultValue,
            @Nullable String generated,
            @Nullable String comment) {}

    /** A foreign key: our columns, and theirs in the same order. */
    record ForeignKey(
            String name,
            List<String> columns,
            String referencedSchema,
            String referencedTable,
            List<String> referenced) {}

    /**
     * An index.
     *
     * @param definition the statement that would make it
     */
    record Index(String name, boolean unique, String definition) {}

    /**
     * A constraint that is no key.
     *
     * @param kind {@code check}, {@code unique}, {@code exclude}
     * @param definition as the database writes it
     */
    record Constraint(String name, String kind, String definition) {}
}
