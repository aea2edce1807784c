package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.SqlName;
import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.server.mcp.Call;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The tables that callers of one tool, resource template or prompt may use. SQL has many notations for the name of a
 * table, and the call was decided for the one that was sent. Once the table is known, it is decided by the names in the
 * notation of {@code list_tables}, with and without the schema: a rule that denies either of them denies the table.
 */
final class TableAccess {
    private final TableDirectory tables;
    private final CatalogAccess access;
    private final TargetKind kind;
    private final UnaryOperator<String> target;
    private final String argument;

    private TableAccess(
            TableDirectory tables,
            CatalogAccess access,
            TargetKind kind,
            UnaryOperator<String> target,
            String argument) {
        this.tables = tables;
        this.access = access;
        this.kind = kind;
        this.target = target;
        this.argument = argument;
    }

    /** Returns the access by a tool or a prompt, one of whose arguments is the name of a table. */
    static TableAccess byArgument(
            TableDirectory tables, CatalogAccess access, TargetKind kind, String name, String argument) {
        return new TableAccess(tables, access, kind, table -> name, argument);
    }

    /** Returns the access by resources whose URI ends with the name of a table. */
    static TableAccess byUri(TableDirectory tables, CatalogAccess access, String prefix, String variable) {
        return new TableAccess(tables, access, TargetKind.RESOURCE, prefix::concat, variable);
    }

    /**
     * Returns one table by its SQL name.
     *
     * @throws io.breakwater.port.PortException if the caller may use no table of this name
     */
    Table find(String name, Call call) {
        return tables.find(name, call.context())
                .filter(table -> admits(table.name(), call))
                .orElseThrow(() -> tables.unknown(name, other -> permits(other, call), call.context()));
    }

    /** Returns the names of tables that match the typed text. */
    List<String> proposals(String typed, Call call) {
        return tables.proposals(typed, table -> permits(table, call), call.context()).stream()
                .map(table -> sentName(table, call))
                .distinct()
                .toList();
    }

    /** Returns the name that the caller may send: with the schema, unless only that without the schema is allowed. */
    private String sentName(TableName table, Call call) {
        var name = SqlName.of(table);
        return access.control().isOpen()
                        || access.control().decide(request(name, call)) instanceof AccessDecision.Allowed
                ? name
                : SqlName.withoutSchema(table);
    }

    private boolean admits(TableName table, Call call) {
        if (access.control().isOpen()) {
            return true;
        }
        var decision = decide(table, call);
        if (decision instanceof AccessDecision.Allowed) {
            return true;
        }
        var name = target.apply(SqlName.of(table));
        access.refused().add(call.requestId(), call.principal(), kind.word(), name, decision);
        return false;
    }

    private boolean permits(TableName table, Call call) {
        return access.control().isOpen() || decide(table, call) instanceof AccessDecision.Allowed;
    }

    private AccessDecision decide(TableName table, Call call) {
        return access.control()
                .decideEither(request(SqlName.of(table), call), request(SqlName.withoutSchema(table), call));
    }

    /** The requirements of the definition were met when the call was decided. */
    private AccessRequest request(String table, Call call) {
        var arguments = Json.object().put(argument, table).build();
        return new AccessRequest(call.principal(), kind, target.apply(table), AccessRequirements.NONE, () -> arguments);
    }
}
