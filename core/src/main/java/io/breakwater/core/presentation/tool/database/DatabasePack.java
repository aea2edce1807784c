package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Database;
import io.breakwater.core.business.database.StatementQuota;
import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.DryRunHandler;
import io.breakwater.server.mcp.Handler;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The pack {@code database}: tools that run SQL within the access rules, and tools, resources and prompts that describe
 * the tables.
 */
public final class DatabasePack implements Pack {
    static final String EXECUTE_QUERY = "execute_query";
    private static final String BATCH_OPERATIONS = "batch_operations";
    private static final String GET_TABLE_SCHEMA = "get_table_schema";

    /** The cache tag of results that come from this database. */
    static final String TAG = "database";

    private final Database database;
    private final TableDirectory tables;
    private final CatalogAccess access;
    private final Function<Call, StatementQuota> quotas;
    private final SchemaResources schemas;

    /**
     * Creates the pack.
     *
     * @param access decides which tables callers find
     * @param quotas returns what the statements of a call may use
     */
    public DatabasePack(
            Database database, TableDirectory tables, CatalogAccess access, Function<Call, StatementQuota> quotas) {
        this.database = database;
        this.tables = tables;
        this.access = access;
        this.quotas = quotas;
        this.schemas = new SchemaResources(tables, access);
    }

    /** Returns whether a tool of this name runs statements of callers. */
    public static boolean runsStatements(String tool) {
        return tool.equals(EXECUTE_QUERY) || tool.equals(BATCH_OPERATIONS);
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Tool> tools() {
        return List.of(executeQuery(), batchOperations(), explainQuery(), listTables(), getTableSchema());
    }

    private Tool executeQuery() {
        var builder = Tool.named(EXECUTE_QUERY)
                .title("Run SQL")
                .description(DatabaseDescriptions.execute(database.mode(), database.limits()))
                .input(ExecuteQueryArguments.class)
                .output(QueryResult.class);
        return statementTool(
                builder,
                QueryResult::changed,
                (arguments, call) -> QueryResult.of(database.execute(
                        arguments.statement(),
                        arguments.cursor(),
                        call.principal().id(),
                        quotas.apply(call),
                        call.context())),
                (arguments, call) -> StatementReport.of(
                        arguments.statement(),
                        database.mode(),
                        database.check(
                                arguments.statement(),
                                arguments.cursor(),
                                call.principal().id(),
                                quotas.apply(call),
                                call.context())));
    }

    private Tool batchOperations() {
        var builder = Tool.named(BATCH_OPERATIONS)
                .title("Run several SQL statements")
                .description(DatabaseDescriptions.batch(database.mode()))
                .input(BatchOperationsArguments.class)
                .output(BatchOperationsArguments.Result.class);
        builder.callsTools(BatchOperationsArguments::calls);
        return statementTool(
                builder,
                BatchOperationsArguments.Result::changed,
                (arguments, call) -> BatchOperationsArguments.Result.of(
                        database.executeAll(arguments.statements(), quotas.apply(call), call.context())),
                (arguments, call) -> StatementReport.of(
                        arguments.statements(),
                        database.mode(),
                        database.checkAll(arguments.statements(), quotas.apply(call), call.context())));
    }

    /**
     * Builds a tool that runs statements, with the hints for the access mode. If the mode allows changes, a call that
     * changed data, or may have changed data, invalidates the cached results of this database.
     */
    private <A, R> Tool statementTool(
            Tool.Builder<A, R> builder,
            Predicate<R> changed,
            Handler<A, R> action,
            DryRunHandler.Description<A> description) {
        var handler = DryRunHandler.of(action, description);
        builder.openWorld(false);
        return database.mode() == AccessMode.READ_ONLY
                ? builder.readOnly().idempotent().handler(handler)
                : builder.destructive()
                        .invalidates((arguments, result) -> tags(result == null || changed.test(result)))
                        .handler(handler);
    }

    private static Set<String> tags(boolean changed) {
        return changed ? Set.of(TAG) : Set.of();
    }

    private Tool explainQuery() {
        return readOnlyTool(Tool.named("explain_query")
                        .title("Explain a query")
                        .description("Returns the plan of a query without running the query: the"
                                + " estimated cost, the estimated number of rows, and the whole plan."
                                + " Use it if a query is slow or was refused as too expensive.")
                        .input(StatementArguments.class)
                        .output(ExplainQueryResult.class))
                .handler((arguments, call) ->
                        ExplainQueryResult.of(database.explain(arguments.statement(), call.context())));
    }

    private Tool listTables() {
        return readOnlyTool(Tool.named("list_tables")
                        .title("List tables")
                        .description("Lists the tables and views that you can read, with their kind,"
                                + " estimated number of rows and comment. Call this tool first."
                                + DatabaseDescriptions.DATA)
                        .input(ListTablesResult.Arguments.class)
                        .output(ListTablesResult.class))
                .handler((arguments, call) -> ListTablesResult.of(tables.list(call.context()), arguments.matching()));
    }

    private Tool getTableSchema() {
        var permitted =
                TableAccess.byArgument(tables, access, TargetKind.TOOL, GET_TABLE_SCHEMA, TableSchemaResult.TABLE_NAME);
        return readOnlyTool(Tool.named(GET_TABLE_SCHEMA)
                        .title("Describe a table")
                        .description("Describes one table or view: columns with types, nullability and defaults,"
                                + " keys, indexes, constraints and comments. Call it before you write a query."
                                + DatabaseDescriptions.DATA)
                        .input(TableSchemaResult.Arguments.class)
                        .output(TableSchemaResult.class))
                .handler((arguments, call) -> TableSchemaResult.of(permitted.find(arguments.tableName(), call)));
    }

    private static <A, R> Tool.Builder<A, R> readOnlyTool(Tool.Builder<A, R> builder) {
        return builder.readOnly().idempotent().openWorld(false);
    }

    @Override
    public List<Resource> resources() {
        return List.of(schemas.tables());
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(schemas.tableTemplate());
    }

    @Override
    public List<Prompt> prompts() {
        var permitted = TableAccess.byArgument(
                tables, access, TargetKind.PROMPT, DatabasePrompts.EXPLORE_TABLE, DatabasePrompts.TABLE);
        return new DatabasePrompts(database, schemas, permitted).all();
    }
}
