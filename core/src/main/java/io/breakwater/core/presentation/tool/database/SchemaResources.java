package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The tables as resources, in the same JSON as the results of the tools. */
final class SchemaResources {
    private static final String ALL = "schema://tables";
    private static final String VARIABLE = "table";
    private static final String JSON = "application/json";

    private final TableDirectory tables;
    private final TableAccess access;
    private final RecordCodec<ListTablesResult> list = RecordCodec.ofResult(ListTablesResult.class);
    private final RecordCodec<TableSchemaResult> schema = RecordCodec.ofResult(TableSchemaResult.class);

    SchemaResources(TableDirectory tables, CatalogAccess access) {
        this.tables = tables;
        this.access = TableAccess.byUri(tables, access, ALL + "/", VARIABLE);
    }

    Resource tables() {
        return Resource.of(ALL)
                .name("tables")
                .title("Tables")
                .description("The tables and views of the database that you can read.")
                .mimeType(JSON)
                .reader(call -> contents(ALL, list.write(ListTablesResult.of(tables.list(call.context()), null))));
    }

    ResourceTemplate tableTemplate() {
        return ResourceTemplate.of(ALL + "/{" + VARIABLE + "}")
                .name("table")
                .title("Table")
                .description("The definition of one table, by its name in SQL notation: columns, keys,"
                        + " indexes, constraints.")
                .mimeType(JSON)
                .completion(VARIABLE, (typed, others, call) -> access.proposals(typed, call))
                .reader(this::readTable);
    }

    private List<ResourceContents> readTable(String uri, Map<String, String> variables, Call call) {
        try {
            return contents(uri, definition(access.find(variables.getOrDefault(VARIABLE, ""), call)));
        } catch (PortException.RefusedException refused) {
            throw refused.reason() == Reason.NOT_FOUND ? McpException.noSuchResource(uri) : refused;
        }
    }

    /** Returns the definition of a table, as {@code get_table_schema} returns it. */
    byte[] definition(Table table) {
        return schema.write(TableSchemaResult.of(table));
    }

    private static List<ResourceContents> contents(String uri, byte[] json) {
        return List.of(ResourceContents.text(uri, JSON, new String(json, StandardCharsets.UTF_8)));
    }
}
